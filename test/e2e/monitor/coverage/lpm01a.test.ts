import { describe, expect, it } from 'vitest';
import { openCalibrationRig } from '../../../../src/main/virtual/index.ts';
import { quickCases } from './cases.ts';
import { coverageOf } from './coverage.ts';
import { Draw } from './draw.ts';
import { expectCoverage } from './expect-coverage.ts';
import { measureRun, openDriver } from './measure.ts';
import { trueEnergyUJ } from './profile.ts';

describe('what an emulated LPM01A says through its driver', () => {
  it('is covered by the 95 % interval of an uncalibrated run in 95 +- 2 % of 2,000 trials', async () => {
    expectCoverage('LPM01A', await coverageOf(quickCases.lpm01a, 2000, 1));
  });
});

describe('the truth of a trial', () => {
  it.each(['lpm01a', 'ppk2'] as const)(
    'is what the load of the %s drew, and what a perfect instrument reads',
    async (kind) => {
      const { rule } = quickCases[kind];
      const profile = { ...quickCases[kind].profile, scatterRel: 0 };
      const rig = openCalibrationRig({
        kind,
        seed: 5,
        errors: { voltage: 0.004 },
        noise: { relative: 0, absoluteA: 0 },
        hands: { dmm: { inputOhm: 1e12 } },
      });
      const { summary, run } = await measureRun(rig, await openDriver(rig, kind), profile, rule, new Draw(5));
      const truthUJ = trueEnergyUJ(profile, profile.voltageV * 1.004);
      run.windows.forEach(({ startNs, endNs }, index) => {
        const drawnUJ = (1e6 * rig.load.timeline.between(startNs, endNs).energyJ) / profile.inferences;
        const longer = (endNs - startNs) / 1e9 / (profile.windowS + profile.sampleS / 2);
        expect(drawnUJ / longer / truthUJ).toBeCloseTo(1, 6);
        // It knows only the voltage it was set to; edges count whole samples.
        const readUJ = (1e6 * 1.004 * (summary.windows[index]?.official.energyJ ?? NaN)) / profile.inferences;
        expect(Math.abs(readUJ / drawnUJ - 1)).toBeLessThan(kind === 'ppk2' ? 4e-3 : 2.5e-3);
      });
      rig.close();
    },
  );
});
