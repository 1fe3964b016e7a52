import type { Clock } from '../shared/clock/index.ts';
import type { DoctorReport, DoctorStep } from '../shared/domain/doctor.ts';
import type { InstrumentLocks } from './bench/index.ts';
import { diagnose } from './dut/index.ts';
import { formatAddress, openSerial, openTcp, parseAddress } from './transport/index.ts';
import type { ByteStream, Tap } from './transport/index.ts';

export interface ExamineOptions {
  port: string;
  baud?: number | undefined;
  platform: NodeJS.Platform;
  locks: InstrumentLocks;
  clock: Clock;
  signal?: AbortSignal | undefined;
  onStep?: (step: DoctorStep) => void;
  /** Hears what is said on the line. */
  tap?: Tap | undefined;
}

/**
 * Runs the connection doctor on a port, which is held meanwhile.
 * @throws Fault `transport.badAddress`, `bench.instrumentHeld`; whatever else is wrong with the connection is a diagnosis.
 */
export async function examinePort({
  port,
  baud = 115_200,
  platform,
  locks,
  clock,
  signal,
  onStep,
  tap = (stream) => stream,
}: ExamineOptions): Promise<DoctorReport> {
  const address = parseAddress(port.replace(/^serial:/, ''), platform);
  const label = formatAddress(address);
  const lock = await locks.claim(`${address.kind}:${label}`, label, 'doctor');
  try {
    return await diagnose({
      port: label,
      baud: address.kind === 'tcp' ? undefined : baud,
      open: async (rate, inner): Promise<ByteStream> => {
        const stream =
          address.kind === 'tcp'
            ? await openTcp({ ...address, clock, signal: inner })
            : await openSerial({ ...address, baud: rate ?? baud, clock, platform, signal: inner });
        return tap(stream, { channel: 'dut', speech: 'dut', clock });
      },
      clock,
      signal,
      ...(onStep ? { onStep } : {}),
    });
  } finally {
    await lock.release();
  }
}
