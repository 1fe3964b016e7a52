import type { FaultWords } from '../../words.ts';

export const transportFaultWords = {} satisfies Record<string, FaultWords>;
