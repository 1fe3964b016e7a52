import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { conductRun, createPauseGate, resumeRun } from '../../../src/main/runner/index.ts';
import { WindowWatch } from '../../../src/main/runner/window-doubts.ts';
import { foldSession, judgeRecord, runFigures } from '../../../src/main/session/index.ts';
import type { RunRecord, SessionRecord } from '../../../src/main/session/index.ts';
import { readJournal } from '../../../src/main/store/index.ts';
import type { MeasureStep, Outcome } from '../../../src/shared/domain/journal.ts';
import { fakePort } from '../../support/fake-port.ts';
import type { FakePortOptions } from '../../support/fake-port.ts';
import { openingRecord, plannedRun } from '../../support/made-up-run.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { memoryJournal } from '../../support/memory-journal.ts';

const run = plannedRun('performance', 10);

interface Again {
  /** Asks for these windows once so many windows are measured. */
  after: number;
  windows: number[];
}

async function make(options: FakePortOptions & { from?: Uint8Array; again?: Again; stopAfter?: number } = {}) {
  const clock = new ManualClock();
  const port = fakePort(
    Object.assign(clock, { advance: (s: number) => void clock.setTimer(s, () => undefined) }) as never,
    options,
  );
  const { file, writer, content } = memoryJournal(clock, options.from);
  const abort = new AbortController();
  const retries: number[] = [];
  let windows = 0;
  const conductor = {
    journal: writer,
    clock,
    port,
    simulated: true,
    signal: abort.signal,
    gate: createPauseGate(),
    retries: () => retries,
    onOutcome: (_runId: string, step: { kind: string; purpose?: string }) => {
      if (step.kind !== 'measure' || step.purpose !== 'window') return;
      windows += 1;
      if (windows === options.again?.after) retries.push(...options.again.windows);
      if (windows === options.stopAfter) abort.abort(new Error('stop'));
    },
  };
  const session = foldSession(content.entries);
  if (!session) await writer.append(openingRecord);
  const record = session?.runs[0];
  const result = record ? await resumeRun(record, run, conductor) : await conductRun('r1', run, conductor);
  return { bytes: file.bytes, status: result.status, left: retries };
}

function recordOf(bytes: Uint8Array): { session: SessionRecord; run: RunRecord } {
  const session = foldSession(readJournal(bytes).entries);
  const [first] = session?.runs ?? [];
  if (!session || !first) throw new Error('no run');
  return { session, run: first };
}
const windowSteps = (record: RunRecord): (readonly [number | undefined, true | undefined])[] =>
  record.steps.flatMap(({ step }) =>
    step.kind === 'measure' && step.purpose === 'window' ? [[step.window, step.retry] as const] : [],
  );

describe('a window that is measured once more', () => {
  it('takes the place of the one before; the journal keeps both', async () => {
    const { bytes, status } = await make({ again: { after: 3, windows: [2] } });
    expect(status).toBe('completed');
    const { run: record } = recordOf(bytes);
    expect(windowSteps(record)).toEqual([
      [1, undefined],
      [2, undefined],
      [3, undefined],
      [2, true],
      [4, undefined],
      [5, undefined],
    ]);
    const { windows } = runFigures(record);
    expect(windows?.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  it('may be the first or the last one', async () => {
    const { bytes } = await make({ again: { after: 5, windows: [1, 5] } });
    const { run: record } = recordOf(bytes);
    expect(windowSteps(record).slice(5)).toEqual([
      [1, true],
      [5, true],
    ]);
    expect(runFigures(record).windows).toHaveLength(5);
  });

  it('is counted in the evidence of the rules, and only then', async () => {
    const of = async (again?: Again) => {
      const { bytes } = await make(again ? { again } : {});
      const { session, run: record } = recordOf(bytes);
      return judgeRecord(session, record).findings.find(({ rule }) => rule === 'RUN-09');
    };
    expect(await of()).toMatchObject({ outcome: 'passed', message: 'passed', facts: {}, evidence: [] });
    const finding = await of({ after: 4, windows: [2, 3] });
    expect(finding).toMatchObject({ outcome: 'passed', message: 'retried', facts: { count: 2 } });
    expect(finding?.evidence).toHaveLength(2);
  });

  it('that fails leaves the run and the window before it as they were', async () => {
    let infers = 0;
    const failInfer = (): Fault | undefined => {
      infers += 1;
      // Calibration, three windows, then the one that was asked for.
      return infers === failsAt ? new Fault('dut.silent', { port: 'fake', command: 'infer', waitedS: 5 }) : undefined;
    };
    const whole = recordOf((await make()).bytes).run;
    const before = whole.steps.filter(({ step }) => step.kind === 'measure' && step.purpose === 'calibration').length;
    const failsAt = before + 4;
    const { bytes, status, left } = await make({ failInfer, again: { after: 3, windows: [2] } });
    expect(status).toBe('completed');
    expect(left).toEqual([]);
    expect(runFigures(recordOf(bytes).run).windows?.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is kept when the run is taken up again after it', async () => {
    const stopped = await make({ again: { after: 3, windows: [1] }, stopAfter: 4 });
    expect(stopped.status).toBe('cancelled');
    const resumed = await make({ from: stopped.bytes });
    expect(resumed.status).toBe('completed');
    const { run: record } = recordOf(resumed.bytes);
    expect(windowSteps(record)).toEqual([
      [1, undefined],
      [2, undefined],
      [3, undefined],
      [1, true],
      [4, undefined],
      [5, undefined],
    ]);
    expect(runFigures(record).windows).toHaveLength(5);
  });
});

describe('a doubtful window', () => {
  const window = (number: number, throughputInfPerS = 10, seconds = 10.3) => ({
    number,
    inputIndex: number - 1,
    inferences: 100,
    seconds,
    hostSeconds: seconds,
    throughputInfPerS,
  });
  const five = [1, 2, 3, 4, 5].map((number) => window(number));
  const measured = (edges: number | undefined): Outcome =>
    ({
      kind: 'measured',
      ...(edges === undefined ? {} : { marks: { before: 0, edges: Array.from({ length: edges }, (_, k) => k) } }),
    }) as unknown as Outcome;
  const step = (number: number): MeasureStep => ({ kind: 'measure', window: number }) as MeasureStep;
  const doubts = (windows: typeof five, watch = new WindowWatch()) =>
    watch.doubts({ windows, inputsTotal: 5 }, 10).map(({ window: number, why }) => `${number} ${why}`);

  it('is none among equal ones', () => {
    expect(doubts(five)).toEqual([]);
  });

  it('is too short, or far from the others', () => {
    expect(doubts(five.with(2, window(3, 10, 9.9)))).toEqual(['3 tooShort']);
    expect(doubts(five.with(4, window(5, 10.2)))).toEqual(['5 noisy']);
    expect(doubts(five.with(4, window(5, 10.05)))).toEqual([]);
  });

  it('has not its two time marks, or lacks samples, until it was measured once more', () => {
    const watch = new WindowWatch();
    watch.begun(10);
    watch.done(step(1), measured(3), 10);
    watch.begun(10);
    watch.done(step(2), measured(2), 25);
    expect(doubts(five, watch)).toEqual(['1 marks', '2 gap']);
    for (const number of [1, 2]) {
      watch.begun(25);
      watch.done(step(number), measured(2), 25);
    }
    expect(doubts(five, watch)).toEqual([]);
  });
});
