import { createHash } from 'node:crypto';
import { journalRecordSchema } from '../../../shared/domain/journal.ts';
import type { JournalEntry, JournalRecord } from '../../../shared/domain/journal.ts';

/** What the first entry's chain starts from. */
export const chainStart = '0'.repeat(64);

const hashKey = ',"hash":"';

/** Longest line a reader takes; a longer one is damage (the longest real one is a run's list of files). */
export const longestLineBytes = 16 * 1024 * 1024;

/**
 * The text of one entry, without its line end. The hash is the last member and covers the text before it and the hash of the
 * entry before: no canonical form of JSON is needed to check it (docs/formats/journal.md).
 */
export function formatEntry(entry: Omit<JournalEntry, 'hash'>, previousHash: string): { line: string; hash: string } {
  const body = JSON.stringify({ n: entry.n, at: entry.at, atS: entry.atS, record: entry.record });
  const head = body.slice(0, -1);
  const hash = chainHash(previousHash, head);
  return { line: `${head}${hashKey}${hash}"}`, hash };
}

export type ParsedEntry =
  | { ok: true; entry: JournalEntry }
  | { ok: false; reason: 'notJson' | 'brokenChain' | 'wrongNumber' | 'unknownRecord' | 'newerFormat'; detail: string };

/** Reads one line against the hash before it. */
export function parseEntry(line: string, expectedNumber: number, previousHash: string): ParsedEntry {
  const cut = line.lastIndexOf(hashKey);
  if (cut < 0) return { ok: false, reason: 'notJson', detail: 'no hash' };
  const head = line.slice(0, cut);
  const hash = line.slice(cut + hashKey.length, -2);
  if (chainHash(previousHash, head) !== hash || !line.endsWith('"}')) {
    return { ok: false, reason: 'brokenChain', detail: hash.slice(0, 16) };
  }
  const value = parseJson(`${head}}`) as { n?: unknown; at?: unknown; atS?: unknown; record?: unknown } | undefined;
  if (typeof value !== 'object' || value === null) return { ok: false, reason: 'notJson', detail: '' };
  if (value.n !== expectedNumber) return { ok: false, reason: 'wrongNumber', detail: String(value.n) };
  const format = (value.record as { format?: unknown } | undefined)?.format;
  if (typeof format === 'number' && format > 1) return { ok: false, reason: 'newerFormat', detail: String(format) };
  const record = journalRecordSchema.safeParse(value.record);
  if (!record.success || typeof value.at !== 'string' || typeof value.atS !== 'number') {
    return {
      ok: false,
      reason: 'unknownRecord',
      detail: record.success ? 'stamp' : (record.error.issues[0]?.message ?? ''),
    };
  }
  return {
    ok: true,
    entry: { n: expectedNumber, at: value.at, atS: value.atS, record: record.data as JournalRecord, hash },
  };
}

function chainHash(previousHash: string, head: string): string {
  return createHash('sha256').update(previousHash).update('\n').update(head).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
