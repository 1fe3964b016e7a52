import type { FaultWords } from '../../words.ts';

export const dutFaultWords = {} satisfies Record<string, FaultWords>;
