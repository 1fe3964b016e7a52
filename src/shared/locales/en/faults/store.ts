import type { FaultWords } from '../../words.ts';

export const storeFaultWords = {} satisfies Record<string, FaultWords>;
