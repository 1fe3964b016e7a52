import type { Messages } from '../words.ts';

/** By rule id: title, and one message per outcome; the placeholders are the finding's facts. */
export const ruleWords = {} as const satisfies Messages;
