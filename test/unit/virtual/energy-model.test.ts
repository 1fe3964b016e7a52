import { describe, expect, it } from 'vitest';
import { CurrentTimeline } from '../../../src/main/virtual/energy/timeline.ts';
import { defaultCurrents, DutCurrent, type CurrentModel } from '../../../src/main/virtual/energy/model.ts';
import { noErrors, readingA } from '../../../src/main/virtual/energy/errors.ts';
import { activityKind } from '../../../src/main/virtual/index.ts';

describe('the timeline of a current', () => {
  const made = (): CurrentTimeline => {
    const timeline = new CurrentTimeline();
    timeline.set(1000, 1, 3);
    timeline.set(2000, 2, 3);
    timeline.set(2500, 2, 2);
    timeline.set(4000, 0, 0);
    return timeline;
  };

  it('gives charge and energy of any stretch, by hand', () => {
    const timeline = made();
    const all = timeline.between(0, 5000);
    expect(all.chargeC).toBeCloseTo(5000 / 1e9, 18);
    expect(all.energyJ).toBeCloseTo((3000 + 3000 + 6000) / 1e9, 18);
    expect(timeline.between(1500, 2250).energyJ).toBeCloseTo((500 * 3 + 250 * 6) / 1e9, 18);
    expect(timeline.between(100, 900)).toEqual({ chargeC: 0, energyJ: 0 });
    expect(timeline.between(2600, 2700).chargeC).toBeCloseTo(200 / 1e9, 18);
  });

  it('gives exact means of bins, a short pulse with its share', () => {
    const timeline = made();
    timeline.set(6000, 10, 3);
    timeline.set(6001, 0, 3);
    const cursor = timeline.cursor();
    expect([0, 1, 2, 3, 4, 5, 6].map((bin) => cursor.mean(bin * 1000, bin * 1000 + 1000))).toEqual([
      0, 1, 2, 2, 0, 0, 0.01,
    ]);
    const odd = timeline.cursor();
    expect(odd.mean(500, 1500)).toBe(0.5);
    expect(odd.mean(1500, 2250)).toBeCloseTo((500 + 500) / 750, 15);
  });

  it('keeps one segment where nothing changes, and refuses to change its past', () => {
    const timeline = made();
    const { segments } = timeline;
    timeline.set(4500, 0, 0);
    expect(timeline.segments).toBe(segments);
    timeline.set(5000, 1, 1);
    expect(() => timeline.set(4900, 2, 1)).toThrow(RangeError);
    timeline.set(5000, 3, 1);
    expect(timeline.currentAt(5000)).toBe(3);
    expect(timeline.extremes(1000, 4500)).toEqual({ min: 0, max: 2 });
  });
});

describe('what the DUT draws', () => {
  const model: CurrentModel = {
    ...defaultCurrents,
    classA: { convolution: 1e-3, depthwise: 2e-3, fullyConnected: 3e-3, other: 4e-4 },
  };
  const dut = (): ((kind: number, argument?: number) => number) => {
    const current = new DutCurrent(model, ['convolution', 'depthwise', 'fullyConnected', 'other']);
    return (kind, argument = 0) => current.apply({ timeNs: 0, cycle: 0, kind, argument });
  };

  it('follows power, boot, idle, a command with its operators, and sleep', () => {
    const after = dut();
    const { power, state, command, inputBegin, operatorBegin, operator, transmit, receiving } = activityKind;
    expect(after(state, 1)).toBe(9.8e-3);
    expect(after(power, 0)).toBe(0);
    expect(after(power, 1)).toBe(6e-3);
    expect(after(activityKind.boot)).toBe(6e-3);
    expect(after(state, 1)).toBe(9.8e-3);
    expect(after(transmit, 9)).toBe(2e-3);
    expect(after(transmit, 0)).toBe(9.8e-3);
    expect(after(state, 0)).toBe(1.2e-3);
    expect(after(receiving, 1)).toBe(2e-3);
    expect(after(receiving, 0)).toBe(1.2e-3);
    expect(after(state, 1)).toBe(model.commandA);
    expect(after(command, 5)).toBeCloseTo(10.2e-3, 12);
    expect(after(inputBegin)).toBeCloseTo(10.2e-3, 12);
    for (const [index, currentA] of [10.8e-3, 11.8e-3, 12.8e-3, 10.2e-3].entries()) {
      expect(after(operatorBegin, index)).toBeCloseTo(currentA, 12);
      expect(after(operator, index)).toBeCloseTo(10.2e-3, 12);
    }
    // The host talks while the DUT works: that costs nothing on top.
    expect(after(receiving, 1)).toBeCloseTo(10.2e-3, 12);
    expect(after(state, 2)).toBe(2e-3);
    expect(after(receiving, 0)).toBe(4.1e-6);
    expect(after(activityKind.restart, 1)).toBe(6e-3);
    expect(after(power, 0)).toBe(0);
  });

  it('makes the window of the specification: 40 inferences, the first lap line at 2 mA, 3.0 V', () => {
    // Virtual-bench 4.3: 10.9734 s, 9.8 mA active, 2 mA on the lap line, 8,064.5353 uJ an inference: the last digits hang on
    // the length of the window, which is printed to 0.1 ms only.
    const timeline = new CurrentTimeline();
    const current = new DutCurrent(defaultCurrents, []);
    const lineNs = 'm-lap-us-384718\r\n'.length * 86_800;
    const endNs = 10_973_400_000;
    const entries = [
      [0, activityKind.power, 1],
      [0, activityKind.state, 1],
      [0, activityKind.transmit, 17],
      [lineNs, activityKind.transmit, 0],
      [endNs, activityKind.state, 0],
    ] as const;
    for (const [timeNs, kind, argument] of entries)
      timeline.set(timeNs, current.apply({ timeNs, cycle: 0, kind, argument }), 3);
    const energyUJ = (timeline.between(0, endNs).energyJ / 40) * 1e6;
    expect(energyUJ).toBeCloseTo(((endNs - lineNs) * 9.8e-3 + lineNs * 2e-3) * 3e-9 * 25_000, 6);
    expect(Math.abs(energyUJ - 8064.5353)).toBeLessThan(0.08);
  });
});

describe('what an instrument reads', () => {
  it('is wrong by range, gain, temperature, age, offset, bend and a step that nobody sees', () => {
    const errors = {
      ...noErrors,
      ranges: [
        { gain: 0, offsetA: 0, nonlinearity: 0 },
        { gain: 0.01, offsetA: 1e-6, nonlinearity: 0.002 },
      ],
      tempcoPerK: 1e-4,
      warmerByK: 10,
      driftPerYear: 2e-3,
      ageYears: 0.5,
      hiddenStep: { aboveA: 5e-3, gain: 0.004 },
    };
    expect(readingA(noErrors, 0, 1, 1.5e-3)).toBe(1.5e-3);
    expect(readingA(errors, 0, 10e-3, 4e-3)).toBeCloseTo(4e-3 * 1.002, 15);
    // 8 mA in a span of 10 mA: bend 0.002 * 8 mA * 0.3.
    expect(readingA(errors, 1, 10e-3, 8e-3)).toBeCloseTo(
      8e-3 * (1 + 0.01 + 0.002 + 0.004) + 1e-6 + 0.002 * 8e-3 * 0.3,
      15,
    );
    expect(readingA(errors, 4, 10e-3, 4e-3)).toBeCloseTo(4e-3 * 1.002, 15);
  });
});
