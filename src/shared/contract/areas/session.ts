import { z } from 'zod';
import { liveRunSchema } from '../../domain/live-run.ts';
import { operationSchema } from '../../domain/operation.ts';
import {
  sessionFacetsSchema,
  sessionFilterSchema,
  sessionPageSchema,
  sessionQuerySchema,
} from '../../domain/session-query.ts';
import { sessionSummarySchema } from '../../domain/session-summary.ts';
import { traceColumnsViewSchema, traceFactsSchema, traceStatisticsViewSchema } from '../../domain/trace-view.ts';
import { byteStream, procedure } from '../procedure.ts';
import { sessionKey, traceKey, traceStretch } from './keys.ts';

/** Sessions on disk and their traces. */
export const sessionProcedures = {
  /** A stretch of the sessions: thousands do not travel in one message. */
  'session.list': procedure(sessionQuerySchema, sessionPageSchema, 30),
  'session.facets': procedure(sessionFilterSchema, sessionFacetsSchema, 30),
  'session.get': procedure(sessionKey, z.object({ summary: sessionSummarySchema, runs: z.array(liveRunSchema) })),
  'session.resume': procedure(sessionKey, operationSchema, 30),
  'session.verify': procedure(sessionKey, z.object({ holds: z.boolean(), problems: z.array(z.string()) }), 120),
  'trace.facts': procedure(traceKey, traceFactsSchema, 60),
  'trace.columns': procedure(
    traceStretch.extend({ columns: z.number().int().min(1).max(2000) }),
    traceColumnsViewSchema,
    60,
  ),
  'trace.statistics': procedure(traceStretch, traceStatisticsViewSchema, 60),
  'session.reportBytes': byteStream(sessionKey),
} as const;
