import { parentPort, workerData } from 'node:worker_threads';
import { toFault } from '../../../shared/fault/index.ts';
import { auditGroup } from '../audit-group.ts';
import { labeller } from '../labeller.ts';
import { openSource } from '../source/index.ts';
import type { AuditJob, GroupAnswer, GroupRequest } from './messages.ts';

// Entry of a worker thread that audits groups of runs, one after the other, until it is ended.
const { spec, round, scope } = workerData as AuditJob;
const source = openSource(spec);
const labelOf = labeller();

async function answer({ index, group }: GroupRequest): Promise<GroupAnswer> {
  try {
    return { index, runs: await auditGroup(group, { source: await source, round, scope, labelOf }) };
  } catch (error) {
    return { index, fault: toFault(error).toRecord() };
  }
}

parentPort?.on('message', (request: GroupRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
