import type { FaultWords } from '../../words.ts';

export const modelFaultWords = {} satisfies Record<string, FaultWords>;
