import { folderSource } from './folder.ts';
import type { FileSource, SourceSpec } from './types.ts';

export { folderSource } from './folder.ts';
export type { EntryKind, FileSource, SourceEntry, SourceSpec } from './types.ts';

/** Opens what a specification names; each thread opens its own. */
export function openSource(spec: SourceSpec): Promise<FileSource> {
  return folderSource(spec.path);
}
