import type { FaultWords } from '../../words.ts';

export const benchFaultWords = {} satisfies Record<string, FaultWords>;
