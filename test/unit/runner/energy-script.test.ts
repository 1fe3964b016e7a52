import { describe, expect, it } from 'vitest';
import type { Outcome, Step } from '../../../src/shared/domain/journal.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { RunSettings } from '../../../src/shared/domain/run.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { energyScript } from '../../../src/main/runner/energy-script.ts';
import { testIdentity } from '../../support/fake-port.ts';

const rate = 1000;

function measured(step: Extract<Step, { kind: 'measure' }>, seconds: number, edges = 2, at = 5000): Outcome {
  return {
    kind: 'measured',
    load: { bytes: 8, chunkBytes: 26, commands: 2, attempts: 1, verified: 'off', startS: 0, endS: 1 },
    infer: {
      iterations: step.iterations,
      warmups: step.warmups,
      lapStartUs: null,
      lapEndUs: null,
      stampCount: 0,
      dutElapsedS: null,
      hostStartS: null,
      hostEndS: null,
      results: [1, 2],
      lines: [],
      noiseLines: 0,
      warnings: [],
    },
    marks: {
      before: 0,
      edges: [at, at + seconds * rate, at + seconds * rate + 9].slice(0, edges),
      sampleRateHz: rate,
    },
  };
}

/** A DUT whose inference takes `inferenceS`; `answer` may replace what comes of a step. */
function play(
  settings: Partial<RunSettings>,
  options: { inferenceS?: number; answer?: (step: Step, n: number) => Outcome | undefined; inputs?: number } = {},
): { steps: Step[]; status: string } {
  const { inferenceS = 0.02, answer, inputs = 5 } = options;
  const script = energyScript(
    Array.from({ length: inputs }, (_, k) => k),
    runSettingsSchema.parse(settings),
  );
  const steps: Step[] = [];
  let state = script.start();
  for (let n = 0; n < 200; n += 1) {
    const action = script.next(state);
    if (action.kind === 'end') return { steps, status: action.status };
    const { step } = action;
    steps.push(step);
    state = script.apply(state, step, answer?.(step, n) ?? usual(step, inferenceS));
  }
  throw new Error('the script does not end');
}

function usual(step: Step, inferenceS: number): Outcome {
  switch (step.kind) {
    case 'identify':
      return { kind: 'identified', dut: testIdentity };
    case 'timestamp':
      return { kind: 'stamped', lapUs: null, marks: { before: 0, edges: [1200], sampleRateHz: rate } };
    case 'supply':
      return { kind: 'supplied', voltageV: 3 };
    case 'record':
      return { kind: 'recording', traceFile: step.on ? 'runs/r1/trace.jbt' : null };
    case 'rest':
      return step.state === 'sleep'
        ? { kind: 'notSupported', reply: 'e-[Unknown command: sleep]' }
        : { kind: 'rested', startSample: 1, endSample: 5001 };
    case 'measure':
      return measured(step, step.iterations * inferenceS);
  }
}

const kinds = (steps: readonly Step[]): string[] =>
  steps.map((step) =>
    step.kind === 'measure'
      ? `${step.purpose}${step.window ?? ''}`
      : 'on' in step
        ? `${step.kind}-${step.on ? 'on' : 'off'}`
        : step.kind === 'rest'
          ? `rest-${step.state}`
          : step.kind,
  );

describe('energy script', () => {
  it('supplies, identifies, calibrates, records five windows and two rests, and switches off', () => {
    const { steps, status } = play({});
    expect(status).toBe('completed');
    const order = kinds(steps).filter((kind, k, all) => kind !== all[k - 1]);
    expect(order).toEqual([
      'supply-on',
      'identify',
      'calibration',
      'record-on',
      'timestamp',
      'window1',
      'window2',
      'window3',
      'window4',
      'window5',
      'rest-idle',
      'rest-sleep',
      'record-off',
      'supply-off',
    ]);
  });

  it('plans windows of 10.4 s by the time marks', () => {
    const { steps } = play({}, { inferenceS: 0.0371 });
    const windows = steps.filter((step) => step.kind === 'measure' && step.purpose === 'window');
    expect(windows.map((step) => (step.kind === 'measure' ? step.iterations : 0))).toEqual(
      new Array(5).fill(Math.ceil(10.4 / 0.0371)),
    );
  });

  it('measures all windows again with more inferences when one came out too short', () => {
    let short = true;
    const { steps, status } = play(
      {},
      {
        answer: (step) => {
          if (step.kind !== 'measure' || step.window !== 3 || !short) return undefined;
          short = false;
          return measured(step, 9.5);
        },
      },
    );
    expect(status).toBe('completed');
    const windows = steps.flatMap((step) =>
      step.kind === 'measure' && step.purpose === 'window' ? [[step.window, step.iterations]] : [],
    );
    expect(windows.map(([number]) => number)).toEqual([1, 2, 3, 1, 2, 3, 4, 5]);
    expect(windows[3]?.[1]).toBeGreaterThan(windows[0]?.[1] ?? 0);
  });

  it('goes on after a window with a missing or an extra edge: the rules judge it', () => {
    for (const edges of [1, 3]) {
      const { steps, status } = play(
        {},
        {
          answer: (step) =>
            step.kind === 'measure' && step.window === 2 ? measured(step, step.iterations * 0.02, edges) : undefined,
        },
      );
      expect(status).toBe('completed');
      expect(steps.filter((step) => step.kind === 'measure' && step.purpose === 'window')).toHaveLength(5);
    }
  });

  it('gives up after three attempts and at once when no retry can mend it', () => {
    const fail =
      (retryable: boolean) =>
      (step: Step): Outcome | undefined =>
        step.kind === 'measure' && step.window === 2
          ? {
              kind: 'failed',
              retryable,
              fault: new Fault('emon.streamLost', { instrument: 'm', reason: 'x' }).toRecord(),
            }
          : undefined;
    const windows = (retryable: boolean): number =>
      play({}, { answer: fail(retryable) }).steps.filter((step) => step.kind === 'measure' && step.window === 2).length;
    expect([windows(true), windows(false)]).toEqual([3, 1]);
    expect(play({}, { answer: fail(false) }).status).toBe('failed');
  });

  it('leaves the rests out when they are not wanted, and takes given iterations as they are', () => {
    const { steps } = play({ restS: 0, iterations: 12 });
    expect(kinds(steps)).not.toContain('rest-idle');
    expect(steps.filter((step) => step.kind === 'measure').map((step) => step.iterations)).toEqual([
      1, 12, 12, 12, 12, 12,
    ]);
  });
});
