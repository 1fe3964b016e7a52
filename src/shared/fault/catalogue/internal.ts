import { z } from 'zod';
import { fault } from './define.ts';

export const internalFaults = {
  /** Something no code was made for: a defect of ours. */
  'internal.unexpected': fault('internal', z.object({ message: z.string() })),
  /** The operator, a client or a deadline asked for the end. */
  'operation.cancelled': fault('cancelled', z.object({})),
} as const;
