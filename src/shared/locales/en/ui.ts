import type { Messages } from '../words.ts';

export const uiWords = {} as const satisfies Messages;
