import type { EvidenceRef, Severity } from '../../shared/domain/verdict.ts';
import type { OfficialList } from '../../shared/domain/workload.ts';
import type { InputEvidence, RunEvidence } from './evidence.ts';
import { targetValue } from './quality.ts';
import { checkResults } from './results-rule.ts';
import { checkStreamingScore, checkStreamingTarget } from './streaming-rules.ts';
import { everyMode, everyRound, failed, isBefore, notApplicable, passed } from './rule.ts';
import type { CheckResult, Rule } from './rule.ts';

const common = {
  scope: 'run',
  rounds: everyRound,
  officialChecker: 'no',
  concerns: 'measurement',
  modes: ['accuracy'],
} satisfies Partial<Rule>;

const refs = (inputs: readonly InputEvidence[]): InputEvidence['ref'][] => inputs.map((input) => input.ref);

/** The official list that the input set is, or is part of. */
export function listOf({ workload, inputSet }: Pick<RunEvidence, 'workload' | 'inputSet'>): OfficialList | undefined {
  if (inputSet.kind === 'own') return undefined;
  return workload.officialLists.find((list) => list.name === inputSet.listName);
}

/** Inputs of the set that were not measured, and measurements beyond the first of an input. */
export function coverage({ inputs, inputSet }: Pick<RunEvidence, 'inputs' | 'inputSet'>): {
  missing: number;
  repeated: InputEvidence[];
} {
  const seen = new Set<number>();
  const repeated = inputs.filter((input) => {
    if (seen.has(input.inputIndex)) return true;
    seen.add(input.inputIndex);
    return false;
  });
  return { missing: inputSet.inputs - seen.size, repeated };
}

/** A result that claims a division has to use the official list; work in the lab may use another and says so. */
function foreignSetSeverity(evidence: RunEvidence): Severity {
  return evidence.division === 'none' ? 'W' : 'E';
}

function checkCoverage(evidence: RunEvidence): CheckResult {
  const { missing, repeated } = coverage(evidence);
  if (missing !== 0 || repeated.length > 0) return failed({ missing, repeated: repeated.length }, refs(repeated));
  const { kind, inputs } = evidence.inputSet;
  if (kind === 'official') return passed({ inputs });
  const severity = foreignSetSeverity(evidence);
  const list = listOf(evidence);
  if (!list) return failed({ inputs }, [], { message: 'own', severity });
  const message = inputs === list.inputs ? 'reordered' : 'subset';
  // Another order changes no figure, and every input was used once: a remark in any division.
  return failed({ inputs, official: list.inputs }, [], { message, severity: message === 'reordered' ? 'W' : severity });
}

function checkList(evidence: RunEvidence): CheckResult {
  const list = listOf(evidence);
  if (evidence.inputSet.kind !== 'official' || !list) {
    return evidence.division === 'none' ? notApplicable('notOfficial') : failed({});
  }
  const facts = { list: list.name };
  const { round } = evidence;
  if (list.lastRound !== null && isBefore(list.lastRound, round)) {
    return failed({ ...facts, lastRound: list.lastRound }, [], { message: 'superseded', severity: 'W' });
  }
  if (isBefore(round, list.firstRound)) {
    return failed({ ...facts, firstRound: list.firstRound, round: round ?? '' }, [], { message: 'tooEarly' });
  }
  return passed(facts);
}

function checkTarget(evidence: RunEvidence): CheckResult {
  const { qualityTarget } = evidence.workload;
  if (evidence.division === 'open') return notApplicable('notClosed');
  if (qualityTarget === null) return notApplicable('noTarget');
  const printed = printedTarget(evidence);
  if (!printed && evidence.inputSet.kind !== 'official') return notApplicable('notOfficial');
  const value = printed?.value ?? targetValue(evidence);
  if (value === null) return notApplicable('noMetric');
  const facts = { value, target: qualityTarget };
  if (value >= qualityTarget) return passed(facts);
  return failed(facts, printed ? [printed.ref] : [], { severity: evidence.division === 'closed' ? 'E' : 'I' });
}

/** A published result is judged by the figure that it prints (as the official checker does); ACC-05 says whether that one holds. */
function printedTarget({ workload, reported }: RunEvidence): { value: number; ref: EvidenceRef } | undefined {
  const printed = reported?.accuracy;
  if (!reported || !printed) return undefined;
  const value = workload.metric === 'auc' ? printed.auc : printed.top1Percent && printed.top1Percent / 100;
  return value === null ? undefined : { value, ref: reported.ref };
}

