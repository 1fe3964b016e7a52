/** What stands at a path of a source. A link is named and never followed. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface SourceEntry {
  /** Relative to the source's root, parts joined by `/`, none of them empty, `.` or `..`. */
  path: string;
  kind: EntryKind;
  /** Size of a file; 0 for the others. */
  bytes: number;
}

/**
 * A tree of files that somebody handed in: a folder on the disk or an archive. Whoever implements it promises that no path leads
 * out of the root and that listing ends: both are what the other side of the audit relies on with hostile input.
 */
export interface FileSource {
  /** Names of the root and of the folders above it, outermost first: they may tell round, division and organisation. */
  readonly context: readonly string[];
  /** All entries, a folder before what it holds, in the order of their names. @throws Fault `audit.*` beyond a limit. */
  list(signal?: AbortSignal): AsyncIterable<SourceEntry>;
  /** Bytes [start, end) of a listed file in pieces that the reader may keep. @throws Fault `audit.unreadable`. */
  read(path: string, range?: { start?: number; end?: number }, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** How to open a source: plain data, so that a worker thread can open it again. A zip file will be another kind. */
export interface SourceSpec {
  kind: 'folder';
  path: string;
}

/** Bounds of what an audit reads. A round of MLPerf Tiny has 3,000 files in 20 folders' depth at most. */
export const sourceLimits = {
  entries: 200_000,
  depth: 40,
  /** Length of a path. */
  pathCharacters: 1024,
  /** Largest file that is read at all; the largest published one has some 100 MB. */
  fileBytes: 2 * 1024 ** 3,
} as const;
