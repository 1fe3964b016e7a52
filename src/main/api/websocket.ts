import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Clock } from '../../shared/clock/index.ts';
import { largestFrameBytes, serve, webSocketChannel } from '../../shared/contract/index.ts';
import type { Served, WebSocketLike } from '../../shared/contract/index.ts';
import type { HostApi } from './host-api.ts';

/** Tabs that may be connected at a time. */
const mostSockets = 32;
const goingAway = 1001;
const tryAgainLater = 1013;
/** Seconds that a tab has to say goodbye before its socket is cut. */
const goodbyeS = 1;

export interface SocketHostOptions {
  host: HostApi;
  clock: Clock;
  version: string;
}

/** The host's end of the WebSocket carrier: serves the contract to every socket whose upgrade has been let in. */
export interface SocketHost {
  /** The caller has checked who asks; see `http.ts`. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connected: number;
  /** Ends all sockets; what their pages had open is aborted. */
  close(): void;
}

export function createSocketHost({ host, clock, version }: SocketHostOptions): SocketHost {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes, perMessageDeflate: false });
  const open = new Map<WebSocket, Served>();
  let count = 0;

  function connect(socket: WebSocket): void {
    if (open.size >= mostSockets) {
      socket.close(tryAgainLater);
      return;
    }
    count += 1;
    const client = { id: `tab-${count}`, carrier: 'websocket' as const };
    const served = serve(webSocketChannel(socket as WebSocketLike), host.handlers, {
      clock,
      version,
      client,
      onGone: () => open.delete(socket),
      log: (event, facts) => host.log(event === 'api.fault' ? 'error' : 'info', event, facts),
    });
    open.set(socket, served);
  }

  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, connect),
    get connected() {
      return open.size;
    },
    close() {
      for (const [socket, served] of [...open]) {
        socket.close(goingAway);
        served.close();
        const timer = clock.setTimer(goodbyeS, () => socket.terminate());
        socket.once('close', () => timer.cancel());
      }
      server.close();
    },
  };
}
