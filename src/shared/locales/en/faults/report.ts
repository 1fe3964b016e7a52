import type { FaultWords } from '../../words.ts';

export const reportFaultWords = {} satisfies Record<string, FaultWords>;
