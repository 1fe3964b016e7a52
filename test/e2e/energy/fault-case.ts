import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exitCodeOf } from '../../../src/main/cli/exit-code.ts';
import type { MeasureResult } from '../../../src/main/runner/measure-session.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { kept, keptTrace, openLab, resume, start } from './bench.ts';
import type { BenchOptions, EnergyLab, Kept, KeptTrace, RunOptions } from './bench.ts';
import { faultTable } from './table.ts';

/** Falling edges of a flawless run, in s of virtual time: the boot's, two of the calibration, the single mark, two of each window. */
export type Edges = readonly number[];
export interface Ended {
  result: MeasureResult;
  folder: string;
  journal: Kept;
  lab: EnergyLab;
}

export interface Case extends RunOptions {
  fault: string;
  /** What is done differently from the row's first outcome. */
  variant?: string;
  /** Which of the outcomes that the row names, in its order. */
  outcome?: number;
  bench?: BenchOptions | ((edges: Edges) => BenchOptions);
  /** Windows whose outcome must be in the journal when a fault ends the run. */
  windows?: number[];
  /** When a fault ends the run, in s after the start edge of the second window: the trace must reach so far. */
  faultAfterS?: number;
  /** What else the row says. */
  check?: (ended: Ended, trace: KeptTrace | undefined) => void | Promise<void>;
  /** Only what was kept is looked at. */
  notResumed?: true;
  /** Which of the session's runs the outcome is about. */
  run?: number;
}

/** Made in tests of their own. */
export const elsewhere = ['disk full', 'process killed'];
export const rows = faultTable();
export const rowOf = (fault: string): (typeof rows)[number] => {
  const row = rows.find((candidate) => candidate.fault === fault);
  if (!row) throw new Error(`no row ${fault}`);
  return row;
};

/** What a run without certificates is told anyway. */
const always = ['NRG-16'];

/** Failed rules that weigh, apart from what every run is told, and the verdict they make. */
export function weigh(findings: readonly Finding[]): { verdict: string; failed: (severity: string) => string[] } {
  const weighty = findings.filter(
    ({ outcome, severity, rule }) => outcome === 'failed' && severity !== 'I' && !always.includes(rule),
  );
  const failed = (severity: string): string[] =>
    weighty.filter((finding) => finding.severity === severity).map((finding) => finding.rule);
  return {
    verdict: failed('E').length > 0 ? 'invalid' : failed('W').length > 0 ? 'remarks' : 'valid',
    failed,
  };
}

export function expectOutcome(stated: string, { result }: Ended, runIndex: number): void {
  const [verdict = '', rules] = stated.split(': ');
  if (verdict.includes('.')) {
    expect([result.status, result.fault?.code, result.fault?.facts]).toEqual(['failed', verdict, expect.anything()]);
    expect(exitCodeOf(result.fault)).toBe(verdict.startsWith('trace.') ? 2 : 3);
    return;
  }
  expect([result.status, result.fault]).toEqual(['completed', undefined]);
  const judgement = result.record.runs[runIndex]?.judged?.judgement;
  const weighed = weigh(judgement?.findings ?? []);
  const severity = verdict === 'invalid' ? 'E' : 'W';
  expect([weighed.verdict, weighed.failed(severity)]).toEqual([
    verdict,
    rules === undefined ? [] : expect.arrayContaining(rules.split(', ')),
  ]);
  expect(judgement?.verdict).toBe(verdict === 'valid' ? 'remarks' : verdict);
  const { energy } = result.record.runs[runIndex]?.judged?.figures ?? {};
  if (!energy) return;
  // What makes the samples worthless leaves no uncertainty either, and nothing else does.
  const worthless = weighed
    .failed('E')
    .filter((rule) => ['NRG-03', 'NRG-07', 'NRG-08', 'NRG-11', 'NRG-15'].includes(rule));
  expect([energy.budget.status, energy.budget.reasons]).toEqual(
    worthless.length > 0 ? ['invalid', expect.anything()] : [expect.stringMatching(/ok|remark/), []],
  );
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Everything that was measured before a fault is there, and the run can be made anew. */
async function expectKept(row: (typeof rows)[number], made: Case, ended: Ended): Promise<KeptTrace | undefined> {
  const { journal, folder, lab, result } = ended;
  expect(journal.droppedBytes).toBe(0);
  expect(lab.bench.monitor?.supplyOn).toBe(false);
  const run = made.modes ? 'r2' : 'r1';
  const failed = result.status === 'failed';
  const hasTrace = await exists(join(folder, 'runs', `${run}-demo01-energy`, 'trace.jbt'));
  expect(hasTrace).toBe(row.kept !== 'nothing was measured');
  const trace = hasTrace ? await keptTrace(folder, 'trace.jbt', run) : undefined;
  if (trace) expect([trace.problems, trace.droppedBytes, trace.closed]).toEqual([0, 0, true]);
  if (failed) expect(journal.windows).toEqual(made.windows);
  if (trace && made.faultAfterS !== undefined) {
    // The single mark, two edges of the first window, then the one of which the fault is told.
    const edges = trace.events.flatMap((event) => (event.kind === 'edge' ? [event.sampleIndex] : []));
    const reachedS = ((trace.samples - (edges[3] ?? Number.NaN)) * trace.durationS) / trace.samples;
    expect(reachedS).toBeGreaterThan(made.faultAfterS - 0.1);
  }
  if (row.kept.includes('resumable') && made.notResumed !== true) {
    lab.use({});
    const again = await resume(lab, folder);
    const second = await again.operation.done;
    expect([second.status, second.fault]).toEqual(['completed', undefined]);
    expect(weigh(second.record.runs[0]?.judged?.judgement.findings ?? []).failed('E')).toEqual([]);
    expect((await keptTrace(folder, 'trace-2.jbt')).samples).toBeGreaterThan(55_000);
    expect((await keptTrace(folder)).samples).toBe(trace?.samples);
    expect(second.record.runs[0]?.trace?.file).toMatch(/trace-2\.jbt$/);
  }
  return trace;
}

/** Makes a case and compares what came of it with its row of the table. */
export async function expectAsTold(made: Case, edges: Edges): Promise<void> {
  const row = rowOf(made.fault);
  const lab = await openLab();
  const { bench = {} } = made;
  lab.use(typeof bench === 'function' ? bench(edges) : bench);
  const { operation } = await start(lab, made);
  const result = await operation.done;
  const energyRun = made.modes ? 1 : 0;
  const ended: Ended = { result, folder: operation.folder, journal: await kept(operation.folder, energyRun), lab };
  expectOutcome(row.outcomes[made.outcome ?? 0] ?? '', ended, made.run ?? energyRun);
  const trace = await expectKept(row, made, ended);
  await made.check?.(ended, trace);
}

export const isPpk2 = (made: Case): boolean => made.energy?.monitor === 'ppk2';
/** In a file of their own, so that none takes long. */
export const isLost = (made: Case): boolean => made.fault.endsWith(' lost');
