import type { Certificate, EdgeReading, Reading } from '../../../shared/domain/calibration.ts';

/** What a computation found: figures for the certificate, remarks, and what failed (none: it passed). */
export interface Computed<T> {
  value: T;
  remarks: string[];
  failures: string[];
}

/** Standard uncertainty of the host's clock, relative: 20 ppm as a limit (uncertainty, section 9.4, an assumption). */
const hostClockU = 20e-6 / Math.sqrt(3);

/**
 * The way of a time mark into the trace (uncertainty, section 9.4): `pulses` were sent close to each other to count them, `pairs` far
 * apart to compare clocks.
 */
export function computeTimestampPath(
  pulses: EdgeReading,
  pairs: EdgeReading,
  acceptance: { intervalSdResolutions: number; clockPpm: number },
): Computed<NonNullable<Certificate['timestamp']>> {
  const failures: string[] = [];
  const remarks: string[] = [];
  const sent = pulses.sentS.length + pairs.sentS.length;
  const seen = pulses.seenS.length + pairs.seenS.length;
  const lost =
    Math.max(0, pulses.sentS.length - pulses.seenS.length) + Math.max(0, pairs.sentS.length - pairs.seenS.length);
  if (lost > 0) failures.push('edgesLost');
  if (seen > sent) failures.push('edgesExtra');
  const levels = new Set([...pulses.levels, ...pairs.levels].filter((level) => level !== 'unknown'));
  if (levels.size > 1) failures.push('polarity');
  const ordered = [pulses, pairs].every(({ seenS }) =>
    seenS.every((at, k) => k === 0 || at > (seenS[k - 1] as number)),
  );
  if (!ordered) failures.push('edgeOrder');
  const comparable = seen === sent;
  const intervals = comparable ? pulses.seenS.slice(1).map((at, k) => at - (pulses.seenS[k] as number)) : [];
  const wanted = pulses.sentS.slice(1).map((at, k) => at - (pulses.sentS[k] as number));
  const intervalSdS = sd(intervals.map((interval, k) => interval - (wanted[k] as number)));
  // A mark that is asked for over a line comes when the line has brought it; that scatter is the source's, not the monitor's.
  const allowedSdS = Math.hypot(acceptance.intervalSdResolutions * pulses.resolutionS, pulses.sourceJitterS);
  if (comparable && intervalSdS > allowedSdS) failures.push('intervalScatter');
  if (pulses.sourceJitterS > pulses.resolutionS) remarks.push('sourceJitter');
  const widths = [...(pulses.widthsS ?? []), ...(pairs.widthsS ?? [])];
  const line = comparable ? slope(pairs.seenS, pairs.sentS) : { slope: 1, u: 1 };
  const resolutionU = Math.hypot(pairs.resolutionS / Math.sqrt(12), pairs.sourceJitterS / Math.sqrt(3));
  const uC = Math.hypot(Math.max(line.u, resolutionU / Math.max(spread(pairs.seenS), 1e-9)), hostClockU);
  if (comparable && Math.abs(line.slope - 1) > acceptance.clockPpm * 1e-6) failures.push('clock');
  return {
    value: {
      sent,
      seen,
      lost,
      polarity: levels.size > 1 ? 'mixed' : ([...levels][0] ?? 'unknown'),
      intervalMeanS: intervals.length > 0 ? mean(intervals) : 0,
      intervalSdS,
      ...(comparable
        ? { delaySpreadS: Math.max(delaySpread(pulses, line.slope), delaySpread(pairs, line.slope)) }
        : {}),
      markWidthS: widths.length > 0 ? { mean: mean(widths), sd: sd(widths) } : null,
      resolutionS: pulses.resolutionS,
      c: line.slope,
      uC,
    },
    remarks,
    failures,
  };
}

/** The DUT's clock against the host's (uncertainty, section 9.5; limits of rule PERF-08). */
export function computeDutClock(
  reading: Extract<Reading, { kind: 'dutWindows' }>,
  acceptance: { remarkPpm: number; failPpm: number; leastSeconds: number },
): Computed<NonNullable<Certificate['dutClock']>> {
  const dutS = reading.windows.reduce((sum, window) => sum + window.dutS, 0);
  const hostS = reading.windows.reduce((sum, window) => sum + window.hostS, 0);
  const ratio = hostS > 0 ? dutS / hostS : Number.NaN;
  const ppm = Number.isFinite(ratio) ? (ratio - 1) * 1e6 : 0;
  // Both stamps of a window pass the same line: each end carries its jitter, windows are independent.
  const jitterU = (reading.stampJitterS * Math.sqrt(2 * Math.max(1, reading.windows.length))) / Math.sqrt(3);
  const uPpm = Math.hypot(hostS > 0 ? (jitterU / hostS) * 1e6 : 1e6, hostClockU * 1e6);
  const failures: string[] = [];
  if (!Number.isFinite(ratio) || hostS < acceptance.leastSeconds) failures.push('tooShort');
  if (Math.abs(ppm) > acceptance.failPpm) failures.push('dutClock');
  const remarks = Math.abs(ppm) > acceptance.remarkPpm && failures.length === 0 ? ['dutClock'] : [];
  return { value: { ppm, uPpm, seconds: hostS }, remarks, failures };
}

/** The line to the DUT (uncertainty, section 9.6): no error in n bytes bounds the rate of errors at 3/n (95 %). */
export function computeUart(
  reading: Extract<Reading, { kind: 'uart' }>,
  acceptance: { errors: number },
): Computed<NonNullable<Certificate['uart']>> {
  const { roundTrips, bytes, errors, medianLatencyS, p99LatencyS, baud, chunkBytes } = reading;
  return {
    value: {
      roundTrips,
      bytes,
      errors,
      errorRateBound: bytes > 0 ? Math.min(1, (errors + 3) / bytes) : 1,
      medianLatencyS,
      p99LatencyS,
      baud,
      chunkBytes,
    },
    remarks: [],
    failures: errors > acceptance.errors ? ['uartErrors'] : [],
  };
}

/** Largest less smallest delay of a series, the monitor's clock taken out. */
function delaySpread({ sentS, seenS }: EdgeReading, c: number): number {
  const delays = seenS.map((at, k) => at * c - (sentS[k] as number));
  return delays.length > 0 ? Math.max(...delays) - Math.min(...delays) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sd(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** Root of the sum of squares about the mean. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

/** Slope of y over x by least squares with its standard uncertainty from the residuals. */
function slope(x: readonly number[], y: readonly number[]): { slope: number; u: number } {
  const n = Math.min(x.length, y.length);
  if (n < 3) return { slope: 1, u: 1 };
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let sxx = 0;
  let sxy = 0;
  for (let k = 0; k < n; k += 1) {
    sxx += ((x[k] as number) - meanX) ** 2;
    sxy += ((x[k] as number) - meanX) * ((y[k] as number) - meanY);
  }
  if (sxx === 0) return { slope: 1, u: 1 };
  const found = sxy / sxx;
  let rest = 0;
  for (let k = 0; k < n; k += 1) rest += ((y[k] as number) - meanY - found * ((x[k] as number) - meanX)) ** 2;
  return { slope: found, u: Math.sqrt(rest / (n - 2) / sxx) };
}
