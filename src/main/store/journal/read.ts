import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { chainStart, longestLineBytes, parseEntry } from './entry.ts';

/** What a journal's bytes hold. */
export interface JournalContent {
  entries: JournalEntry[];
  /** Hash of the last good entry. */
  hash: string;
  /** Bytes up to the end of the last good entry. */
  goodBytes: number;
  /** Bytes after it that belong to an entry cut short (a killed process, a full disk): nothing that was acknowledged. */
  droppedBytes: number;
  /** Set where something other than a cut at the end is wrong: the file was changed or is not ours. */
  damage?: {
    line: number;
    reason: 'notJson' | 'brokenChain' | 'wrongNumber' | 'unknownRecord' | 'newerFormat' | 'lineTooLong';
    detail: string;
  };
}

/**
 * Reads a journal from its bytes. An incomplete last line is a cut, whatever is in it; a complete line that does not fit the
 * chain is damage. Never throws; what precedes the damage is returned.
 */
export function readJournal(bytes: Uint8Array): JournalContent {
  const decoder = new TextDecoder();
  const entries: JournalEntry[] = [];
  let hash = chainStart;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) break;
    const line = entries.length + 1;
    const damaged = (reason: NonNullable<JournalContent['damage']>['reason'], detail: string): JournalContent => ({
      entries,
      hash,
      goodBytes: start,
      droppedBytes: bytes.length - start,
      damage: { line, reason, detail },
    });
    if (end - start > longestLineBytes) return damaged('lineTooLong', String(end - start));
    const parsed = parseEntry(decoder.decode(bytes.subarray(start, end)), entries.length, hash);
    if (!parsed.ok) return damaged(parsed.reason, parsed.detail);
    entries.push(parsed.entry);
    hash = parsed.entry.hash;
    start = end + 1;
  }
  return { entries, hash, goodBytes: start, droppedBytes: bytes.length - start };
}
