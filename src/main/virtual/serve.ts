import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Fault, toFault } from '../../shared/fault/index.ts';
import type { VirtualBench } from './bench-interface.ts';

export interface ServeOptions {
  /** 0 lets the system choose. */
  port: number;
  /** Loopback only unless told otherwise. */
  host?: string;
  /** A client has come (its address) or gone, for the console. */
  onClient?: (event: { kind: 'connected' | 'left' | 'refused'; address: string }) => void;
}

export interface VirtualServer {
  /** Where it listens: `127.0.0.1:7000`. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Offers a bench's virtual DUT to a foreign program as a TCP connection: one client at a time, a second one is turned away.
 * What opening does to the DUT is the bench's `onOpen` setting. Rejects with `virtual.serveFailed`.
 */
export async function serveVirtualDut(bench: VirtualBench, options: ServeOptions): Promise<VirtualServer> {
  const host = options.host ?? '127.0.0.1';
  const sockets = new Set<Socket>();
  let busy = false;
  const server = createServer({ noDelay: true }, (socket) => {
    const address = `${String(socket.remoteAddress)}:${String(socket.remotePort)}`;
    socket.on('error', () => socket.destroy());
    if (busy) {
      options.onClient?.({ kind: 'refused', address });
      socket.destroy();
      return;
    }
    busy = true;
    sockets.add(socket);
    options.onClient?.({ kind: 'connected', address });
    socket.once('close', () => {
      sockets.delete(socket);
      options.onClient?.({ kind: 'left', address });
    });
    attach(bench, socket)
      .catch((error: unknown) => {
        if (socket.destroyed) return;
        socket.destroy(toFault(error));
      })
      .finally(() => {
        busy = false;
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const address = `${host}:${String(options.port)}`;
      reject(new Fault('virtual.serveFailed', { address, reason: cause.code ?? cause.message }, { cause }));
    });
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `${host}:${String(port)}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Joins a socket and the DUT's line until either ends. */
async function attach(bench: VirtualBench, socket: Socket): Promise<void> {
  bench.clock.catchUp();
  const stream = await bench.openDut();
  stream.onData((chunk) => void socket.write(chunk));
  await new Promise<void>((resolve) => {
    stream.onClose(() => {
      socket.end();
      resolve();
    });
    socket.once('close', resolve);
    if (socket.destroyed) resolve();
    socket.on('data', (chunk: Buffer) => {
      bench.clock.catchUp();
      // The line takes the bytes at its own rate: the client is slowed down as a driver would do it.
      socket.pause();
      stream.write(chunk).then(
        () => socket.resume(),
        () => socket.destroy(),
      );
    });
  });
  await stream.close();
}