/** ACC-10. Any accuracy will do; one below the closed division's target is worth saying. */
function checkOpen(evidence: RunEvidence): CheckResult {
  if (evidence.division !== 'open') return notApplicable('notOpen');
  const value = printedTarget(evidence)?.value ?? targetValue(evidence);
  if (value === null) return failed({});
  const target = evidence.workload.qualityTarget;
  return target !== null && value < target ? failed({ value, target }, [], { message: 'below' }) : passed({ value });
}

/** Largest difference between a figure and its print with so many decimals, with room for binary fractions. */
function printedStep(decimals: number): number {
  return 0.5 * 10 ** -decimals + 1e-9;
}

function checkReported({ reported, figures }: RunEvidence): CheckResult {
  const printed = reported?.accuracy;
  if (!reported || !printed) return notApplicable('notReported');
  const { accuracy } = figures;
  const eembc = printed.definition === 'eembc';
  // For an anomaly detector both runners print another figure under the name of top-1.
  const top1 = accuracy?.top1 ?? accuracy?.bestPrecisionRecall ?? null;
  const auc = (eembc ? accuracy?.aucEembc : accuracy?.aucMlc) ?? null;
  const pairs = [
    { message: 'top1', value: printed.top1Percent, recomputed: top1 === null ? null : top1 * 100, decimals: 1 },
    { message: 'auc', value: printed.auc, recomputed: auc, decimals: eembc ? 2 : 3 },
  ];
  if (pairs.every((pair) => pair.value === null)) return notApplicable('notReported');
  for (const { message, value, recomputed, decimals } of pairs) {
    if (value === null) continue;
    if (recomputed === null) return notApplicable('noMetric');
    if (Math.abs(value - recomputed) > printedStep(decimals)) {
      return failed({ reported: value, recomputed }, [reported.ref], { message });
    }
  }
  return passed();
}

function checkRounding(evidence: RunEvidence): CheckResult {
  const { workload, figures } = evidence;
  if (workload.metric !== 'auc' || workload.qualityTarget === null) return notApplicable('notAnomaly');
  const target = workload.qualityTarget;
  // Two decimals are what the older runner prints of its own area; the exact one decides about the target.
  const values = [figures.accuracy?.aucEembc, figures.accuracy?.aucExact].filter((value) => typeof value === 'number');
  const value = values[0];
  if (value === undefined) return notApplicable('noMetric');
  const near = values.find((candidate) => candidate < target && Number(candidate.toFixed(2)) >= target);
  if (near === undefined) return passed({ value });
  return failed({ value: near, printed: near.toFixed(2), target });
}

export const accuracyRules: readonly Rule[] = [
  { ...common, id: 'ACC-01', severity: 'E', check: checkCoverage },
  { ...common, id: 'ACC-02', severity: 'E', check: checkList },
  {
    ...common,
    id: 'ACC-03',
    severity: 'W',
    check: ({ inputs }) => {
      if (inputs.length === 0) return notApplicable('noInputs');
      const other = inputs.filter((input) => input.inferences !== 1 || input.warmups !== 0);
      return other.length === 0 ? passed() : failed({ count: other.length }, refs(other));
    },
  },
  { ...common, id: 'ACC-04', severity: 'E', officialChecker: 'yes', concerns: 'quality', check: checkTarget },
  { ...common, id: 'ACC-05', severity: 'E', check: checkReported },
  { ...common, id: 'ACC-06', severity: 'W', concerns: 'quality', check: checkRounding },
  { ...common, id: 'ACC-07', severity: 'E', modes: everyMode, check: checkResults },
  {
    ...common,
    id: 'ACC-08',
    severity: 'E',
    officialChecker: 'yes',
    concerns: 'quality',
    // The score comes with the performance or the energy run: there is no accuracy run.
    modes: everyMode,
    check: checkStreamingTarget,
  },
  { ...common, id: 'ACC-09', severity: 'W', modes: everyMode, check: checkStreamingScore },
  {
    ...common,
    id: 'ACC-10',
    severity: 'I',
    officialChecker: 'yes',
    concerns: 'quality',
    check: checkOpen,
  },
  {
    ...common,
    id: 'ACC-11',
    severity: 'E',
    check: ({ division, workload, inputSet }) => {
      if (division !== 'open' || workload.id !== 'kws01') return notApplicable('notOpen');
      return inputSet.kind === 'own' ? notApplicable('unknown') : passed();
    },
  },
];

/** Rules about divisions that a single run can break. */
export const divisionRunRules: readonly Rule[] = [
  {
    ...common,
    id: 'DIV-03',
    severity: 'E',
    check: ({ division, inputSet, inputs }) => {
      if (division !== 'open') return notApplicable('notOpen');
      if (inputs.length === 0) return notApplicable('noInputs');
      return inputSet.kind === 'own' ? failed({ inputs: inputSet.inputs }) : passed();
    },
  },
];
