import { z } from 'zod';
import { madeFileSchema } from '../../domain/made-file.ts';
import { evidenceSchema, reportOverviewSchema, signOffSchema } from '../../domain/report-page.ts';
import { remarkSchema, signerNameSchema, signerRoleSchema } from '../../domain/signature.ts';
import { procedure } from '../procedure.ts';
import { sessionKey, traceKey } from './keys.ts';

/** The report of a session: what it says, how it is made, what can be taken away, and who stands for it. */
export const reportProcedures = {
  'report.overview': procedure(sessionKey, reportOverviewSchema, 30),
  /** The PDF again, on other paper or in other units. */
  'report.make': procedure(
    sessionKey.extend({ paper: z.enum(['A4', 'Letter']), units: z.enum(['prefixed', 'base']) }),
    madeFileSchema,
    180,
  ),
  /** One of the files that the overview names. */
  'report.export': procedure(sessionKey.extend({ id: z.string().max(400) }), madeFileSchema, 600),
  'report.evidence': procedure(traceKey.extend({ rule: z.string().max(20) }), evidenceSchema, 30),
  'report.signOff': procedure(sessionKey, signOffSchema, 120),
  'report.sign': procedure(
    sessionKey.extend({
      role: signerRoleSchema,
      name: z.string().trim().pipe(signerNameSchema),
      remark: z.string().trim().pipe(remarkSchema),
      passphrase: z.string().max(1000).optional(),
      replace: z.boolean().optional(),
    }),
    signOffSchema,
    300,
  ),
} as const;
