import type { Messages } from '../words.ts';

export const reportWords = {} as const satisfies Messages;
