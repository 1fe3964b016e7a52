import { z } from 'zod';

/** Inputs that several areas share. */
export const nothing = z.object({});
export const benchKey = z.object({ benchId: z.string().max(80) });
export const operationKey = z.object({ operationId: z.string().max(80) });
export const sessionKey = z.object({ sessionId: z.string().max(160) });
export const traceKey = sessionKey.extend({ runId: z.string().max(8) });
export const traceStretch = traceKey.extend({ fromS: z.number(), toS: z.number() });
