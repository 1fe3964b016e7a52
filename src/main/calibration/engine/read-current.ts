import type { Clock } from '../../../shared/clock/index.ts';
import type { CurrentReading } from '../../../shared/domain/calibration.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { Acquisition, EnergyMonitor, MonitorEvent } from '../../emon/index.ts';
import type { LiveReading } from './ports.ts';
import { SteadyReader } from './steady-reader.ts';

export interface ReadCurrentOptions {
  monitor: EnergyMonitor;
  clock: Clock;
  signal: AbortSignal;
  voltageV: number;
  settleS: number;
  seconds: number;
  onLive?: ((live: LiveReading | null) => void) | undefined;
}

/** Longest wait for a stable current. */
const longestSettleS = 30;
/** Beyond what the samples themselves should take; an instrument that delivers nothing is given up then. */
const marginS = 15;

/**
 * Reads a constant current in the way of measuring that energy runs use.
 * @throws Fault `calibration.noSamples` when the instrument delivers too few, and what its driver throws.
 */
export async function readCurrent(
  options: ReadCurrentOptions,
): Promise<{ reading: CurrentReading; acquisition: Acquisition }> {
  const { monitor, clock, signal, voltageV, settleS, seconds, onLive } = options;
  const state: { reader?: SteadyReader } = {};
  let finish: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => (finish = resolve));
  // Samples may come before `start` resolves and says what they are.
  const early: MonitorEvent[] = [];
  const take = (event: MonitorEvent): void => {
    if (event.kind !== 'samples') return;
    const { reader } = state;
    if (!reader) {
      early.push(event);
      return;
    }
    if (reader.done) return;
    if (reader.push(event, onLive)) finish();
  };
  const acquisition = await monitor.start({ purpose: 'score' }, take, signal);
  const reader = new SteadyReader({
    sampleRateHz: acquisition.sampleRateHz,
    scaleA: currentScale(acquisition, voltageV),
    settleS,
    seconds,
    longestSettleS,
  });
  state.reader = reader;
  for (const event of early) take(event);
  const deadline = new AbortController();
  const deadlineS = longestSettleS + settleS + seconds + marginS;
  const timer = clock.setTimer(deadlineS, () => deadline.abort());
  try {
    await new Promise<void>((resolve, reject) => {
      void complete.then(resolve);
      deadline.signal.addEventListener('abort', () =>
        reject(new Fault('calibration.noSamples', { instrument: monitor.kind.model, seconds: deadlineS })),
      );
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      acquisition.ended.then(
        () => reject(new Fault('calibration.noSamples', { instrument: monitor.kind.model, seconds: 0 })),
        reject,
      );
    });
    return { reading: reader.result(), acquisition };
  } finally {
    timer.cancel();
    onLive?.(null);
    await acquisition.stop().catch(() => undefined);
  }
}

/** From a value of the stream to a current in A: the energy of one interval, or a power, over the set voltage. */
function currentScale({ quantity, sampleRateHz }: Acquisition, voltageV: number): number {
  if (quantity === 'energy') return sampleRateHz / voltageV;
  return quantity === 'power' ? 1 / voltageV : 1;
}
