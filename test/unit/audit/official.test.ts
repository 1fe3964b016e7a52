import { describe, expect, it } from 'vitest';
import { auditReport, auditTree } from '../../../src/main/audit/index.ts';
import type { AuditedRun } from '../../../src/shared/domain/audit.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import { memorySource } from '../../support/audit/memory-source.ts';

const made = madePerformanceRun();
const own = { 'log.txt': made.log, 'results.txt': made.results, 'script.async': made.script };

/** What the official checker makes of a run of round v1.3, and how severe the worst finding of the rules is. */
async function judged(
  files: Record<string, string>,
  { place = 'kws/performance', system = '{"Status": "Available"}', division = 'closed' } = {},
): Promise<{ accepted: boolean | null; said: string; rules: string[]; verdict: AuditedRun['verdict'] }> {
  const base = `v1.3/${division}/Org`;
  const placed = Object.entries(files).map(([name, text]) => [`${base}/results/Board/${place}/${name}`, text] as const);
  const source = memorySource({ ...Object.fromEntries(placed), [`${base}/systems/Board.json`]: system });
  const { runs } = auditReport(await auditTree(source, { scope: 'runs' }), createText(), 'test');
  const run = runs[0] as AuditedRun;
  return {
    accepted: run.official.accepted,
    said: run.official.messages.join(' '),
    rules: run.findings.filter(({ severity }) => severity === 'E').map(({ rule }) => rule),
    verdict: run.verdict,
  };
}

const accuracy = (line: string) => ({ ...own, 'results.txt': `00001.000 ulp-mlperf: ${line}\n` });

describe('what the official checker would say beside what the rules say', () => {
  it('is the same of a good run', async () => {
    expect(await judged(own)).toEqual({ accepted: true, said: '', rules: [], verdict: 'valid' });
  });

  it('is yes where the rules say no: it looks at no window and at no file but one', async () => {
    const short = madePerformanceRun({ windowsUs: [1_080_000, 1_080_000, 1_080_000, 1_080_000, 1_080_000] });
    expect(await judged({ ...own, 'log.txt': short.log, 'results.txt': short.results })).toMatchObject({
      accepted: true,
      rules: expect.arrayContaining(['PERF-03']) as unknown,
      verdict: 'invalid',
    });
    expect(await judged({ 'results.txt': made.results })).toMatchObject({
      accepted: true,
      said: expect.stringContaining('a message only') as unknown,
    });
  });

  it.each([
    [
      'a number with an exponent',
      { ...own, 'results.txt': made.results.replace(/is [\d.]+ inf/, 'is 9.8e+01 inf') },
      'no figure',
    ],
    ['no blank before the median', { ...own, 'results.txt': 'Median throughput is 98.039 inf./sec.\n' }, 'no figure'],
    ['the name that the document gives', { 'log.txt': made.log, 'result.txt': made.results }, 'missing'],
  ])('is no for %s', async (_what, files, words) => {
    expect(await judged(files)).toMatchObject({ accepted: false, said: expect.stringContaining(words) as unknown });
  });

  it.each([
    ['kws/accuracy', 'Top-1: 89.9%', 'closed', false],
    ['kws/accuracy', 'Top 1% = 90.0', 'closed', true],
    ['kws/accuracy', 'Top-1: 50.0%', 'open', true],
    ['ad/accuracy', 'AUC: 0.85', 'closed', true],
    ['ad/accuracy', 'AUC = 0.849', 'closed', false],
    ['kws/energy', 'Median energy cost is 139.367 uJ/inf.', 'closed', true],
  ])('goes by the printed figure: %s "%s" %s', async (place, line, division, accepted) => {
    expect(await judged(accuracy(line), { place, division })).toMatchObject({ accepted });
  });

  it.each([
    ['keyword_spotting/performance', 'closed', false, 'keyword_spotting'],
    ['keyword_spotting/performance', 'open', null, 'ends in an error'],
    ['kws/perf', 'closed', null, 'not one that it looks at'],
    ['kws/my_model/performance', 'open', null, 'not one that it looks at'],
  ])('depends on the names of the folders: %s %s', async (place, division, accepted, words) => {
    expect(await judged(own, { place, division })).toMatchObject({
      accepted,
      said: expect.stringContaining(words) as unknown,
    });
  });

  it.each([
    ['{}', 'ends in an error'],
    ['{"Status": "planned"}', 'planned'],
    ['{"Status": "rdi", "system_type": "edge"}', 'system_type'],
    ['{"Status": "rdi",', 'no JSON'],
  ])('depends on the description: %s', async (system, words) => {
    expect(await judged(own, { system })).toMatchObject({
      accepted: false,
      said: expect.stringContaining(words) as unknown,
    });
  });
});

it('an error that the runner wrote into its results is found', async () => {
  for (const line of ['ERROR 1 - loop_count was not exactly 5.', 'Too few timestamps found for performance check'])
    expect((await judged({ ...own, 'results.txt': `${made.results}${line}\n` })).rules).toContain('RUN-09');
  const log = made.log.replace(/(m-infer-start-1000)/, '$1\n00150.000 sequencer: e-[Send/Ack timeout]');
  expect((await judged({ ...own, 'log.txt': log })).rules).toContain('RUN-09');
});
