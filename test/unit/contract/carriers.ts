import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { portChannel } from '../../../src/main/api/electron-ipc.ts';
import { memoryChannelPair, messagePortChannel, webSocketChannel } from '../../../src/shared/contract/index.ts';
import type { Channel, MessagePortLike, WebSocketLike } from '../../../src/shared/contract/index.ts';
import { MessageChannelMain, portForPage } from '../../support/electron/message-port.ts';

export interface Pair {
  host: Channel;
  page: Channel;
  dispose(): Promise<void>;
}

/** Every medium the contract runs over: in one process, over a real WebSocket, and over the Electron stand-in's ports. */
export const carriers: [name: string, open: () => Promise<Pair>][] = [
  ['memory', openMemory],
  ['WebSocket', openWebSocket],
  ['Electron ports', openPorts],
];

function openMemory(): Promise<Pair> {
  const [host, page] = memoryChannelPair();
  return Promise.resolve({ host, page, dispose: () => Promise.resolve() });
}

async function openWebSocket(): Promise<Pair> {
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  // The page's end exists before the connection does, as in a browser.
  const page = webSocketChannel(socket as WebSocketLike);
  const hostSocket = await new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  return {
    host: webSocketChannel(hostSocket as WebSocketLike),
    page,
    async dispose() {
      socket.terminate();
      hostSocket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function openPorts(): Promise<Pair> {
  const { port1, port2 } = new MessageChannelMain();
  const pagePort = portForPage(port1);
  const pair = { host: portChannel(port2 as never), page: messagePortChannel(pagePort as unknown as MessagePortLike) };
  return Promise.resolve({
    ...pair,
    dispose() {
      pair.page.close();
      pair.host.close();
      return Promise.resolve();
    },
  });
}
