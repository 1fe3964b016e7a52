import type { FaultWords } from '../../words.ts';

export const workloadFaultWords = {} satisfies Record<string, FaultWords>;
