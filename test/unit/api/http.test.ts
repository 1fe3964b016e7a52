import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { socketPath, startServer } from '../../../src/main/api/http.ts';
import type { RunningServer } from '../../../src/main/api/http.ts';
import { createClient, wallClock, webSocketChannel } from '../../../src/shared/contract/index.ts';
import type { WebSocketLike } from '../../../src/shared/contract/index.ts';
import { defaultSettings } from '../../../src/shared/domain/settings.ts';
import { fakeHost } from './fake-host.ts';
import type { FakeHost } from './fake-host.ts';
import { makePageFolder } from './page-folder.ts';
import type { PageFolder } from './page-folder.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

describe('joulebench’s server', () => {
  let page: PageFolder;
  let host: FakeHost;
  let server: RunningServer;
  let hostHeader: string;
  const sockets: WebSocket[] = [];

  beforeEach(async () => {
    page = await makePageFolder();
    host = fakeHost({ reports: { s1: page.report } });
    server = await startServer({ host, rendererFolder: page.folder, clock: wallClock(globalThis), version: '1.2.3' });
    hostHeader = `127.0.0.1:${server.port}`;
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await server.close();
    await page.dispose();
  });

  it('lets the operator in once by the printed URL, then by cookie', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    const token = pathOf(server.url);
    const first = await get(token);
    expect(first).toMatchObject({ status: 303, headers: { location: '/', 'referrer-policy': 'no-referrer' } });
    const setCookie = first.headers['set-cookie']?.[0] ?? '';
    expect(setCookie).toMatch(/^joulebench-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(setCookie).not.toContain(token.split('=')[1]);
    const cookie = setCookie.split(';')[0] ?? '';
    for (let load = 0; load < 2; load += 1) {
      expect(await get('/', { cookie })).toMatchObject({
        status: 200,
        text: expect.stringContaining('<!doctype html>'),
      });
    }
    // The first URL reloaded by the same browser, and tried by someone else.
    expect((await get(token, { cookie })).status).toBe(303);
    expect((await get(token)).status).toBe(403);
  });

  it('shows nothing to who has neither token nor cookie', async () => {
    for (const path of [
      '/',
      '/index.html',
      '/assets/index-1.js',
      '/session/s1/report.pdf',
      '/?token=',
      '/?token=wrong',
      '/nothing',
    ]) {
      const { status, text } = await get(path);
      expect([path, status, text]).toEqual([path, 403, expect.stringContaining('opens Joulebench once')]);
    }
    expect((await get('/', { cookie: `joulebench-${server.port}=wrong` })).status).toBe(403);
    expect((await get('/', { cookie: `joulebench-${server.port}=` })).status).toBe(403);
    // The token is still good: wrong guesses do not use it up.
    expect((await get(pathOf(server.url))).status).toBe(303);
  });

  it('answers to its own names only', async () => {
    const cookie = await enter();
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect((await get('/', { cookie, host: `${name}:${server.port}` })).status).toBe(200);
    }
    for (const name of ['evil.example', `127.0.0.1:${server.port + 1}`, `evil.example:${server.port}`, '127.0.0.1']) {
      expect((await get('/', { cookie, host: name })).status).toBe(403);
      expect((await get(pathOf(server.url), { host: name })).status).toBe(403);
    }
  });

  it('serves the page’s files, reports in part, and nothing else', async () => {
    const cookie = await enter();
    expect(await get('/assets/index-1.js', { cookie })).toMatchObject({ status: 200, text: 'console.log(1)\n' });
    const part = await get('/session/s1/report.pdf', { cookie, range: 'bytes=9-12' });
    expect(part).toMatchObject({ status: 206, text: '0123', headers: { 'content-range': 'bytes 9-12/19' } });
    expect(await get('/session/s1/report.pdf', { cookie })).toMatchObject({ status: 200, text: '%PDF-1.7 0123456789' });
    expect((await get('/../secret.json', { cookie })).status).toBe(404);
    expect((await get('/nothing', { cookie })).status).toBe(404);
    expect((await get('/', { cookie }, 'POST')).status).toBe(405);
    const head = await get('/', { cookie }, 'HEAD');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('serves the contract to its own page', async () => {
    const socket = await open({ cookie: await enter(), origin: `http://${hostHeader}` });
    const client = createClient(webSocketChannel(socket as WebSocketLike), { clock: wallClock(globalThis) });
    expect(await client.ready).toEqual({ version: '1.2.3' });
    expect(await client.call('settings.get', {})).toEqual(defaultSettings);
    expect(server.connected).toBe(1);
    client.close();
    await expect.poll(() => server.connected).toBe(0);
  });

  it.each([
    ['no cookie', { cookie: '' }, 403],
    ['another site', { origin: 'http://evil.example' }, 403],
    ['another port of this computer', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without origin', { origin: undefined }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a foreign name', { host: 'evil.example', origin: 'http://evil.example' }, 403],
    ['another path', { path: '/other' }, 404],
  ])('refuses a WebSocket from %s', async (_who, change, status) => {
    const socket = open({ cookie: await enter(), origin: `http://${hostHeader}`, ...change });
    await expect(socket).rejects.toThrow(`Unexpected server response: ${status}`);
    expect(server.connected).toBe(0);
  });

  it('ends a socket that sends text, and one that sends too much', async () => {
    const options = { cookie: await enter(), origin: `http://${hostHeader}` };
    const text = await open(options);
    text.send('hello');
    expect((await once(text, 'close'))[0]).toBe(1003);
    const flood = await open(options);
    flood.on('error', () => undefined);
    flood.send(new Uint8Array(2_000_000));
    expect((await once(flood, 'close'))[0]).toBe(1009);
    expect(server.connected).toBe(0);
  });

  it('closes: sockets are told, calls aborted, nothing listens', async () => {
    let reason: unknown;
    const busy = fakeHost({
      calls: {
        'settings.get': (_input, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject((reason = signal.reason)));
          }),
      },
    });
    await server.close();
    server = await startServer({ host: busy, rendererFolder: page.folder, clock: wallClock(globalThis), version: '1' });
    hostHeader = `127.0.0.1:${server.port}`;
    const socket = await open({ cookie: await enter(), origin: `http://${hostHeader}` });
    const client = createClient(webSocketChannel(socket as WebSocketLike), { clock: wallClock(globalThis) });
    await client.ready;
    const call = client.call('settings.get', {});
    // An open keep-alive connection must not hold the server up.
    const idle = connect(server.port, '127.0.0.1');
    await once(idle, 'connect');
    idle.on('error', () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    await server.close();
    await expect(call).rejects.toMatchObject({ code: 'api.connectionLost' });
    expect(reason === undefined || (reason as { code: string }).code === 'operation.cancelled').toBe(true);
    await expect(get('/')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('closes in a second although a tab does not say goodbye', async () => {
    const cookie = await enter();
    const tab = connect(server.port, '127.0.0.1');
    tab.on('error', () => undefined);
    tab.write(
      `GET ${socketPath} HTTP/1.1\r\nHost: ${hostHeader}\r\nOrigin: http://${hostHeader}\r\nCookie: ${cookie}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    await once(tab, 'data');
    expect(server.connected).toBe(1);
    await server.close();
    expect(server.connected).toBe(0);
    // The WebSocket library itself would wait for 30 seconds.
  }, 15_000);

  it('says which port is occupied, and listens on nothing then', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const start = startServer({ host, rendererFolder: page.folder, port, clock: wallClock(globalThis), version: '1' });
    await expect(start).rejects.toMatchObject({ code: 'api.portInUse', facts: { port, address: '127.0.0.1' } });
    await new Promise((resolve) => other.close(resolve));
  });

  it('refuses to serve other computers, or a page that was never built', async () => {
    const options = { host, rendererFolder: page.folder, clock: wallClock(globalThis), version: '1' };
    await expect(startServer({ ...options, bind: '0.0.0.0' })).rejects.toMatchObject({ code: 'api.notLoopback' });
    await expect(startServer({ ...options, rendererFolder: '/nowhere' })).rejects.toMatchObject({
      code: 'api.pageMissing',
    });
  });

  function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  async function enter(): Promise<string> {
    return (await get(pathOf(server.url))).headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  interface SocketOptions {
    cookie: string;
    origin?: string | undefined;
    host?: string;
    path?: string;
  }

  function open({ cookie, origin, host: name, path }: SocketOptions): Promise<WebSocket> {
    const headers: Record<string, string> = { cookie };
    if (origin !== undefined) headers['origin'] = origin;
    if (name !== undefined) headers['host'] = name;
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path ?? socketPath}`, { headers });
    sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  }
});

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
