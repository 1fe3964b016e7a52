import { describe, expect, it } from 'vitest';
import { currentStep, dutObstacle, stepAfter, stepsOf } from '../../../../../src/renderer/views/run/steps.ts';
import type { StepInput, StepState } from '../../../../../src/renderer/views/run/steps.ts';
import {
  accuracyRun,
  heldBench,
  inputsTotal,
  liveOperation,
  performanceRun,
  virtualBench,
} from '../../support/recorded.ts';

const base: StepInput = {
  bench: virtualBench(true),
  opening: false,
  live: undefined,
  modes: ['performance', 'accuracy'],
  before: [
    { id: 'flash', state: 'skipped' },
    { id: 'calibrate', state: 'skipped' },
  ],
};
const statesOf = (input: Partial<StepInput>): StepState[] => stepsOf({ ...base, ...input }).map((step) => step.state);

describe('the guided path before a run', () => {
  it('starts at the bench', () => {
    const steps = stepsOf({ ...base, bench: virtualBench(false) });
    expect(steps.map((step) => step.state)).toEqual([
      'ready',
      'skipped',
      'skipped',
      'todo',
      'todo',
      'skipped',
      'todo',
      'todo',
    ]);
    expect(currentStep(steps, undefined)).toBe('connect');
  });

  it('stops at a board that is still to be flashed, and goes on when it is', () => {
    const flash = (state: StepState): StepInput['before'] => [
      { id: 'flash', state },
      { id: 'calibrate', state: 'remarks' },
    ];
    expect(currentStep(stepsOf({ ...base, before: flash('ready') }), undefined)).toBe('flash');
    expect(currentStep(stepsOf({ ...base, before: flash('done') }), undefined)).toBe('performance');
    // A run under way is past them, whatever they say.
    const live = liveOperation(2);
    expect(currentStep(stepsOf({ ...base, live, before: flash('running') }), live)).toBe('performance');
  });

  it('leads past what is skipped', () => {
    const steps = stepsOf({ ...base, modes: ['accuracy'] });
    expect(stepAfter(steps, 'connect')).toBe('accuracy');
    expect(stepAfter(steps, 'report')).toBeUndefined();
  });

  it('shows that the bench is being opened', () => {
    expect(statesOf({ bench: virtualBench(false), opening: true })[0]).toBe('running');
  });

  it('goes on to the runs once the DUT is ready, leaving out what was not chosen', () => {
    const steps = stepsOf({ ...base, modes: ['accuracy'] });
    expect(steps.map((step) => step.state)).toEqual([
      'done',
      'skipped',
      'skipped',
      'skipped',
      'ready',
      'skipped',
      'todo',
      'todo',
    ]);
    expect(steps[3]?.reason).toBe('ui.run.notChosen');
    expect(currentStep(steps, undefined)).toBe('accuracy');
  });

  it('names what stands in the way of the DUT', () => {
    expect(dutObstacle(undefined)).toBe('ui.run.obstacle.closed');
    expect(dutObstacle(virtualBench(true, { instruments: [] }))).toBe('ui.run.obstacle.noDut');
    expect(dutObstacle(heldBench())).toBe('ui.run.obstacle.held');
    expect(stepsOf({ ...base, bench: heldBench() })[0]?.state).toBe('failed');
    for (const [state, obstacle] of [
      ['fault', 'ui.run.obstacle.fault'],
      ['busy', 'ui.run.obstacle.busy'],
      ['absent', 'ui.run.obstacle.noDut'],
      ['ready', undefined],
    ] as const) {
      const instruments = virtualBench(true).instruments.map((one) => ({ ...one, state }));
      expect(dutObstacle(virtualBench(true, { instruments })), state).toBe(obstacle);
    }
  });
});

describe('the guided path during and after a run', () => {
  it.each([
    [
      'nothing measured yet',
      liveOperation(0, { runs: [performanceRun(0, { phase: 'connecting' }), accuracyRun(0)] }),
      ['running', 'skipped', 'skipped', 'todo', 'todo', 'skipped', 'todo', 'todo'],
      'connect',
    ],
    [
      'in the third window',
      liveOperation(2),
      ['done', 'skipped', 'skipped', 'running', 'todo', 'skipped', 'todo', 'todo'],
      'performance',
    ],
    [
      'among the inputs',
      liveOperation(100),
      ['done', 'skipped', 'skipped', 'remarks', 'running', 'skipped', 'todo', 'todo'],
      'accuracy',
    ],
    [
      'all done',
      liveOperation(5 + inputsTotal),
      ['done', 'skipped', 'skipped', 'remarks', 'done', 'skipped', 'remarks', 'done'],
      'judge',
    ],
  ] as const)('%s', (_, live, states, current) => {
    const steps = stepsOf({ ...base, live });
    expect(steps.map((step) => step.state)).toEqual(states);
    expect(currentStep(steps, live)).toBe(current);
  });

  it('waits at the step that is paused', () => {
    const live = liveOperation(100);
    const paused = { ...live, operation: { ...live.operation, state: 'paused' as const } };
    const steps = stepsOf({ ...base, live: paused });
    expect(steps[4]?.state).toBe('paused');
    expect(currentStep(steps, paused)).toBe('accuracy');
  });

  it('shows where a fault ended it, and what was not reached', () => {
    const live = liveOperation(2);
    const failed = {
      ...live,
      operation: { ...live.operation, state: 'failed' as const },
      runs: [performanceRun(2, { status: 'failed' }), accuracyRun(0, { status: 'failed' })],
    };
    const steps = stepsOf({ ...base, live: failed });
    expect(steps.map((step) => step.state)).toEqual([
      'done',
      'skipped',
      'skipped',
      'failed',
      'skipped',
      'skipped',
      'todo',
      'todo',
    ]);
    expect(steps[4]?.reason).toBe('ui.run.notReached');
    expect(currentStep(steps, failed)).toBe('performance');
  });

  it('tells an invalid measurement from a finished one', () => {
    const live = liveOperation(5 + inputsTotal);
    const invalid = { ...live, runs: [performanceRun(5, { verdict: 'invalid' }), accuracyRun(inputsTotal)] };
    expect(stepsOf({ ...base, live: invalid }).map((step) => step.state)).toEqual([
      'done',
      'skipped',
      'skipped',
      'failed',
      'done',
      'skipped',
      'failed',
      'done',
    ]);
  });

  it('shows the verdict while the report is being written', () => {
    const live = liveOperation(5 + inputsTotal);
    const writing = { ...live, operation: { ...live.operation, state: 'running' as const } };
    delete (writing as { report?: string }).report;
    const steps = stepsOf({ ...base, live: writing });
    expect(steps[7]?.state).toBe('running');
    expect(currentStep(steps, writing)).toBe('judge');
  });
});
