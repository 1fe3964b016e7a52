import { correctionCertificates } from '../../shared/domain/correction-certificates.ts';
import type { Figures } from '../../shared/domain/figures.ts';
import type { LiveEnergy } from '../../shared/domain/live-run.ts';
import type { RunRecord } from './record.ts';

/** Losses that a page lists; the count has all of them. */
const shownLosses = 50;

/** The energy side of a run as a page shows it; undefined for runs of other modes. */
export function liveEnergy({ opened, trace }: RunRecord, figures: Figures): LiveEnergy | undefined {
  const { energy: setup } = opened;
  if (!setup) return undefined;
  const { monitor, supply, path, plane, windowRule, scope, duty, temperatureC, correction } = setup;
  const counts = trace?.losses.map((loss) => loss.count) ?? [];
  return {
    setup: {
      monitor,
      supply,
      path,
      plane,
      windowRule,
      scope,
      duty,
      temperatureC,
      certificates: correctionCertificates(correction).map(({ id }) => id),
    },
    trace: trace
      ? {
          samples: trace.samples,
          sampleRateHz: trace.sampleRateHz,
          edges: trace.edgeCount,
          expectedEdges: trace.expectedEdgeCount,
          lostSamples: counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
          losses: trace.losses.slice(0, shownLosses),
          measuredVoltageV: trace.measuredVoltageV,
        }
      : null,
    figures: figures.energy ?? null,
  };
}

/** The windows of an energy run as every page lists windows: time by the monitor's clock. */
export function liveEnergyWindows({ trace }: RunRecord, figures: Figures): NonNullable<Figures['windows']> {
  return (figures.energy?.windows ?? []).map((window) => {
    const summed = trace?.windows.find((one) => one.number === window.number);
    return {
      number: window.number,
      inputIndex: summed?.inputIndex ?? 0,
      inferences: window.inferences,
      seconds: window.seconds,
      hostSeconds: summed?.hostS ?? window.seconds,
      throughputInfPerS: window.throughputInfPerS,
    };
  });
}
