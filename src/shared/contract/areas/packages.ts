import { z } from 'zod';
import { auditKeySchema } from '../../domain/audit-page.ts';
import { fileProblemSchema } from '../../domain/batch.ts';
import { madeFileSchema } from '../../domain/made-file.ts';
import {
  livePackageSchema,
  packageKeySchema,
  startPackageSchema,
  systemDetailSchema,
  systemSummarySchema,
} from '../../domain/package-page.ts';
import { systemDescriptionSchema, systemNameSchema } from '../../domain/system-description.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing } from './keys.ts';

const systemKey = z.object({ name: systemNameSchema });

/** Descriptions of systems, and the submission packages that are made with them. */
export const packageProcedures = {
  'package.systems': procedure(
    nothing,
    z.object({ systems: z.array(systemSummarySchema), problems: z.array(fileProblemSchema) }),
  ),
  'package.system': procedure(systemKey, systemDetailSchema),
  /** What is known of a board of the catalogue, in a description that is otherwise empty. */
  'package.proposal': procedure(
    z.object({ board: z.string().max(80).nullable() }),
    systemDetailSchema.omit({ name: true }),
    30,
  ),
  /** A description may be incomplete until a package is made with it. `previous`: the name it had; null for a new one. */
  'package.saveSystem': procedure(
    systemKey.extend({ fields: systemDescriptionSchema, previous: systemNameSchema.nullable() }),
    systemDetailSchema,
  ),
  'package.removeSystem': procedure(systemKey, nothing),
  'package.restoreSystem': procedure(systemKey, nothing),
  /** Kept under the name of the file; where that is taken, under a free one beside it. */
  'package.importSystem': procedure(
    z.object({ name: z.string().min(1).max(255), text: z.string().max(300_000) }),
    systemDetailSchema,
  ),
  'package.exportSystem': procedure(systemKey, madeFileSchema),
  /** Checks all of a package before anything of it can be saved; followed by topic `package`. */
  'package.start': procedure(startPackageSchema, packageKeySchema, 60),
  /** The checks that the host still has, the latest last. */
  'package.list': procedure(nothing, z.array(livePackageSchema)),
  'package.stop': procedure(packageKeySchema, nothing),
  /** The zip file of a package without problems. */
  'package.save': procedure(packageKeySchema, madeFileSchema, 180),
  /** Begins an audit of that zip file. */
  'package.audit': procedure(packageKeySchema, auditKeySchema, 60),
  package: topic(packageKeySchema, livePackageSchema),
} as const;
