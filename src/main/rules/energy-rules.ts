import type { RunEvidence } from './evidence.ts';
import type { EnergyEvidence } from './energy-evidence.ts';
import { checkMedianEnergy, checkThroughput, checkWindowEnergies } from './energy-figures.ts';
import { checkCertificates, checkMonitor, checkScope, checkSupply } from './energy-monitor.ts';
import { checkLosses, checkRange, checkTimeBase } from './energy-samples.ts';
import { checkLength, checkMargin, checkMarks, checkPlausible } from './energy-windows.ts';
import { checkStreamingPower } from './streaming-rules.ts';
import { everyRound, failed, notApplicable, passed } from './rule.ts';
import type { CheckResult, Rule } from './rule.ts';

const common = {
  scope: 'run',
  rounds: everyRound,
  officialChecker: 'no',
  concerns: 'measurement',
  modes: ['energy'],
} satisfies Partial<Rule>;

/** Applies a check to a run of which the energy side is known; NRG-01 reports the others. */
function onEnergy(check: (energy: EnergyEvidence, evidence: RunEvidence) => CheckResult): Rule['check'] {
  return (evidence) => (evidence.energy ? check(evidence.energy, evidence) : notApplicable('noEnergy'));
}

/** Rules NRG-01 to NRG-14 of results and submission, section 15; NRG-15 and NRG-16 are ours (uncertainty, sections 6 and 9). */
export const energyRules: readonly Rule[] = [
  {
    ...common,
    id: 'NRG-01',
    severity: 'E',
    check: ({ energy, streaming, runner }) => {
      if (energy?.traceRecorded === true) return passed();
      // 1.2 million samples as text are a large file, and what is printed can still be checked against itself.
      return streaming && runner === 'mlc' ? failed({}, [], { message: 'leftOut', severity: 'I' }) : failed({});
    },
  },
  { ...common, id: 'NRG-02', severity: 'E', check: onEnergy(checkLength) },
  { ...common, id: 'NRG-03', severity: 'E', check: onEnergy(checkMarks) },
  { ...common, id: 'NRG-04', severity: 'E', check: onEnergy(checkWindowEnergies) },
  { ...common, id: 'NRG-05', severity: 'E', check: onEnergy(checkMedianEnergy) },
  { ...common, id: 'NRG-06', severity: 'E', check: onEnergy(checkMonitor) },
  { ...common, id: 'NRG-07', severity: 'W', check: onEnergy(checkSupply) },
  { ...common, id: 'NRG-08', severity: 'E', officialChecker: 'log', check: onEnergy(checkLosses) },
  { ...common, id: 'NRG-09', severity: 'W', check: onEnergy(checkScope) },
  { ...common, id: 'NRG-10', severity: 'W', check: onEnergy(checkThroughput) },
  { ...common, id: 'NRG-11', severity: 'E', check: onEnergy(checkRange) },
  { ...common, id: 'NRG-12', severity: 'W', check: onEnergy(checkMargin) },
  { ...common, id: 'NRG-13', severity: 'E', check: checkStreamingPower },
  { ...common, id: 'NRG-14', severity: 'W', check: onEnergy(checkPlausible) },
  { ...common, id: 'NRG-15', severity: 'E', check: onEnergy(checkTimeBase) },
  { ...common, id: 'NRG-16', severity: 'W', check: onEnergy(checkCertificates) },
];
