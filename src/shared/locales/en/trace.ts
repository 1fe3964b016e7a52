import type { Messages } from '../words.ts';

/** Words of the area trace. */
export const traceWords = {} as const satisfies Messages;
