import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';

/** Drafts of imports: hidden folders inside the sessions folder, so that a rename puts a session in its place. */
export const draftPrefix = '.import-';

/** Forgets a draft. */
export async function dropImport(root: string, importId: string): Promise<void> {
  await rm(draftFolder(root, importId), { recursive: true, force: true });
}

/** @throws Fault `import.gone` for a word that is no id of an import. */
export function draftFolder(root: string, importId: string): string {
  if (!/^[0-9a-f-]{8,40}$/.test(importId)) throw new Fault('import.gone', {});
  return join(root, `${draftPrefix}${importId}`);
}
