import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { ByteStream } from '../../../src/main/transport/index.ts';
import { openCalibrationRig, SimClock, type CalibrationRig } from '../../../src/main/virtual/index.ts';
import { openPty } from '../dut/pty.ts';

export type RigOptions = Omit<Parameters<typeof openCalibrationRig>[0], 'clock'>;

interface ServedMonitor {
  /** The emulated instrument, in real time. */
  rig: CalibrationRig;
  port: number;
  close(): Promise<void>;
}

/** Which of an instrument's ports is offered. */
export type MonitorPort = (rig: CalibrationRig) => ByteStream;

const measuringPort: MonitorPort = (rig) => rig.openMonitorStream();

/** Offers an emulated monitor on a TCP port of this computer, in real time: each connection opens its port anew. */
async function serveMonitor(options: RigOptions, port: MonitorPort = measuringPort): Promise<ServedMonitor> {
  const rig = openCalibrationRig({ ...options, clock: new SimClock({ pace: 1 }) });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    attach(rig, port, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    rig,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rig.close();
    },
  };
}

export interface MonitorPty extends ServedMonitor {
  /** Path of the pseudo terminal. */
  path: string;
  /** Pulls the plug: the terminal is gone, and the instrument has lost its client. */
  unplug(): Promise<void>;
}

/** The same behind a pseudo terminal. */
export async function openMonitorPty(options: RigOptions, port?: MonitorPort): Promise<MonitorPty> {
  const served = await serveMonitor(options, port);
  const pty = await openPty(`tcp:127.0.0.1:${String(served.port)},nodelay`);
  return {
    ...served,
    path: pty.path,
    unplug: () => pty.unplug(),
    close: async () => {
      await pty.close();
      await served.close();
    },
  };
}

function attach(rig: CalibrationRig, port: MonitorPort, socket: Socket): void {
  rig.clock.catchUp();
  const stream = port(rig);
  stream.onData((chunk) => void socket.write(chunk));
  stream.onClose(() => socket.end());
  socket.on('data', (chunk: Buffer) => {
    // What comes from outside comes now, not at the time of the last event.
    rig.clock.catchUp();
    void stream.write(chunk).catch(() => socket.destroy());
  });
  socket.once('close', () => {
    rig.clock.catchUp();
    void stream.close();
  });
}
