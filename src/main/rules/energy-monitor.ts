import type { RunEvidence } from './evidence.ts';
import type { EnergyEvidence } from './energy-evidence.ts';
import { energyLimits } from './energy-limits.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

/** Monitors that the official runners work with, by kind. Source: results and submission, NRG-06. */
const acceptedBy = {
  eembc: ['lpm01a', 'js110', 'n6705'],
  mlc: ['lpm01a', 'js220'],
} as const satisfies Record<Exclude<RunEvidence['runner'], 'joulebench'>, readonly string[]>;

/** NRG-06. A result in a division needs an accepted monitor; work in the lab may use another and says so. */
export function checkMonitor({ monitor }: EnergyEvidence, { runner, division }: RunEvidence): CheckResult {
  const { kind, model, firmware, triedOnHardware } = monitor;
  if (kind === '') return notApplicable('unknown');
  const needed = energyLimits.lpm01aFirmware;
  if (kind === 'lpm01a' && firmware !== null && isOlder(firmware, needed))
    return failed({ model, firmware, needed }, [], { message: 'firmware' });
  const accepted =
    runner === 'joulebench'
      ? monitor.acceptance === 'submissions'
      : (acceptedBy[runner] as readonly string[]).includes(kind);
  if (!accepted) {
    const message = triedOnHardware === false ? 'explorationUntried' : 'failed';
    return failed({ model }, [], { message, severity: division === 'none' ? 'W' : 'E' });
  }
  if (kind === 'lpm01a' && firmware === null) return passed({ model, needed }, 'firmwareUnknown');
  return passed({ model }, triedOnHardware === false ? 'untried' : 'passed');
}

/** Compares versions such as 1.0.6 part by part; letters around the numbers are passed over. */
function isOlder(version: string, other: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(other)];
  const k = b.findIndex((number, index) => number !== (a[index] ?? 0));
  return k >= 0 && (a[k] ?? 0) < (b[k] ?? 0);
}

const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

/** NRG-07. A supply that the monitor cannot read back, or a DUT without an entry in the catalogue, is said and is no failure. */
export function checkSupply({ supply, traceRecorded }: EnergyEvidence, { runner }: RunEvidence): CheckResult {
  const { setV, measuredV, limits } = supply;
  // The current runner keeps the voltage beside the samples: NRG-01 reports that they are missing.
  if (runner === 'mlc' && !traceRecorded && setV === null) return notApplicable('unknown');
  if (setV === null && measuredV === null) return failed({}, [], { message: 'notRecorded' });
  const atDutV = measuredV ?? setV ?? 0;
  if (limits && (atDutV < limits.minV || atDutV > limits.maxV)) {
    const facts = { voltageV: atDutV, minV: limits.minV, maxV: limits.maxV };
    return failed(facts, [], { message: measuredV === null ? 'setOutside' : 'outside', severity: 'E' });
  }
  if (setV === null) return passed({ measuredV: atDutV }, 'noSetting');
  if (measuredV === null) return passed({ setV }, limits ? 'noReading' : 'noReadingNoBoard');
  const deviation = measuredV / setV - 1;
  const facts = { setV, measuredV, deviationPercent: deviation * 100 };
  // 1e-9: a reading exactly at the limit is inside it, whatever binary fractions make of it.
  if (Math.abs(deviation) > energyLimits.supply + 1e-9)
    return failed({ ...facts, limitPercent: energyLimits.supply * 100 });
  return passed(facts, limits ? 'passed' : 'noBoard');
}

/** NRG-09. */
export function checkScope({ scope }: EnergyEvidence, { runner }: RunEvidence): CheckResult {
  // In a submission the energy hook-up document tells it (PKG-13), not the files of a run.
  if (!scope && runner !== 'joulebench') return notApplicable('unknown');
  if (!scope || scope.measured.length === 0) return failed({});
  if (scope.declaredBy.trim() === '') return failed({}, [], { message: 'anonymous' });
  return passed(
    {
      measured: scope.measured.join(', '),
      notMeasured: scope.notMeasured.join(', '),
      declaredBy: scope.declaredBy,
    },
    scope.notMeasured.length === 0 ? 'passed' : 'withRest',
  );
}

/** NRG-16. Without certificates the specification is the budget: a remark, as an expired one is. */
export function checkCertificates({ certificates }: EnergyEvidence, { runner }: RunEvidence): CheckResult {
  if (runner !== 'joulebench') return notApplicable('unknown');
  const { used, expired } = certificates;
  if (expired.length > 0) return failed({ ids: expired.join(', ') }, [], { message: 'expired' });
  if (used.length > 0) return passed({ ids: used.join(', ') });
  return failed({}, [], { message: 'missing' });
}
