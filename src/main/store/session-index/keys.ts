import type { IndexedSession } from './types.ts';

/** What both indexes sort and search by: computed here once, so that they cannot differ. */
export interface SessionKeys {
  /** Everything that is searched, folded. */
  words: string;
  /** What a person calls the unit; empty where it has no name. */
  unit: string;
  operatorKey: string;
  unitKey: string;
  boardKey: string;
  /** The first workload. */
  workloadKey: string;
  /** The worst verdict among the runs: 3 invalid, 2 with remarks, 1 valid, 0 not judged. */
  verdictRank: number;
}

const ranks: Readonly<Record<string, number>> = { valid: 1, remarks: 2, invalid: 3 };

export function keysOf(name: string, session: IndexedSession): SessionKeys {
  const { operator, serial = '', assetTag = '', board, runs, notes, journalId } = session;
  const unit = serial || assetTag;
  return {
    words: fold([name, journalId, operator, serial, assetTag, board, ...runs.map(runWords), ...notes].join('\n')),
    unit,
    operatorKey: fold(operator),
    unitKey: fold(unit),
    boardKey: fold(board),
    workloadKey: fold(runs[0]?.workload ?? ''),
    verdictRank: Math.max(0, ...runs.map((run) => ranks[run.verdict ?? ''] ?? 0)),
  };
}

function runWords({ workload, mode }: { workload: string; mode: string }): string {
  return `${workload} ${mode}`;
}

/** Text as it is compared: without regard to case and to how an accent is stored. NUL would end a text inside SQLite. */
export function fold(text: string): string {
  return text.replaceAll('\0', ' ').toWellFormed().normalize('NFC').toLowerCase().normalize('NFC');
}

/** The words that must all occur. */
export function searchWords(search: string): string[] {
  return [...new Set(fold(search).split(/\s+/).filter(Boolean))];
}

/** Most choices of one facet; a list of more helps nobody, and the search finds them. */
export const largestFacet = 200;
