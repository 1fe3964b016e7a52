import { z } from 'zod';
import { liveRunSchema } from '../../domain/live-run.ts';
import { madeFileSchema } from '../../domain/made-file.ts';
import { faultRecordSchema, operationSchema } from '../../domain/operation.ts';
import { retentionReportSchema, retentionSchema } from '../../domain/retention.ts';
import { importPlanSchema, importResultSchema, sessionLoadSchema } from '../../domain/session-handover.ts';
import {
  sessionFacetsSchema,
  sessionFilterSchema,
  sessionPageSchema,
  sessionQuerySchema,
} from '../../domain/session-query.ts';
import { sessionSummarySchema } from '../../domain/session-summary.ts';
import { traceColumnsViewSchema, traceFactsSchema, traceStatisticsViewSchema } from '../../domain/trace-view.ts';
import { byteStream, procedure } from '../procedure.ts';
import { nothing, sessionKey, traceKey, traceStretch } from './keys.ts';

const sessionKeys = z.object({ sessionIds: z.array(sessionKey.shape.sessionId).min(1).max(500) });
const importKey = z.object({ importId: z.string().max(80) });

/** Sessions on disk and their traces. */
export const sessionProcedures = {
  /** A stretch of the sessions: thousands do not travel in one message. */
  'session.list': procedure(sessionQuerySchema, sessionPageSchema, 30),
  'session.facets': procedure(sessionFilterSchema, sessionFacetsSchema, 30),
  /** What would be lost with these sessions. */
  'session.weigh': procedure(sessionKeys, sessionLoadSchema, 60),
  /** To the trash inside the sessions folder; what cannot be moved stays, with the reason. */
  'session.delete': procedure(
    sessionKeys,
    z.object({
      deleted: z.array(z.object({ sessionId: z.string(), trashed: z.string() })),
      kept: z.array(z.object({ sessionId: z.string(), fault: faultRecordSchema })),
    }),
    120,
  ),
  /** Takes deleted sessions out of the trash again. */
  'session.restore': procedure(z.object({ trashed: z.array(z.string().max(240)).min(1).max(500) }), nothing, 60),
  /** One zip file of the sessions, offered like every made file. */
  'session.export': procedure(sessionKeys, madeFileSchema, 1800),
  /** A piece of a zip file from a browser, in order; the first has no id and gets one. */
  'session.upload': procedure(
    z.object({
      uploadId: z.string().max(80).optional(),
      at: z.number().int().nonnegative(),
      bytes: z.instanceof(Uint8Array),
    }),
    z.object({ uploadId: z.string() }),
    60,
  ),
  /** Unpacks and checks the sessions of a zip file or folder; `session.place` puts them among the others. */
  'session.import': procedure(
    z.union([z.object({ path: z.string().min(1).max(4000) }), z.object({ uploadId: z.string().max(80) })]),
    importPlanSchema,
    1800,
  ),
  /** `replace`: what is here under the same name goes to the trash; otherwise it stays. */
  'session.place': procedure(importKey.extend({ replace: z.boolean() }), importResultSchema, 300),
  'session.dropImport': procedure(importKey, nothing, 60),
  /** What these rules would delete now. */
  'session.retention': procedure(retentionSchema, retentionReportSchema, 120),
  /** Deletes it; the rules of the settings are applied at every start too. */
  'session.retain': procedure(retentionSchema, retentionReportSchema, 600),
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
