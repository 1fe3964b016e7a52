import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chainStart, readJournal } from '../../src/main/store/index.ts';
import { formatEntry } from '../../src/main/store/journal/entry.ts';
import type { JournalRecord } from '../../src/shared/domain/journal.ts';
import type { Verdict } from '../../src/shared/domain/verdict.ts';

const fixture = resolve(import.meta.dirname, '../fixtures/sessions/format-1/journal.jsonl');
let recorded: ReturnType<typeof readJournal>['entries'] | undefined;

/** What a made-up session says; the rest is as a virtual bench once wrote it. */
export interface WrittenSession {
  name: string;
  /** What the journal calls it, where that is not its folder's name. */
  sessionId?: string;
  /** ISO 8601. */
  at?: string;
  operator?: string;
  serial?: string;
  assetTag?: string;
  workload?: string;
  /** Folder of the workload's results in a submission. */
  resultsFolder?: string;
  verdict?: Verdict;
  simulated?: boolean;
  note?: string;
  /** Path of a trace that a run says it recorded; its content is made up. */
  trace?: string;
  /** Left unfinished: without a manifest, and without what ends it. */
  open?: boolean;
}

/**
 * Writes a session folder with a journal whose chain holds, made of the records of a real run on the virtual bench.
 * @returns its folder
 */
export function writeSession(root: string, session: WrittenSession): string {
  const { name, at = '2026-03-04T10:00:00.000Z', simulated = true, open = false } = session;
  recorded ??= readJournal(readFileSync(fixture)).entries;
  const records = recorded.map(({ record }) => adapt(record, session));
  if (session.note !== undefined) records.splice(-1, 0, { type: 'session.note', text: session.note });
  if (session.trace !== undefined) {
    const outcome = { kind: 'recording', traceFile: session.trace } as const;
    const at = records.findIndex(({ type }) => type === 'run.outcome');
    records.splice(at + 1, 0, { type: 'run.outcome', runId: 'r1', outcome });
    records.splice(at + 1, 0, {
      type: 'run.step',
      runId: 'r1',
      step: { kind: 'record', on: true, attempt: 1 },
    });
  }
  const kept = open
    ? records.filter(({ type }) => !['run.closed', 'run.judged', 'session.closed'].includes(type))
    : records;
  let hash = chainStart;
  const lines = kept.map((record, n) => {
    const entry = formatEntry({ n, at, atS: n, record }, hash);
    hash = entry.hash;
    return `${entry.line}\n`;
  });
  const folder = join(root, name);
  mkdirSync(join(folder, 'runs'), { recursive: true });
  const files = [
    ['journal.jsonl', lines.join('')],
    [simulated ? 'report-SIMULATED.pdf' : 'report.pdf', '%PDF-1.7\n%made up for a test\n'],
    ['runs/log.txt', 'a log\n'],
    ...(session.trace === undefined ? [] : [[session.trace, 'samples'] as const]),
  ] as const;
  for (const [path, content] of files) writeFileSync(join(folder, path), content);
  if (open) return folder;
  const manifest = {
    format: 1,
    sessionId: name,
    app: { name: 'Joulebench', version: '0.0.1' },
    simulated,
    sealedAt: at,
    journal: { entries: kept.length, hash },
    files: files
      .map(([path, content]) => ({
        path,
        bytes: Buffer.byteLength(content),
        sha256: createHash('sha256').update(content).digest('hex'),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return folder;
}

function adapt(record: JournalRecord, session: WrittenSession): JournalRecord {
  const { name, operator = 'Ada', serial, assetTag, workload, verdict, simulated = true } = session;
  if (record.type === 'session.opened') {
    return {
      ...record,
      sessionId: session.sessionId ?? name,
      app: { name: 'Joulebench', version: '0.0.1' },
      operator,
      dutUnit: { ...(serial === undefined ? {} : { serial }), ...(assetTag === undefined ? {} : { assetTag }) },
      bench: { ...record.bench, simulated, id: simulated ? 'virtual' : 'real' },
    };
  }
  if (record.type === 'run.opened' && workload !== undefined) {
    return { ...record, workload: { ...record.workload, id: workload } };
  }
  if (record.type === 'run.opened' && session.resultsFolder !== undefined) {
    return { ...record, workload: { ...record.workload, resultsFolder: session.resultsFolder } };
  }
  if (record.type === 'run.judged' && verdict !== undefined) {
    return { ...record, judgement: { ...record.judgement, verdict } };
  }
  return record;
}
