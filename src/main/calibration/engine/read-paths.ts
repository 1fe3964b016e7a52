import type { Clock } from '../../../shared/clock/index.ts';
import { sleep } from '../../../shared/clock/index.ts';
import type { EdgeReading, Reading } from '../../../shared/domain/calibration.ts';
import { isFault } from '../../../shared/fault/index.ts';
import type { DutPort } from '../../dut/index.ts';
import type { EnergyMonitor, MonitorEvent } from '../../emon/index.ts';
import type { LiveReading } from './ports.ts';

interface Common {
  clock: Clock;
  signal: AbortSignal;
  onLive?: ((live: LiveReading | null) => void) | undefined;
}

/** Silence before the first and after the last mark of a series. */
const marginS = 0.5;

/**
 * Asks the DUT for `count` time marks, `spacingS` apart, and listens to what the monitor sees of them (uncertainty, section 9.4). Of a monitor that
 * sees both edges of a mark the falling ones are kept: the mark's beginning.
 */
export async function readEdges(
  options: Common & { monitor: EnergyMonitor; dut: DutPort; count: number; spacingS: number; sourceJitterS: number },
): Promise<{ reading: EdgeReading; mode: 'current' | 'energy' | 'power'; filter: 'none' | 'spike' }> {
  const { monitor, dut, clock, signal, count, spacingS, sourceJitterS, onLive } = options;
  const edges: Extract<MonitorEvent, { kind: 'edge' }>[] = [];
  const acquisition = await monitor.start(
    { purpose: 'score' },
    (event) => {
      if (event.kind === 'edge' && edges.length < 20_000) edges.push(event);
    },
    signal,
  );
  const sentS: number[] = [];
  try {
    await sleep(clock, marginS, signal);
    // Marks from before (the handshake's) are none of ours.
    edges.length = 0;
    const startS = clock.nowS();
    for (let k = 0; k < count; k += 1) {
      const dueS = startS + k * spacingS;
      if (dueS > clock.nowS()) await sleep(clock, dueS - clock.nowS(), signal);
      sentS.push(clock.nowS() - startS);
      await dut.pulse({ signal });
      onLive?.({ phase: 'measuring', meanA: null, remainingS: (count - 1 - k) * spacingS });
    }
    await sleep(clock, marginS, signal);
  } finally {
    onLive?.(null);
    await acquisition.stop().catch(() => undefined);
  }
  const falls = edges.filter((edge) => edge.level === 'fall');
  const kept = falls.length > 0 ? edges.filter((edge) => edge.level !== 'rise') : edges;
  // A rise closes the fall before it.
  const widthsS = edges.flatMap((edge, k) => {
    const before = edges[k - 1];
    return edge.level === 'rise' && before?.level === 'fall'
      ? [(edge.sampleIndex - before.sampleIndex) / acquisition.sampleRateHz]
      : [];
  });
  return {
    reading: {
      kind: 'edges',
      sentS,
      seenS: kept.map((edge) => edge.sampleIndex / acquisition.sampleRateHz),
      levels: kept.map((edge) => edge.level),
      ...(widthsS.length > 0 ? { widthsS } : {}),
      resolutionS: acquisition.edgeResolutionS,
      sourceJitterS,
    },
    mode: acquisition.quantity,
    filter: acquisition.filter,
  };
}

/** Iterations of the first inference, from which the length of a window is guessed. */
const trialIterations = 5;

/** Windows of inferences of about `secondsEach`, timed by the DUT's stamps and by the host (uncertainty, section 9.5). */
export async function readDutWindows(
  options: Common & { dut: DutPort; count: number; secondsEach: number; stampJitterS: number },
): Promise<Reading> {
  const { dut, signal, count, secondsEach, stampJitterS, onLive } = options;
  const iterations = await iterationsFor(dut, options.clock, secondsEach, signal);
  const windows: { iterations: number; dutS: number; hostS: number }[] = [];
  for (let k = 0; k < count; k += 1) {
    onLive?.({ phase: 'measuring', meanA: null, remainingS: (count - k) * secondsEach });
    const report = await dut.infer(iterations, 0, { signal, deadlineS: secondsEach * 5 + 60 });
    const { dutElapsedS, hostStartS, hostEndS } = report;
    if (dutElapsedS !== null && hostStartS !== null && hostEndS !== null)
      windows.push({ iterations, dutS: dutElapsedS, hostS: hostEndS - hostStartS });
  }
  onLive?.(null);
  return { kind: 'dutWindows', windows, stampJitterS };
}

