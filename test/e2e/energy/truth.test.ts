import { describe, expect, it } from 'vitest';
import { openLab, start } from './bench.ts';
import type { RunOptions } from './bench.ts';

const paths: readonly [name: string, energy: NonNullable<RunOptions['energy']>][] = [
  ['LPM01A, directly', {}],
  ['LPM01A, behind the IO manager', { ioManager: 'virtual' }],
  ['PPK2, directly', { monitor: 'ppk2' }],
];

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

interface Measured {
  medianUJ: number;
  uncertaintyUJ: number;
  trueUJ: number;
  /** Idle and asleep: measured, and the truth of the same stretch. */
  rests: { powerUW: number; trueUW: number; uncertaintyUW: number }[];
}

async function measure(
  energy: NonNullable<RunOptions['energy']>,
  errors: 'none' | 'drawn',
  seed: number,
): Promise<Measured> {
  const lab = await openLab();
  const kind = energy.monitor === 'ppk2' ? 'ppk2' : 'lpm01a';
  lab.use({ monitor: { kind, seed, errors } });
  const { operation } = await start(lab, { energy });
  const { status, record } = await operation.done;
  expect(status).toBe('completed');
  const figures = record.runs[0]?.judged?.figures.energy;
  const windows = figures?.windows ?? [];
  expect(windows).toHaveLength(5);
  // The boot's edge, two of the calibration, the single mark; then two of each window.
  const edgesS = lab.bench.timestampEdgesS().slice(4);
  expect(edgesS).toHaveLength(10);
  const trueUJ = middle(
    windows.map(({ inferences }, k) => {
      const { exactJ } = lab.bench.energyTruth(edgesS[2 * k] ?? 0, edgesS[2 * k + 1] ?? 0);
      return (exactJ / inferences) * 1e6;
    }),
  );
  const [run] = record.runs;
  const { windows: measured = [], sampleRateHz = Number.NaN } = run?.trace ?? {};
  const lastEdge = measured.at(-1)?.endEdge ?? Number.NaN;
  const atS = (sample: number): number => (edgesS.at(-1) ?? Number.NaN) + (sample - lastEdge) / sampleRateHz;
  const stretches = (run?.steps ?? []).flatMap(({ outcome }) => (outcome?.kind === 'rested' ? [outcome] : []));
  const rests = (figures?.rest ?? []).map(({ power }, k) => {
    const { startSample = 0, endSample = 0 } = stretches[k] ?? {};
    const { meanPowerW } = lab.bench.energyTruth(atS(startSample), atS(endSample));
    return {
      powerUW: power.powerUW,
      trueUW: meanPowerW * 1e6,
      uncertaintyUW: power.expandedUncertaintyUW ?? Number.NaN,
    };
  });
  return {
    rests,
    medianUJ: figures?.medianEnergyUJPerInf ?? Number.NaN,
    uncertaintyUJ: figures?.budget.expandedUncertainty ?? Number.NaN,
    trueUJ,
  };
}

describe('energy per inference on the virtual bench', () => {
  it('is the closed-form truth within 0.2 %, and the same on every path, when the instruments have no errors', async () => {
    const found: Measured[] = [];
    for (const [name, energy] of paths) {
      const measured = await measure(energy, 'none', 1);
      expect([name, Math.abs(measured.medianUJ / measured.trueUJ - 1) < 0.002]).toEqual([name, true]);
      expect([name, measured.uncertaintyUJ > 0]).toEqual([name, true]);
      expect([name, measured.rests.length]).toEqual([name, 2]);
      for (const { powerUW, trueUW, uncertaintyUW } of measured.rests)
        expect([name, Math.abs(powerUW - trueUW) < Math.min(uncertaintyUW, 0.002 * trueUW)]).toEqual([name, true]);
      found.push(measured);
    }
    for (const one of found)
      for (const other of found) {
        const together = Math.hypot(one.uncertaintyUJ, other.uncertaintyUJ);
        expect(Math.abs(one.medianUJ - other.medianUJ)).toBeLessThan(Math.min(together, 0.002 * one.trueUJ));
      }
  });

  it.each(paths)('is within the stated uncertainty of the truth when it has errors: %s', async (_name, energy) => {
    for (const seed of energy.monitor === 'ppk2' ? [3] : [2, 3, 4]) {
      const { medianUJ, uncertaintyUJ, trueUJ } = await measure(energy, 'drawn', seed);
      expect(Math.abs(medianUJ - trueUJ)).toBeLessThan(uncertaintyUJ);
    }
  });
});
