import type { FaultWords } from '../../words.ts';

export const virtualFaultWords = {} satisfies Record<string, FaultWords>;
