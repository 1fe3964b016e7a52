import { DutClient } from '../../../src/main/dut/index.ts';
import type { DutClientOptions, DutLogEntry } from '../../../src/main/dut/index.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import type { ByteStream } from '../../../src/main/transport/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ScriptedDut } from '../../rig/dut/index.ts';
import type { ScriptedDutOptions } from '../../rig/dut/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export interface Bench {
  clock: ManualClock;
  dut: ScriptedDut;
  client: DutClient;
  log: DutLogEntry[];
  /** The host's end of the pipe, for tests that cut it. */
  host: ByteStream;
  far: ByteStream;
}

/** A client and a scripted DUT at the two ends of a pipe, on a clock that the test drives. */
export function createBench(options: ScriptedDutOptions = {}, client: Partial<DutClientOptions> = {}): Bench {
  const clock = new ManualClock(100);
  const [host, far] = createPipe({ labels: ['test DUT', 'host'], baud: 115_200 });
  const log: DutLogEntry[] = [];
  const dut = new ScriptedDut(far, clock, options);
  return {
    clock,
    dut,
    log,
    host,
    far,
    client: new DutClient({ stream: host, clock, log: (entry) => log.push(entry), ...client }),
  };
}

/** The fault that `work` rejects with. */
export async function faultOf(bench: Bench, work: Promise<unknown>): Promise<Fault> {
  const outcome = await bench.clock.until(
    work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  );
  if (!('error' in outcome)) throw new Error(`no fault, but ${JSON.stringify(outcome.value)}`);
  if (!(outcome.error instanceof Fault)) throw outcome.error;
  return outcome.error;
}

/** A payload in which every byte value occurs. */
export function payload(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}
