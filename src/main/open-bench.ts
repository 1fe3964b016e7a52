import { join } from 'node:path';
import type { BenchIdentity } from '../shared/domain/identity.ts';
import { Fault } from '../shared/fault/index.ts';
import { systemClock } from './bench/index.ts';
import type { Bench, Pace } from './bench/index.ts';
import type { PreparedModel } from './runner/index.ts';
import { formatAddress, openSerial, openTcp, parseAddress } from './transport/index.ts';
import type { ByteStream } from './transport/index.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware } from './virtual/index.ts';

/** How an operator names a bench: `virtual`, `serial:COM7`, `tcp:127.0.0.1:7000`. */
export const benchForms = ['virtual', 'serial:PORT', 'tcp:HOST:PORT'];

export interface OpenBenchOptions {
  /** Needed by the virtual bench: its DUT has no model of its own. */
  model?: PreparedModel | undefined;
  baud?: number | undefined;
  pace?: Pace | undefined;
  resourcesDir: string;
  platform: NodeJS.Platform;
  epochMs: number;
  /** Run the virtual DUT in a worker thread, so that the main loop stays free; in line it is faster and as exact. */
  useWorker: boolean;
}

/**
 * Opens a bench by its name.
 * @throws Fault `bench.unknown`, `runner.modelNeeded`, or what the virtual bench's firmware or settings give.
 */
export async function openBench(spec: string, options: OpenBenchOptions): Promise<Bench> {
  if (spec === 'virtual') return openVirtual(options);
  if (!/^(serial|tcp):./.test(spec)) throw new Fault('bench.unknown', { bench: spec, known: ['virtual'] });
  return openReal(spec, options);
}

async function openVirtual({ model, baud, pace, resourcesDir, epochMs, useWorker }: OpenBenchOptions): Promise<Bench> {
  if (!model) throw new Fault('runner.modelNeeded', { workload: '' });
  const [firmware, costTable] = await Promise.all([
    readVirtualFirmware(join(resourcesDir, 'firmware', 'virtual')),
    readCostTable(join(resourcesDir, 'firmware', 'cost', 'cortex-m4.json')),
  ]);
  const bench = await openVirtualBench({
    image: model.image,
    model: model.name,
    firmware,
    costTable,
    useWorker,
    epochMs,
    ...(baud === undefined ? {} : { baud }),
    ...(pace === undefined ? {} : { pace }),
  });
  // Every process has a virtual DUT of its own: the lock keeps two operations of one process apart.
  const instruments = bench.identity.instruments.map((instrument) => ({
    ...instrument,
    lockId: `virtual-dut-${process.pid}`,
  }));
  return {
    ...bench,
    clock: bench.clock,
    openDut: (signal) => bench.openDut(signal),
    identity: { ...bench.identity, instruments },
  };
}

function openReal(spec: string, { baud = 115_200, platform }: OpenBenchOptions): Bench {
  const address = parseAddress(spec.replace(/^serial:/, ''), platform);
  const clock = systemClock();
  const open = (signal: AbortSignal): Promise<ByteStream> =>
    address.kind === 'tcp'
      ? openTcp({ ...address, clock, signal })
      : openSerial({ ...address, baud, clock, platform, signal });
  const label = formatAddress(address);
  const identity: BenchIdentity = {
    id: spec,
    name: label,
    simulated: false,
    clockComparable: true,
    instruments: [
      {
        role: 'dut',
        kind: address.kind === 'tcp' ? 'tcp-dut' : 'serial-dut',
        label,
        lockId: `${address.kind}:${label}`,
        triedOnHardware: false,
        simulated: false,
      },
    ],
  };
  return { identity, clock, openDut: open, close: () => Promise.resolve() };
}
