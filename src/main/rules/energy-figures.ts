import type { RunEvidence } from './evidence.ts';
import type { EnergyEvidence, PrintedFigure } from './energy-evidence.ts';
import { energyLimits, guardFactors } from './energy-limits.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

/** Whether a figure prints as this one: within half a unit of its last digit, with room for binary fractions. */
function printsAs({ value, step, slack = 0 }: PrintedFigure, figure: number): boolean {
  return Math.abs(value - figure) <= step / 2 + slack + 1e-9 * Math.abs(value);
}

/** NRG-04. */
export function checkWindowEnergies({ windows, reportedEnergy, traceRecorded }: EnergyEvidence): CheckResult {
  if (!reportedEnergy || reportedEnergy.windows.length === 0) return notApplicable('notReported');
  // NRG-01 reports the missing trace.
  if (!traceRecorded) return notApplicable('noEnergyFigure');
  for (const { number, energyUJ } of reportedEnergy.windows) {
    const energyJ = windows.find((window) => window.number === number)?.energyJ ?? null;
    const facts = { window: number, reportedUJ: energyUJ.value };
    if (energyJ === null) return failed(facts, [reportedEnergy.ref], { message: 'noTrace' });
    const recomputedUJ = energyJ * 1e6;
    if (!printsAs(energyUJ, recomputedUJ)) return failed({ ...facts, recomputedUJ }, [reportedEnergy.ref]);
  }
  return passed({ windows: reportedEnergy.windows.length });
}

/** NRG-05. */
export function checkMedianEnergy({ medianEnergyUJPerInf, reportedEnergy }: EnergyEvidence): CheckResult {
  const printed = reportedEnergy?.medianEnergyUJPerInf ?? null;
  if (!reportedEnergy || printed === null) return notApplicable('notReported');
  if (medianEnergyUJPerInf === null) return notApplicable('noEnergyFigure');
  const facts = { reportedUJPerInf: printed.value };
  if (printsAs(printed, medianEnergyUJPerInf)) return passed(facts);
  return failed({ ...facts, recomputedUJPerInf: medianEnergyUJPerInf }, [reportedEnergy.ref]);
}

/**
 * NRG-10, against the newest performance run of the workload. The verdict takes the difference as it is; where its uncertainty
 * reaches over the limit, the message says so (uncertainty, section 7).
 */
export function checkThroughput(energy: EnergyEvidence, { companions }: RunEvidence): CheckResult {
  const other = companions.findLast(
    (companion) => companion.mode === 'performance' && companion.medianThroughputInfPerS !== null,
  );
  const reference = other?.medianThroughputInfPerS ?? null;
  if (!other || reference === null) return notApplicable('noPerformance');
  const own = energy.medianThroughputInfPerS;
  if (own === null) return notApplicable('noThroughput');
  const difference = own / reference - 1;
  const limit = energyLimits.throughput;
  const guard = guardFactors.twoSided * Math.hypot(energy.throughputRelU ?? 0, other.throughputRelU ?? 0);
  const facts = {
    energyInfPerS: own,
    performanceInfPerS: reference,
    differencePercent: difference * 100,
    limitPercent: limit * 100,
    guardPercent: guard * 100,
  };
  const size = Math.abs(difference);
  if (size > limit + 1e-9) return failed(facts, [], { message: size - guard > limit ? 'failed' : 'failedNotProven' });
  return passed(facts, size + guard < limit ? 'passed' : 'notProven');
}
