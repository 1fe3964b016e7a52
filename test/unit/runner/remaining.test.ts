import { describe, expect, it } from 'vitest';
import type { MeasureStep, Outcome } from '../../../src/shared/domain/journal.ts';
import { RemainingTime } from '../../../src/main/runner/remaining.ts';
import type { TimedRun } from '../../../src/main/runner/remaining.ts';

const settings = { minWindowS: 10 };
const timed = (mode: TimedRun['mode']): TimedRun => ({ mode, settings, inputs: 200, inputBytes: 500 });
const step = (purpose: MeasureStep['purpose'], change: Partial<MeasureStep> = {}): MeasureStep => ({
  kind: 'measure',
  purpose,
  inputIndex: 0,
  iterations: 1,
  warmups: 0,
  attempt: 1,
  verify: false,
  deadlineS: 10,
  ...change,
});
const measured = (dutElapsedS: number, loadS = 0.1): Outcome =>
  ({ kind: 'measured', load: { startS: 0, endS: loadS }, infer: { dutElapsedS } }) as unknown as Outcome;

describe('the time that is left', () => {
  it('is planned before anything was measured, and runs down', () => {
    const left = new RemainingTime(new Map([['r1', timed('performance')]]));
    const planned = left.at(0);
    expect(planned).toBeGreaterThan(50);
    expect(planned).toBeLessThan(60);
    left.begun('r1', step('calibration'), 0);
    expect(left.at(5)).toBeCloseTo(planned - 5, 0);
  });

  it('goes by the windows that were measured', () => {
    const left = new RemainingTime(new Map([['r1', timed('performance')]]));
    let atS = 2;
    for (let window = 1; window <= 5; window += 1) {
      left.begun('r1', step('window', { window, iterations: 100 }), atS);
      atS += 20;
      left.done('r1', step('window', { window, iterations: 100 }), measured(20), atS);
      // The plan said 10 s a window: what is shown leans towards the truth and is there in the end.
      if (window >= 3) expect(Math.abs(left.at(atS) - (5 - window) * 20)).toBeLessThan(4);
      else left.at(atS);
    }
    expect(left.at(atS)).toBeLessThan(1);
  });

  it('knows from one run how long the inputs of another will take', () => {
    const runs = new Map([
      ['r1', timed('performance')],
      ['r2', timed('accuracy')],
    ]);
    const left = new RemainingTime(runs);
    left.done('r1', step('calibration', { iterations: 10 }), measured(5, 0.3), 1);
    left.ended('r1');
    // 200 inputs of 0.3 s to load and 0.5 s to infer.
    expect(left.at(1)).toBeGreaterThan(160);
    expect(left.at(1)).toBeLessThan(170);
  });

  it('never jumps', () => {
    const left = new RemainingTime(new Map([['r1', timed('accuracy')]]));
    let before = left.at(0);
    let atS = 0;
    for (let input = 0; input < 200; input += 1) {
      left.begun('r1', step('input', { inputIndex: input }), atS);
      // Inputs of very different length.
      atS += input % 7 === 0 ? 3 : 0.2;
      left.done('r1', step('input', { inputIndex: input }), measured(0.1), atS);
      const now = left.at(atS);
      expect(Math.abs(now - before)).toBeLessThan(60);
      before = now;
    }
    expect(before).toBeLessThan(10);
  });

  it('counts a window measured again as no progress', () => {
    const left = new RemainingTime(new Map([['r1', timed('performance')]]));
    for (const window of [1, 2]) {
      left.begun('r1', step('window', { window }), window * 10);
      left.done('r1', step('window', { window }), measured(10), window * 10 + 10);
    }
    left.begun('r1', step('window', { window: 1, retry: true }), 30);
    left.done('r1', step('window', { window: 1, retry: true }), measured(10), 40);
    expect(left.at(40)).toBeGreaterThan(25);
  });
});
