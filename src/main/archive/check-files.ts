import type { Manifest, RemovedTrace } from '../store/index.ts';

/** Something that does not hold, or is worth knowing; its words stand under `verify.<key>` in the locales. */
export interface VerifyProblem {
  key: string;
  values: Record<string, string | number>;
  /** A remark does not make the session doubtful. */
  remark?: boolean;
}

/** Every file against the manifest: missing, changed, added. */
export function checkFiles(
  files: Manifest['files'],
  manifest: Manifest,
  removed: readonly RemovedTrace[],
): VerifyProblem[] {
  const found = new Map(files.map((file) => [file.path, file]));
  const problems: VerifyProblem[] = [];
  for (const { path, sha256 } of manifest.files) {
    const file = found.get(path);
    const gone = removed.find((one) => one.path === path && one.sha256 === sha256);
    if (!file && gone)
      problems.push({ key: 'traceRemoved', values: { path, at: gone.removedAt.slice(0, 10) }, remark: true });
    else if (!file) problems.push({ key: 'fileMissing', values: { path } });
    else if (file.sha256 !== sha256)
      problems.push({
        key: 'fileChanged',
        values: { path, found: file.sha256.slice(0, 12), expected: sha256.slice(0, 12) },
      });
    found.delete(path);
  }
  for (const path of found.keys()) problems.push({ key: 'fileAdded', values: { path } });
  return problems;
}
