import type { Messages } from '../words.ts';

export const cliWords = {} as const satisfies Messages;
