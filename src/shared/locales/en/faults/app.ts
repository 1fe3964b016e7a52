import type { FaultWords } from '../../words.ts';

export const appFaultWords = {} satisfies Record<string, FaultWords>;
