import type { OfficialModel, Workload } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import { officialWorkloads } from './official-workloads.ts';

/** All workloads that a user can choose from. */
export interface WorkloadCatalogue {
  /** Official ones first, in their order, then the own ones. */
  readonly workloads: readonly Workload[];
  /** By id or alias, in any case. Throws `workload.unknown`, which names the known ids. */
  find(id: string): Workload;
  /** As `find`, for a run: throws `workload.notRunnable` where Joulebench cannot run it. */
  findRunnable(id: string): Workload;
  /** The official model with these bytes, and the workload it belongs to; undefined for any other model. */
  identifyModel(sha256: string): { workload: Workload; model: OfficialModel } | undefined;
}

/** The catalogue of the official workloads and the given own ones, whose ids must be new. */
export function createCatalogue(own: readonly Workload[] = []): WorkloadCatalogue {
  const workloads = [...officialWorkloads, ...own];
  const byId = new Map<string, Workload>();
  for (const workload of workloads) {
    for (const id of [workload.id, ...workload.aliases]) {
      if (byId.has(id)) throw new Fault('workload.idTaken', { id });
      byId.set(id, workload);
    }
  }
  const find = (id: string): Workload => {
    const workload = byId.get(id.toLowerCase());
    if (!workload) throw new Fault('workload.unknown', { id, known: workloads.map((known) => known.id) });
    return workload;
  };
  return {
    workloads,
    find,
    findRunnable(id) {
      const workload = find(id);
      if (!workload.runnable) throw new Fault('workload.notRunnable', { id: workload.id });
      return workload;
    },
    identifyModel(sha256) {
      for (const workload of workloads) {
        const model = workload.officialModels.find((candidate) => candidate.sha256 === sha256.toLowerCase());
        if (model) return { workload, model };
      }
      return undefined;
    },
  };
}
