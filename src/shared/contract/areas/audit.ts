import { z } from 'zod';
import {
  auditFileKindSchema,
  auditKeySchema,
  auditLinesSchema,
  auditPlaceSchema,
  auditRowsQuerySchema,
  auditRowsSchema,
  auditRunKeySchema,
  liveAuditSchema,
  startAuditSchema,
} from '../../domain/audit-page.ts';
import { auditFindingSchema, auditedRunSchema } from '../../domain/audit.ts';
import { madeFileSchema } from '../../domain/made-file.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing } from './keys.ts';

/** Audits of published results. */
export const auditProcedures = {
  /** Begins; followed by topic `audit`. */
  'audit.start': procedure(startAuditSchema, auditKeySchema, 60),
  /** The audits that the host still has, the latest last. */
  'audit.list': procedure(nothing, z.array(liveAuditSchema)),
  'audit.stop': procedure(auditKeySchema, nothing),
  /** A stretch of the runs. */
  'audit.rows': procedure(auditRowsQuerySchema, auditRowsSchema, 30),
  'audit.run': procedure(auditRunKeySchema, auditedRunSchema, 30),
  /** Findings about the package as a whole. */
  'audit.package': procedure(auditKeySchema, z.array(auditFindingSchema), 30),
  /** Raw lines of a file that the report names. */
  'audit.lines': procedure(auditPlaceSchema, auditLinesSchema, 60),
  'audit.save': procedure(auditKeySchema.extend({ kind: auditFileKindSchema }), madeFileSchema, 180),
  audit: topic(auditKeySchema, liveAuditSchema),
} as const;
