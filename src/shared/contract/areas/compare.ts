import { z } from 'zod';
import { comparisonSchema } from '../../domain/comparison.ts';
import { madeFileSchema } from '../../domain/made-file.ts';
import { publishedResultsSchema } from '../../domain/published.ts';
import { procedure } from '../procedure.ts';
import { nothing, sessionKey } from './keys.ts';

/** The sessions of a comparison, the baseline first; one alone is shown beside published results. */
const comparedSessions = z.object({ sessionIds: z.array(sessionKey.shape.sessionId).min(1).max(6) });

/** Comparing sessions with each other and with published results. */
export const compareProcedures = {
  'compare.sessions': procedure(comparedSessions, comparisonSchema, 120),
  /** The same as CSV. */
  'compare.table': procedure(comparedSessions, madeFileSchema, 120),
  'compare.published': procedure(nothing, publishedResultsSchema),
} as const;
