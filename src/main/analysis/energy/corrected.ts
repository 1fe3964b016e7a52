import type { Correction, EnergySetup, Stretch } from '../../../shared/domain/energy.ts';

/** Half of the lead's resistance that is taken off the corrected figure and stays as its half-width (uncertainty, section 1.3). */
export function leadEstimate(setup: EnergySetup): { estimateOhm: number; halfOhm: number } {
  const half = setup.specification.leadOhm.half / 2;
  return leadCounts(setup) ? { estimateOhm: half, halfOhm: half } : { estimateOhm: 0, halfOhm: 0 };
}

/** The lead matters where the energy counts at the DUT and the voltage was not read there. */
function leadCounts({ plane, correction }: EnergySetup): boolean {
  return plane === 'dut' && (correction?.supply ?? null) === null;
}

/**
 * A stretch with certificates applied (uncertainty, section 1.2): E = C V/V_set sum_r (E_r - o_r V_set tau_r) / b_r - R_L T sum i^2.
 * Ranges without a certificate stay as they were. Powers and the noise are scaled with the energy.
 */
export function correctedStretch(stretch: Stretch, setup: EnergySetup, correction: Correction): Stretch {
  const setV = setup.supply.voltageV;
  const periodS = 1 / setup.monitor.sampleRateHz;
  const factor = (correction.clock?.c ?? 1) * ((correction.supply?.voltageV ?? setV) / setV);
  const straight = stretch.ranges.map((entry) => {
    const fit = correction.ranges.find((candidate) => candidate.range === entry.range);
    const offsetJ = fit ? fit.offsetA * setV * entry.samples * periodS : 0;
    return { ...entry, energyJ: (factor * (entry.energyJ - offsetJ)) / (fit?.slope ?? 1) };
  });
  const beforeLead = straight.reduce((sum, { energyJ }) => sum + energyJ, 0);
  const counted = stretch.endSample - stretch.firstSample - stretch.lostSamples;
  const leadJ = leadEstimate(setup).estimateOhm * (stretch.rmsPowerW / setV) ** 2 * counted * periodS;
  const energyJ = beforeLead - leadJ;
  // The lead's loss is spread over the ranges like their energy.
  const kept = beforeLead === 0 ? 1 : energyJ / beforeLead;
  const scale = stretch.energyJ === 0 ? 1 : energyJ / stretch.energyJ;
  return {
    ...stretch,
    energyJ,
    meanPowerW: stretch.meanPowerW * scale,
    minPowerW: stretch.minPowerW * scale,
    maxPowerW: stretch.maxPowerW * scale,
    rmsPowerW: stretch.rmsPowerW * scale,
    noiseW: stretch.noiseW * scale,
    rawEnergyJ: stretch.rawEnergyJ === null ? null : stretch.rawEnergyJ * scale,
    ranges: straight.map((entry) => ({ ...entry, energyJ: entry.energyJ * kept })),
  };
}
