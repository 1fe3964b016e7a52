import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder with official models, inputs and submissions: `JOULEBENCH_DATA`, or `../shared/data` beside the checkout. */
export function dataFolder(): string | undefined {
  const candidates = [process.env['JOULEBENCH_DATA'], resolve(import.meta.dirname, '../../../shared/data')];
  return candidates.find((folder) => folder && existsSync(join(folder, 'models')));
}

/** Why tests that need official files do not run, in the words of the committed list of expected skips; else undefined. */
export const noDataReason = dataFolder()
  ? undefined
  : 'official data absent: set JOULEBENCH_DATA to the folder with models, datasets and submissions';

/** A path inside the data folder; only to be called by tests that are skipped without it. */
export function dataPath(...parts: string[]): string {
  const folder = dataFolder();
  if (!folder) throw new Error(noDataReason);
  return join(folder, ...parts);
}
