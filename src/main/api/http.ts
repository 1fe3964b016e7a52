import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import { createText } from '../../shared/text/index.ts';
import { createAdmission } from './admission.ts';
import type { Admission } from './admission.ts';
import { readFileTable } from './file-table.ts';
import type { HostApi } from './host-api.ts';
import { createSite } from './site.ts';
import type { Site, SiteAnswer } from './site.ts';
import { createSocketHost } from './websocket.ts';
import type { SocketHost } from './websocket.ts';

/** Path of the WebSocket that carries the contract. */
export const socketPath = '/api';

export interface ServerOptions {
  host: HostApi;
  /** Folder of the built page. */
  rendererFolder: string;
  /** Default 0: a free port is taken. */
  port?: number;
  /** Default 127.0.0.1; nothing but this computer's own addresses is accepted. */
  bind?: string;
  clock: Clock;
  version: string;
  /** Language of what strangers are told; default English. */
  language?: string;
  /** Makes one unguessable word; default 32 random bytes. */
  randomWord?: () => string;
}

export interface RunningServer {
  /** For the operator: opens the page once; see `Admission`. */
  readonly url: string;
  readonly port: number;
  /** Tabs connected now. */
  readonly connected: number;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves the page and the contract to browsers of this computer.
 * @throws Fault `api.notLoopback`, `api.pageMissing`, `api.portInUse`, `api.portRefused`; nothing listens then.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const address = options.bind ?? '127.0.0.1';
  if (address !== '127.0.0.1' && address !== '::1') throw new Fault('api.notLoopback', { address });
  const files = await readFileTable(options.rendererFolder);
  const site = createSite({
    files,
    reportPath: (id) => options.host.reportPath(id),
    madeFile: (id) => options.host.madeFile(id),
  });
  const sockets = createSocketHost(options);
  const server = createServer();
  const port = await listen(server, options.port ?? 0, address);
  const randomWord = options.randomWord ?? (() => randomBytes(32).toString('base64url'));
  const admission = createAdmission({ port, randomWord });
  const refusal = Buffer.from(`${createText(options.language).t('desktop.serve.refused')}\n`);

  server.on('request', (request, response) => {
    answer(request, response, { admission, site, refusal }).catch((error: unknown) => {
      options.host.log('error', 'http.fault', { message: String(error) });
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => upgrade(request, socket, head, admission, sockets));

  const name = address === '::1' ? '[::1]' : address;
  return {
    url: `http://${name}:${port}/?token=${admission.token}`,
    port,
    get connected() {
      return sockets.connected;
    },
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new Fault('api.portInUse', { port, address }, { cause: error }));
      else if (error.code === 'EACCES') reject(new Fault('api.portRefused', { port, address }, { cause: error }));
      else reject(error);
    });
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}

interface Door {
  readonly admission: Admission;
  readonly site: Site;
  /** What who is not let in gets to read. */
  readonly refusal: Buffer;
}

async function answer(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
  const { admission, site, refusal } = door;
  // The request target is a path (RFC 9112, 3.2.1); the base only makes it parse.
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (!url || !admission.knowsHost(request.headers)) {
    refuse(response, refusal);
    return;
  }
  const token = url.pathname === '/' ? url.searchParams.get('token') : null;
  if (token !== null && request.method === 'GET') {
    enter(request, response, door, token);
    return;
  }
  if (!admission.hasCookie(request.headers)) {
    refuse(response, refusal);
    return;
  }
  const { method = '', headers } = request;
  await write(response, await site.answer({ method, pathname: url.pathname, range: headers.range }));
}

/** First visit: the token becomes a cookie and leaves the address bar. A reload of the first URL finds the cookie. */
function enter(request: IncomingMessage, response: ServerResponse, { admission, refusal }: Door, token: string): void {
  const cookie = admission.redeem(token);
  if (cookie === undefined && !admission.hasCookie(request.headers)) {
    refuse(response, refusal);
    return;
  }
  const headers = {
    Location: '/',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Content-Length': '0',
  };
  response.writeHead(303, cookie === undefined ? headers : { ...headers, 'Set-Cookie': cookie }).end();
}

async function write(response: ServerResponse, { status, headers, body }: SiteAnswer): Promise<void> {
  response.writeHead(status, headers);
  if (!body || body.lengthBytes === 0) {
    response.end();
    return;
  }
  const source = createReadStream(body.file, { start: body.start, end: body.start + body.lengthBytes - 1 });
  try {
    await pipeline(source, response);
  } catch (error) {
    // A viewer that turns the page closes its connection in the middle: nobody is left to be told.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function refuse(response: ServerResponse, text: Buffer): void {
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(text.length),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
  response.writeHead(403, headers).end(text);
}

function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  admission: Admission,
  sockets: SocketHost,
): void {
  const { headers } = request;
  const known = admission.knowsHost(headers) && admission.knowsOrigin(headers) && admission.hasCookie(headers);
  if (known && request.url === socketPath) {
    sockets.accept(request, socket, head);
    return;
  }
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${known ? '404 Not Found' : '403 Forbidden'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
