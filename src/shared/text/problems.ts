import { faultFromRecord } from '../fault/index.ts';
import type { Fault } from '../fault/index.ts';
import type { FaultWords } from '../locales/index.ts';
import type { Text } from './index.ts';

/** The words for each problem that a fault lists among its facts (`workload.datasetInvalid`); empty for other faults. */
export function problemWords(text: Text, fault: Fault): FaultWords[] {
  if (fault.code !== 'workload.datasetInvalid') return [];
  const { problems } = (fault as Fault<'workload.datasetInvalid'>).facts;
  return problems.map((problem) => text.fault(faultFromRecord(problem)));
}
