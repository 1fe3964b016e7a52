import type { FaultWords } from '../../words.ts';

export const apiFaultWords = {} satisfies Record<string, FaultWords>;
