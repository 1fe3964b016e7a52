import { describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { conductRun, createPauseGate, resumeRun } from '../../../src/main/runner/index.ts';
import type { PlannedRun } from '../../../src/main/runner/index.ts';
import { foldSession, runFigures } from '../../../src/main/session/index.ts';
import { readJournal } from '../../../src/main/store/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { fakePort } from '../../support/fake-port.ts';
import type { FakePortOptions } from '../../support/fake-port.ts';
import { openingRecord, plannedRun } from '../../support/made-up-run.ts';
import { memoryJournal } from '../../support/memory-journal.ts';

interface Made {
  bytes: Uint8Array;
  status: string;
  infers: number;
}

/** Makes a run, or takes it up from journal bytes. */
async function make(
  run: PlannedRun,
  options: FakePortOptions & { from?: Uint8Array; stopAfter?: number; simulated?: boolean } = {},
): Promise<Made> {
  const clock = new ManualClock();
  const port = fakePort(
    Object.assign(clock, { advance: (s: number) => void clock.setTimer(s, () => undefined) }) as never,
    options,
  );
  const { file, writer, content } = memoryJournal(clock, options.from);
  const abort = new AbortController();
  let outcomes = 0;
  const conductor = {
    journal: writer,
    clock,
    port,
    simulated: options.simulated ?? true,
    signal: abort.signal,
    gate: createPauseGate(),
    onOutcome: () => {
      outcomes += 1;
      if (outcomes === options.stopAfter) abort.abort(new Error('stop'));
    },
  };
  const session = foldSession(content.entries);
  if (!session) await writer.append(openingRecord);
  const record = session?.runs[0];
  const result = record ? await resumeRun(record, run, conductor) : await conductRun('r1', run, conductor);
  return { bytes: file.bytes, status: result.status, infers: port.infers };
}

function figuresOf(bytes: Uint8Array): ReturnType<typeof runFigures> {
  const run = foldSession(readJournal(bytes).entries)?.runs[0];
  if (!run) throw new Error('no run');
  return runFigures(run);
}

describe('accuracy run', () => {
  const run = plannedRun('accuracy', 40);

  it('measures every input once, in order, with one inference and no warm-up', async () => {
    const { bytes, status } = await make(run);
    expect(status).toBe('completed');
    const steps = foldSession(readJournal(bytes).entries)?.runs[0]?.steps.filter(({ step }) => step.kind === 'measure');
    expect(
      steps?.map(({ step }) => (step.kind === 'measure' ? [step.inputIndex, step.iterations, step.warmups] : [])),
    ).toEqual(Array.from({ length: 40 }, (_, k) => [k, 1, 0]));
    expect(figuresOf(bytes)).toMatchObject({ inputs: 40 });
  });

  it('is taken up after an end at any record with the figures of the undisturbed run', async () => {
    const whole = await make(run);
    const figures = figuresOf(whole.bytes);
    const lines = new TextDecoder().decode(whole.bytes).split('\n').slice(0, -1);
    for (let k = 2; k < lines.length; k += 1) {
      const from = new TextEncoder().encode(`${lines.slice(0, k).join('\n')}\n`);
      const resumed = await make(run, { from });
      expect(resumed.status).toBe('completed');
      expect(figuresOf(resumed.bytes), `cut after record ${k}`).toEqual(figures);
    }
  });

  it('is taken up after a cut at any byte of a small journal', async () => {
    const small = plannedRun('accuracy', 3);
    const whole = await make(small);
    const figures = figuresOf(whole.bytes);
    const opened = whole.bytes.indexOf(0x0a, whole.bytes.indexOf(0x0a) + 1) + 1;
    for (let length = opened; length <= whole.bytes.length; length += 1) {
      const resumed = await make(small, { from: whole.bytes.slice(0, length) });
      expect(figuresOf(resumed.bytes), `cut at byte ${length}`).toEqual(figures);
    }
  });

  it('measures no input twice when it is taken up', async () => {
    const stopped = await make(run, { stopAfter: 11 });
    expect(stopped.status).toBe('cancelled');
    const resumed = await make(run, { from: stopped.bytes });
    expect(stopped.infers + resumed.infers).toBe(40);
  });

  it('refuses to go on with other inputs or another model', async () => {
    const stopped = await make(run, { stopAfter: 5 });
    const other = plannedRun('accuracy', 40);
    other.inputs = { ...other.inputs, identity: { ...other.inputs.identity, contentSha256: 'c'.repeat(64) } };
    await expect(make(other, { from: stopped.bytes })).rejects.toMatchObject({ code: 'runner.differentInputs' });
    const model = { name: 'm', sha256: 'd'.repeat(64), planSha256: 'e'.repeat(64), bytes: 1 };
    await expect(make({ ...run, artefacts: { model } }, { from: stopped.bytes })).rejects.toMatchObject({
      code: 'runner.differentModel',
    });
  });

  it('tries an input again after a hiccup, after asking the DUT who it is', async () => {
    const failInfer = (n: number): Fault | undefined =>
      n === 7 || n === 8 ? new Fault('dut.silent', { port: 'fake', command: 'infer 1 0', waitedS: 5 }) : undefined;
    const { bytes, status, infers } = await make(run, { failInfer });
    expect(status).toBe('completed');
    expect(infers).toBe(42);
    const steps = foldSession(readJournal(bytes).entries)?.runs[0]?.steps.map(({ step }) => step.kind);
    expect(steps?.filter((kind) => kind === 'identify')).toHaveLength(3);
    expect(figuresOf(bytes)).toEqual(figuresOf((await make(run)).bytes));
  });

  it('gives up after three failures and can be taken up when the cause is mended', async () => {
    const failInfer = (n: number): Fault | undefined =>
      n > 10 ? new Fault('dut.silent', { port: 'fake', command: 'infer 1 0', waitedS: 5 }) : undefined;
    const broken = await make(run, { failInfer });
    expect(broken.status).toBe('failed');
    expect(broken.infers).toBe(13);
    const resumed = await make(run, { from: broken.bytes });
    expect(resumed.status).toBe('completed');
    expect(resumed.infers).toBe(30);
  });

  it('refuses a simulated DUT on a bench that would not mark it', async () => {
    const refused = await make(run, { vendor: 'joulebench-virtual', simulated: false });
    expect([refused.status, refused.infers]).toEqual(['failed', 0]);
    expect((await make(run, { vendor: 'joulebench-virtual' })).status).toBe('completed');
    expect((await make(run, { vendor: 'acme', simulated: false })).status).toBe('completed');
  });

  it('ends at once on a fault that no retry can mend', async () => {
    const failInfer = (): Fault => new Fault('transport.unplugged', { port: 'fake' });
    const { status, infers } = await make(run, { failInfer });
    expect([status, infers]).toEqual(['failed', 1]);
  });
});

describe('performance run', () => {
  it('finds the iterations itself and measures five windows of at least 10 s on the first five inputs', async () => {
    const { bytes, status } = await make(plannedRun('performance', 8), { inferenceS: 0.037 });
    expect(status).toBe('completed');
    const figures = figuresOf(bytes);
    expect(figures.windows?.map((window) => [window.number, window.inputIndex])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, n - 1]),
    );
    for (const window of figures.windows ?? []) {
      expect(window.seconds).toBeGreaterThanOrEqual(10);
      expect(window.seconds).toBeLessThan(11);
      expect(window.inferences).toBe(figures.windows?.[0]?.inferences);
    }
    expect(figures.medianThroughputInfPerS).toBeCloseTo(1 / 0.037, 6);
  });

  it.each([0.000_02, 0.002, 3.4])('copes with an inference of %d s', async (inferenceS) => {
    const { bytes, status } = await make(plannedRun('performance', 5), { inferenceS });
    expect(status).toBe('completed');
    for (const window of figuresOf(bytes).windows ?? []) {
      expect(window.seconds).toBeGreaterThanOrEqual(10);
      expect(window.inferences).toBeGreaterThanOrEqual(10);
    }
  });

  it('is taken up at the next window with the same iterations', async () => {
    const run = plannedRun('performance', 5);
    const whole = await make(run);
    const lines = new TextDecoder().decode(whole.bytes).split('\n').slice(0, -1);
    for (let k = 2; k < lines.length; k += 1) {
      const resumed = await make(run, { from: new TextEncoder().encode(`${lines.slice(0, k).join('\n')}\n`) });
      expect(resumed.status).toBe('completed');
      const figures = figuresOf(resumed.bytes);
      expect(figures.windows).toHaveLength(5);
      expect(figures.medianThroughputInfPerS).toBeCloseTo(50, 6);
    }
  });

  it('takes the iterations of the settings as they are', async () => {
    const { bytes } = await make(plannedRun('performance', 5, { iterations: 12 }));
    expect(figuresOf(bytes).windows?.map((window) => window.inferences)).toEqual([12, 12, 12, 12, 12]);
  });
});

describe('pause', () => {
  it('stops between two steps, holds the clock there and goes on', async () => {
    let held = 0;
    const gate = createPauseGate(() => {
      held += 1;
      return () => (held -= 1);
    });
    gate.pause();
    expect(held).toBe(0);
    const passed = gate.pass(new AbortController().signal);
    expect(held).toBe(1);
    gate.resume();
    await passed;
    expect(held).toBe(0);
    await gate.pass(new AbortController().signal);
  });

  it('lets a cancelled run out', async () => {
    const gate = createPauseGate();
    gate.pause();
    const abort = new AbortController();
    const passed = gate.pass(abort.signal);
    abort.abort(new Error('stop'));
    await expect(passed).rejects.toThrow('stop');
  });
});
