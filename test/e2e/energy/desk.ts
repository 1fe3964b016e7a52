import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resourcesDir } from '../../../src/main/places.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware } from '../../../src/main/virtual/index.ts';
import type { VirtualBench, VirtualMonitorOptions } from '../../../src/main/virtual/index.ts';
import type { ByteStream } from '../../../src/main/transport/index.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import { openPty } from '../../rig/dut/index.ts';
import type { Pty } from '../../rig/dut/index.ts';
import { openLab } from './bench.ts';

/** A virtual bench as a foreign program sees it: the DUT on a TCP port, the monitor on a pseudo terminal, in real time. */
export interface Desk {
  readonly bench: VirtualBench;
  /** How `joulebench run` names them; the monitor by its terminal, or by its socket. */
  readonly dut: string;
  readonly monitorPath: string;
  readonly monitorSocket: string;
  /** Takes the monitor's terminal away; the instrument keeps its power. */
  pull(): Promise<void>;
  /** A terminal of the same name at the same instrument. */
  plugAgain(): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(
  kind: VirtualMonitorOptions['kind'],
  { terminal = true }: { terminal?: boolean } = {},
): Promise<Desk> {
  const resources = resourcesDir();
  const lab = await openLab();
  const [firmware, costTable, { model }] = await Promise.all([
    readVirtualFirmware(join(resources, 'firmware', 'virtual')),
    readCostTable(join(resources, 'firmware', 'cost', 'cortex-m4.json')),
    lab.host.prepare({ workload: 'demo01', modes: ['energy'], settings: runSettingsSchema.parse({}) }),
  ]);
  if (!model) throw new Error('no model');
  const bench = await openVirtualBench({
    image: model.image,
    model: model.name,
    firmware,
    costTable,
    useWorker: false,
    pace: 1,
    monitor: { kind, seed: 1 },
  });
  const dut = await listen(bench, () => bench.openDut(undefined, { timestampMode: 'energy' }));
  const monitor = await listen(bench, () => bench.openMonitorStream());
  const folder = await mkdtemp(join(tmpdir(), 'jb-desk-'));
  const path = join(folder, 'monitor');
  let pty: Pty | undefined;
  const pull = async (): Promise<void> => {
    await pty?.close();
    await rm(path, { force: true });
    pty = undefined;
  };
  const plug = async (): Promise<void> => {
    pty = await openPty(`tcp:127.0.0.1:${String(monitor.port)},nodelay`);
    await symlink(pty.path, path);
  };
  // The instrument has room for one client.
  if (terminal) await plug();
  return {
    bench,
    dut: `tcp:127.0.0.1:${String(dut.port)}`,
    monitorPath: path,
    monitorSocket: `tcp:127.0.0.1:${String(monitor.port)}`,
    pull,
    plugAgain: plug,
    async close() {
      await pull();
      await dut.close();
      await monitor.close();
      await bench.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Each connection opens the instrument's port anew. */
async function listen(
  bench: VirtualBench,
  open: () => Promise<ByteStream>,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    void attach(bench, socket, open).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function attach(bench: VirtualBench, socket: Socket, open: () => Promise<ByteStream>): Promise<void> {
  const { clock } = bench;
  clock.catchUp();
  const stream = await open();
  stream.onData((chunk) => void socket.write(chunk));
  stream.onClose(() => socket.end());
  socket.on('data', (chunk: Buffer) => {
    // What comes from outside comes now, not at the time of the last event.
    clock.catchUp();
    void stream.write(chunk).catch(() => socket.destroy());
  });
  socket.once('close', () => {
    clock.catchUp();
    void stream.close();
  });
}
