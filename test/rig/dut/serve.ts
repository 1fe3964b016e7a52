import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../../src/shared/clock/index.ts';
import type { ByteStream } from '../../../src/main/transport/index.ts';
import type { ScriptedDutOptions } from './options.ts';
import { ScriptedDut } from './scripted-dut.ts';

export interface ServedDut {
  port: number;
  /** The DUT of the connection that was made last. */
  dut(): ScriptedDut | undefined;
  close(): Promise<void>;
}

/** Offers a scripted DUT on a TCP port of this computer; each connection powers up one of its own. */
export async function serveDut(clock: Clock, options: ScriptedDutOptions = {}): Promise<ServedDut> {
  let last: ScriptedDut | undefined;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    last = new ScriptedDut(socketStream(socket), clock, options);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    dut: () => last,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function socketStream(socket: Socket): ByteStream {
  return {
    label: 'client',
    baud: undefined,
    write: (bytes) => new Promise((resolve) => void socket.write(bytes, () => resolve())),
    onData(listener) {
      socket.on('data', listener);
      return () => socket.off('data', listener);
    },
    onClose(listener) {
      socket.once('close', () => listener(undefined));
      return () => undefined;
    },
    close: () => Promise.resolve(void socket.destroy()),
  };
}
