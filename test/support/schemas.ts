import { z } from 'zod';
import * as answers from '../../src/shared/domain/cli-json.ts';
import { auditReportSchema } from '../../src/shared/domain/audit.ts';
import { doctorReportSchema } from '../../src/shared/domain/doctor.ts';
import { journalRecordSchema } from '../../src/shared/domain/journal.ts';
import { packageAnswerSchema } from '../../src/shared/domain/package.ts';
import { systemDescriptionSchema } from '../../src/shared/domain/system-description.ts';
import { recipeSchema } from '../../src/shared/domain/recipe.ts';
import { runAnswerSchema } from '../../src/shared/domain/run-json.ts';
import { settingsSchema } from '../../src/shared/domain/settings.ts';
import { exportDetailsSchema } from '../../src/shared/domain/trace-export.ts';
import { importResultSchema } from '../../src/shared/domain/session-handover.ts';
import { signaturesFileSchema } from '../../src/shared/domain/signature.ts';
import { verifyAnswerSchema } from '../../src/shared/domain/verify-json.ts';
import { boardsAnswerSchema, buildAnswerSchema } from '../../src/main/cli/firmware.ts';
import { imageManifestSchema } from '../../src/main/firmware/index.ts';
import { keyFileSchema, knownKeysSchema } from '../../src/main/signing/index.ts';
import { manifestSchema } from '../../src/main/store/index.ts';

const schemas: Record<string, z.ZodType> = {
  'audit.json': auditReportSchema,
  'compare.json': answers.compareAnswerSchema,
  'devices.json': answers.devicesAnswerSchema,
  'doctor.json': doctorReportSchema,
  'error.json': answers.errorAnswerSchema,
  'flash.json': answers.flashAnswerSchema,
  'firmware-boards.json': boardsAnswerSchema,
  'firmware-build.json': buildAnswerSchema,
  'firmware-image.json': imageManifestSchema,
  'journal-record.json': journalRecordSchema,
  'key-file.json': keyFileSchema,
  'keys.json': answers.keysAnswerSchema,
  'known-keys.json': knownKeysSchema,
  'manifest.json': manifestSchema,
  'model-check.json': answers.modelCheckAnswerSchema,
  'model-compile.json': answers.modelCompileAnswerSchema,
  'model-info.json': answers.modelInfoAnswerSchema,
  'package.json': packageAnswerSchema,
  'probes.json': answers.probesAnswerSchema,
  'recipe.json': recipeSchema,
  'recipe-run.json': answers.recipeRunAnswerSchema,
  'report-batch.json': answers.batchReportAnswerSchema,
  'report.json': answers.reportAnswerSchema,
  'run.json': runAnswerSchema,
  'system-description.json': systemDescriptionSchema,
  'serve.json': answers.serveAnswerSchema,
  'sessions-delete.json': answers.sessionsDeleteAnswerSchema,
  'sessions-export.json': answers.sessionsExportAnswerSchema,
  'sessions-import.json': importResultSchema,
  'sessions-list.json': answers.sessionsListAnswerSchema,
  'sessions-restore.json': answers.sessionsRestoreAnswerSchema,
  'sessions-show.json': answers.sessionsShowAnswerSchema,
  'settings.json': settingsSchema,
  'sign.json': answers.signAnswerSchema,
  'signatures.json': signaturesFileSchema,
  'trace-details.json': exportDetailsSchema,
  'trace-export.json': answers.traceExportAnswerSchema,
  'trace-import.json': answers.traceImportAnswerSchema,
  'trace-info.json': answers.traceInfoAnswerSchema,
  'trace-stats.json': answers.traceStatsAnswerSchema,
  'verify.json': verifyAnswerSchema,
  'workloads.json': answers.workloadsAnswerSchema,
};

/** The JSON schemas of the answers of `--json` and of our files, as they stand in docs/schemas. */
export function schemaFiles(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      `${JSON.stringify(z.toJSONSchema(schema, { io: name === 'settings.json' ? 'input' : 'output' }), undefined, 2)}\n`,
    ]),
  );
}