/**
 * Gives the DUT an input of zeros where it has none: what it infers does not matter here. Only its own refusal says how many bytes its model
 * takes (DUT protocol, 5.1).
 */
export async function ensureInput(dut: DutPort, signal: AbortSignal): Promise<void> {
  try {
    await dut.infer(1, 0, { signal, deadlineS: longestTrialS });
  } catch (error) {
    const bytes = wantedBytes(error);
    if (bytes === undefined) throw error;
    await dut.load(new Uint8Array(bytes), { signal, verify: false });
  }
}

const longestTrialS = 600;
const mostInputBytes = 1 << 20;

function wantedBytes(error: unknown): number | undefined {
  const bytes = isFault(error, 'dut.inputSize')
    ? error.facts.expectedBytes
    : isFault(error, 'dut.refused')
      ? Number(/expected (\d{1,7})/i.exec(error.facts.reply)?.[1])
      : Number.NaN;
  return bytes >= 1 && bytes <= mostInputBytes ? bytes : undefined;
}

/** How many inferences take that long, by the host's clock around a trial. */
export async function iterationsFor(dut: DutPort, clock: Clock, seconds: number, signal: AbortSignal): Promise<number> {
  await ensureInput(dut, signal);
  let iterations = trialIterations;
  for (;;) {
    const beforeS = clock.nowS();
    await dut.infer(iterations, 0, { signal, deadlineS: longestTrialS });
    const tookS = Math.max(1e-3, clock.nowS() - beforeS);
    // A trial of a tenth is long enough that printing does not count.
    if (tookS >= seconds / 10 || iterations >= 1e7) return Math.max(1, Math.ceil((iterations * seconds) / tookS));
    iterations = Math.ceil(iterations * Math.max(2, Math.min(100, (seconds / 8 / tookS) * 1.1)));
  }
}

/** Loads that failed for good before the line is given up. */
const mostFailures = 20;

/**
 * Sends all 256 values again and again and has them printed back, until so many round trips were made (uncertainty, section 9.6). Each attempt that had
 * to be repeated is an error.
 */
export async function readUart(
  options: Common & { dut: DutPort; roundTrips: number; baud: number | null },
): Promise<Reading> {
  const { dut, clock, signal, baud, onLive } = options;
  let payload = Uint8Array.from({ length: 256 }, (_, k) => k);
  const latenciesS: number[] = [];
  let roundTrips = 0;
  let bytes = 0;
  let errors = 0;
  let chunkBytes = 0;
  let failures = 0;
  const startS = clock.nowS();
  while (roundTrips < options.roundTrips && failures < mostFailures) {
    try {
      const report = await dut.load(payload, { signal, verify: true });
      // Every command is a round trip, and so is every line that is printed back.
      roundTrips += report.commands;
      latenciesS.push((report.endS - report.startS) / Math.max(1, report.commands));
      bytes += payload.length * (report.verified === 'ok' ? 2 : 1);
      errors += report.attempts - 1;
      chunkBytes = report.chunkBytes;
    } catch (error) {
      if (isFault(error, 'dut.bufferTooSmall')) {
        const { maxBytes } = error.facts;
        if (maxBytes >= 1 && maxBytes < payload.length) {
          payload = payload.slice(0, maxBytes);
          continue;
        }
      }
      if (!isFault(error, 'dut.verifyMismatch') && !isFault(error, 'dut.loadFailed')) throw error;
      failures += 1;
      errors += error.facts.attempts;
    }
    const doneShare = roundTrips / options.roundTrips;
    const passedS = clock.nowS() - startS;
    onLive?.({
      phase: 'measuring',
      meanA: null,
      remainingS: doneShare > 0 ? (passedS * (1 - doneShare)) / doneShare : 0,
    });
  }
  onLive?.(null);
  const sorted = latenciesS.sort((a, b) => a - b);
  const quantile = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    kind: 'uart',
    roundTrips,
    bytes,
    errors,
    chunkBytes,
    baud,
    medianLatencyS: quantile(0.5),
    p99LatencyS: quantile(0.99),
  };
}
