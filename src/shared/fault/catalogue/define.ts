import type { z } from 'zod';

/** Which party is at fault; decides the exit code of the command line. */
export type FaultKind = 'usage' | 'instrument' | 'data' | 'internal' | 'cancelled';

export interface FaultDefinition<F extends z.ZodType> {
  /** usage and data end a command with exit code 2, instrument with 3; see `src/main/cli/exit-code.ts`. */
  kind: FaultKind;
  facts: F;
}

/** Declares one fault: who is at fault and which facts it carries. Its words stand in the locales under the same code. */
export function fault<F extends z.ZodType>(kind: FaultKind, facts: F): FaultDefinition<F> {
  return { kind, facts };
}
