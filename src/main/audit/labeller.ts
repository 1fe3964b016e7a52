import { officialLabels } from '../workload/index.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import type { LabelOf } from './recompute/index.ts';

/** Labels of each workload, found once for all runs. */
export function labeller(): (workload: Workload) => LabelOf {
  const known = new Map<string, LabelOf>();
  return (workload) => {
    const found = known.get(workload.id) ?? officialLabels(workload);
    known.set(workload.id, found);
    return found;
  };
}
