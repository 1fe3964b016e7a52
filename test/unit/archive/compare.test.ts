import { parse } from 'csv-parse/sync';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparisonCsv, compareReadSessions, readComparable } from '../../../src/main/archive/index.ts';
import { comparisonSchema } from '../../../src/shared/domain/comparison.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/sessions/format-1');

describe('a session of an older format', () => {
  it('is compared like any other, and with itself says so', async () => {
    const session = await readComparable(fixture);
    const comparison = comparisonSchema.parse(compareReadSessions([session, session]));
    const [pair] = comparison.pairs;
    expect(pair?.comparable).toBe(true);
    const codes = (pair?.runs ?? []).map(({ obstacles }) => obstacles.map(({ code }) => code));
    expect(codes.length).toBeGreaterThan(0);
    for (const found of codes) expect(found).toContain('sameRun');
    const figures = (pair?.runs ?? []).flatMap((run) => run.figures);
    for (const { difference } of figures) expect(difference.value).toBe(0);
    expect(figures.find(({ figure }) => figure === 'throughput')).toMatchObject({ outcome: 'identical' });
  });

  it('alone is nothing to compare, but can be shown', async () => {
    const comparison = compareReadSessions([await readComparable(fixture)]);
    expect(comparison.pairs).toEqual([]);
    expect(comparison.sessions[0]?.runs.length).toBeGreaterThan(0);
  });

  it('is written as CSV with full precision, a row for each figure', async () => {
    const session = await readComparable(fixture);
    const comparison = compareReadSessions([session, session]);
    const rows = parse<Record<string, string>>(comparisonCsv(comparison), { columns: true });
    const throughput = rows.find((row) => row['figure'] === 'throughput');
    const value = comparison.pairs[0]?.runs.flatMap((run) => run.figures)[0]?.baseline.value;
    expect(Number(throughput?.['baseline_value'])).toBe(value);
    expect(throughput).toMatchObject({ ratio: '1', test: 'student', second_test: 'mannWhitney', obstacles: 'sameRun' });
  });

  it('that cannot be compared has a row with its reasons, and no cell is a formula', async () => {
    const { session, view } = await readComparable(fixture);
    const other = {
      view: { ...view, sessionId: '=cmd' },
      session: {
        sessionId: '=cmd',
        runs: session.runs.map((run) => ({
          ...run,
          conditions: { ...run.conditions, sessionId: '=cmd', ruleVersion: '0' },
        })),
      },
    };
    const rows = parse<Record<string, string>>(comparisonCsv(compareReadSessions([{ session, view }, other])), {
      columns: true,
    });
    expect(rows.length).toBe(session.runs.length);
    for (const row of rows) {
      expect(row['candidate']).toBe("'=cmd");
      expect(row['obstacles']).toBe('otherRules');
      expect(row['ratio']).toBe('');
    }
  });
});
