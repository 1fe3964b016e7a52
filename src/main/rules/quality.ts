import type { QualityTarget } from '../../shared/domain/verdict.ts';
import type { RunEvidence } from './evidence.ts';

/**
 * The unrounded figure that the quality target is about: top-1, or for an anomaly detector the exact area under the ROC curve
 * (which is what the runner in force computes). Null where there is none.
 */
export function targetValue({ workload, figures }: Pick<RunEvidence, 'workload' | 'figures'>): number | null {
  return (workload.metric === 'auc' ? figures.accuracy?.aucExact : figures.accuracy?.top1) ?? null;
}

/** Met or missed only for an accuracy run over a whole official list with a target: a part of it decides nothing. */
export function qualityTargetOf(evidence: RunEvidence, complete: boolean): QualityTarget {
  const { qualityTarget } = evidence.workload;
  const value = targetValue(evidence);
  const decides = evidence.mode === 'accuracy' && evidence.inputSet.kind === 'official' && complete;
  if (!decides || qualityTarget === null || value === null) return 'notApplicable';
  return value >= qualityTarget ? 'met' : 'missed';
}
