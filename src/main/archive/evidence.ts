import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalEntry, JournalRecord } from '../../shared/domain/journal.ts';
import type { Evidence } from '../../shared/domain/report-page.ts';
import type { EvidenceRef, Finding } from '../../shared/domain/verdict.ts';
import { hashFiles, journalName, storeFault } from '../store/index.ts';

/** Kinds of journal records that a rule is judged from. */
type Source =
  'session' | 'run' | 'identified' | 'windows' | 'inputs' | 'failed' | 'supply' | 'rest' | 'trace' | 'closed';

const windowRules: readonly Source[] = ['windows'];
const traceRules: readonly Source[] = ['trace'];
const sources: Readonly<Record<string, readonly Source[]>> = {
  'RUN-04': ['session'],
  'RUN-07': ['run', 'closed'],
  'RUN-08': ['run', 'identified'],
  'RUN-09': ['windows', 'inputs', 'failed'],
  'RUN-11': ['run', 'identified'],
  'PERF-02': ['run', 'windows'],
  'ACC-01': ['run'],
  'ACC-02': ['run'],
  'NRG-02': ['windows', 'trace'],
  'NRG-03': ['windows', 'trace'],
  'NRG-06': ['run'],
  'NRG-07': ['run', 'supply'],
  'NRG-09': ['run'],
  'NRG-10': ['windows'],
  'NRG-14': ['rest', 'trace'],
  'NRG-16': ['session', 'run'],
};

function sourcesOf(rule: string): readonly Source[] {
  const own = sources[rule];
  if (own) return own;
  if (rule.startsWith('PERF-')) return windowRules;
  if (rule.startsWith('NRG-')) return traceRules;
  return rule.startsWith('ACC-') ? ['inputs', 'windows'] : ['run', 'closed'];
}

/**
 * Where a rule's finding about a run can be seen: what the finding itself names, else the journal's records that the rule is judged from. Pure.
 */
export function evidenceOf(entries: readonly JournalEntry[], runId: string, finding: Finding): EvidenceRef[] {
  if (finding.evidence.length > 0) return finding.evidence;
  const wanted = sourcesOf(finding.rule);
  const found: EvidenceRef[] = [];
  let step: Extract<JournalRecord, { type: 'run.step' }>['step'] | undefined;
  for (const { n, record } of entries) {
    if ('runId' in record && record.runId !== runId) continue;
    if (record.type === 'run.step') step = record.step;
    const source = sourceOf(record, step);
    if (source && wanted.includes(source)) found.push({ file: journalName, line: n + 1 });
  }
  return found;
}

function sourceOf(record: JournalRecord, step: { kind: string; purpose?: string } | undefined): Source | undefined {
  switch (record.type) {
    case 'session.opened':
      return 'session';
    case 'run.opened':
      return 'run';
    case 'run.closed':
      return 'closed';
    case 'run.trace':
      return 'trace';
    case 'run.outcome':
      break;
    default:
      return undefined;
  }
  switch (record.outcome.kind) {
    case 'identified':
      return 'identified';
    case 'failed':
      return 'failed';
    case 'supplied':
      return 'supply';
    case 'rested':
      return 'rest';
    case 'measured':
      return step?.purpose === 'window' ? 'windows' : step?.purpose === 'input' ? 'inputs' : undefined;
    default:
      return undefined;
  }
}

const mostLines = 40;
const mostCharacters = 4000;

/** The raw lines behind references, the first of them; a reference to what the session's seal does not cover is passed over. */
export async function readEvidence(folder: string, refs: readonly EvidenceRef[]): Promise<Evidence> {
  const known = await sessionFiles(folder, refs);
  const texts = new Map<string, string[]>();
  const lines: Evidence['lines'] = [];
  for (const { file, line = 1 } of refs.slice(0, mostLines)) {
    if (!known.has(file)) continue;
    const content = texts.get(file) ?? (await readLines(join(folder, ...file.split('/'))));
    texts.set(file, content);
    const text = content[line - 1];
    if (text === undefined) continue;
    lines.push({ file, line, text: text.slice(0, mostCharacters), cut: Math.max(0, text.length - mostCharacters) });
  }
  return { total: refs.length, lines };
}

/** References come from a journal that somebody may have made: only plain files of the session are opened. */
async function sessionFiles(folder: string, refs: readonly EvidenceRef[]): Promise<Set<string>> {
  const named = new Set(refs.map(({ file }) => file));
  if (named.size === 1 && named.has(journalName)) return named;
  const files = await hashFiles(folder);
  return new Set(files.map(({ path }) => path).filter((path) => named.has(path) && !/\.(jbt|bin|pdf)$/.test(path)));
}

async function readLines(path: string): Promise<string[]> {
  try {
    return (await readFile(path, 'utf8')).split(/\r?\n/);
  } catch (error) {
    throw storeFault(error, path);
  }
}
