import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evidenceOf, readEvidence, takeAways } from '../../../src/main/archive/index.ts';
import { foldSession } from '../../../src/main/session/index.ts';
import { readSession } from '../../../src/main/store/index.ts';
import type { JournalEntry } from '../../../src/shared/domain/journal.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');
const finding = (rule: string, evidence: Finding['evidence'] = []): Finding => ({
  rule,
  severity: 'E',
  outcome: 'passed',
  message: 'passed',
  facts: {},
  evidence,
});

describe('the evidence of a rule', () => {
  let entries: readonly JournalEntry[];
  let folder: string;
  beforeEach(async () => {
    entries = (await readSession(fixture)).entries;
    folder = mkdtempSync(join(tmpdir(), 'jb-evidence-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const kinds = (rule: string, runId: string): string[] =>
    evidenceOf(entries, runId, finding(rule)).map(({ line = 0 }) => {
      const record = entries[line - 1]?.record;
      return record?.type === 'run.outcome' ? `${record.runId} ${record.outcome.kind}` : (record?.type ?? '');
    });

  it('is the records of its own run that the rule is judged from', () => {
    expect(kinds('PERF-03', 'r1')).toEqual(Array(5).fill('r1 measured'));
    expect(kinds('ACC-07', 'r2')).toEqual(Array(12).fill('r2 measured'));
    expect(kinds('ACC-07', 'r1')).toEqual(Array(5).fill('r1 measured'));
    expect(kinds('RUN-08', 'r2')).toEqual(['run.opened', 'r2 identified']);
    expect(kinds('RUN-07', 'r1')).toEqual(['run.opened', 'run.closed']);
    expect(kinds('RUN-04', 'r1')).toEqual(['session.opened']);
    expect(kinds('NRG-05', 'r1')).toEqual([]);
  });

  it('is what the finding names, where it names something', () => {
    const named = [{ file: 'log.txt', line: 3 }];
    expect(evidenceOf(entries, 'r1', finding('PERF-03', named))).toEqual(named);
  });

  it('is read as it stands, long lines cut, and never from outside of the session', async () => {
    writeFileSync(join(folder, 'journal.jsonl'), `first\n${'x'.repeat(5000)}\n`);
    writeFileSync(join(folder, 'log.txt'), 'one\r\ntwo\r\n');
    const evidence = await readEvidence(folder, [
      { file: 'journal.jsonl', line: 2 },
      { file: 'log.txt', line: 2 },
      { file: 'log.txt', line: 99 },
      { file: '../secret', line: 1 },
      { file: resolve(fixture, 'journal.jsonl'), line: 1 },
      { file: 'missing.txt' },
    ]);
    expect(evidence).toEqual({
      total: 6,
      lines: [
        { file: 'journal.jsonl', line: 2, text: 'x'.repeat(4000), cut: 1000 },
        { file: 'log.txt', line: 2, text: 'two', cut: 0 },
      ],
    });
  });
});

describe('files to take away', () => {
  it('are those that are there, with names that say which session and that it is simulated', async () => {
    const session = foldSession((await readSession(fixture)).entries);
    if (!session) throw new Error('no session');
    const files = await takeAways(fixture, session);
    expect(files.map(({ id }) => id)).toEqual([
      ...['resultsTxt', 'resultsJson', 'windowsCsv', 'log', 'script'].map((kind) => `r1:${kind}`),
      ...['resultsTxt', 'resultsJson', 'inputsCsv', 'log', 'script'].map((kind) => `r2:${kind}`),
    ]);
    expect(files.every(({ name }) => name.startsWith(session.opened.sessionId) && name.includes('SIMULATED'))).toBe(
      true,
    );
    expect(files[2]?.name).toMatch(/-r1-performance-windows\.csv$/);
  });
});
