import type { FaultWords } from '../../words.ts';

export const rulesFaultWords = {} satisfies Record<string, FaultWords>;
