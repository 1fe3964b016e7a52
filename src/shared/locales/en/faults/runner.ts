import type { FaultWords } from '../../words.ts';

export const runnerFaultWords = {} satisfies Record<string, FaultWords>;
