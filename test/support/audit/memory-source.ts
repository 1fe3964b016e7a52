import { Fault } from '../../../src/shared/fault/index.ts';
import type { FileSource, SourceEntry } from '../../../src/main/audit/source/types.ts';

/**
 * Files in memory as a source; folders follow from their paths.
 * @param pieceBytes how the bytes are cut when they are read.
 */
export function memorySource(
  files: Readonly<Record<string, Uint8Array | string>>,
  options: { context?: readonly string[]; pieceBytes?: number; further?: readonly SourceEntry[] } = {},
): FileSource {
  const { context = [], pieceBytes = 65_536, further = [] } = options;
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
  const entries = new Map<string, SourceEntry>(further.map((entry) => [entry.path, entry]));
  for (const [path, bytes] of contents) {
    const parts = path.split('/');
    for (let k = 1; k < parts.length; k += 1) {
      const folder = parts.slice(0, k).join('/');
      if (!entries.has(folder)) entries.set(folder, { path: folder, kind: 'folder', bytes: 0 });
    }
    entries.set(path, { path, kind: 'file', bytes: bytes.length });
  }
  return {
    context,
    async *list() {
      yield* await Promise.resolve([...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1)));
    },
    async *read(path, range = {}) {
      const bytes = contents.get(path);
      if (!bytes) throw new Fault('audit.unreadable', { path, reason: 'ENOENT' });
      const { start = 0, end = bytes.length } = range;
      for (let at = start; at < Math.min(end, bytes.length); at += pieceBytes) {
        yield await Promise.resolve(bytes.subarray(at, Math.min(end, bytes.length, at + pieceBytes)));
      }
    },
  };
}
