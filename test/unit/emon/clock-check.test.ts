import { describe, expect, it } from 'vitest';
import { ClockCheck } from '../../../src/main/emon/clock-check.ts';

const rate = 100_000;
const burst = 512;

/** Plays bursts; `lost(second)` bursts are left out once at that second, `ratio` is the instrument's rate to the nominal one. */
function play(
  seconds: number,
  options: {
    ratio?: number;
    lateS?: () => number;
    lost?: Record<number, number>;
    lostSamples?: number;
    stepS?: number;
    fineStepS?: number;
  } = {},
): { missing: number[]; atS: number[] } {
  const { ratio = 1, lateS = () => 0, lost = {}, lostSamples = 0, stepS, fineStepS } = options;
  const check = new ClockCheck({
    sampleRateHz: rate,
    ...(stepS === undefined ? {} : { stepS }),
    ...(fineStepS === undefined ? {} : { fineStepS }),
  });
  const out = { missing: [] as number[], atS: [] as number[] };
  let samples = 0;
  const left = { ...lost };
  const count = Math.floor((seconds * rate * ratio) / burst);
  for (let index = 1; index <= count; index += 1) {
    const atS = (index * burst) / rate / ratio;
    const second = Math.floor(atS);
    if ((left[second] ?? 0) > 0) {
      left[second]! -= 1;
      continue;
    }
    samples += burst;
    if (index === 2500) samples -= lostSamples;
    const missing = check.note(samples, 1000 + atS + lateS());
    if (missing !== undefined) {
      out.missing.push(missing);
      out.atS.push(atS);
    }
  }
  const last = check.finish();
  if (last !== undefined) out.missing.push(last);
  return out;
}

function noise(mostS: number): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * mostS;
  };
}

describe('the clock check', () => {
  it('is silent while all samples come, late as they may be', () => {
    for (const ratio of [1, 0.9999, 1.0001, 0.999, 1.02]) {
      expect(play(30, { ratio, lateS: noise(0.05), stepS: 0.0045 }).missing).toEqual([]);
    }
    expect(play(30, { ratio: 0.996, lateS: noise(0.005) }).missing).toEqual([]);
  });

  it('reports one lost block of 512 where steps are watched', () => {
    const { missing, atS } = play(30, { lost: { 12: 1 }, lateS: noise(0.003), stepS: 0.0045 });
    expect(missing).toHaveLength(1);
    expect(missing[0]).toBeGreaterThan(450);
    expect(missing[0]).toBeLessThan(575);
    expect(atS[0]).toBeLessThan(15);
  });

  it('reports it also in the last second', () => {
    expect(play(9.6, { lost: { 8: 1 }, stepS: 0.0045 }).missing).toHaveLength(1);
  });

  it('reports a lost turn of the counter, 64 samples, on a host whose timing is steady, and stays silent on another', () => {
    const steps = { stepS: 0.0045, fineStepS: 0.0005 };
    for (const mostS of [0, 0.0005, 0.003]) {
      expect(play(40, { ...steps, lateS: noise(mostS) }).missing).toEqual([]);
      const { missing } = play(40, { ...steps, lateS: noise(mostS), lostSamples: 64 });
      expect(missing).toHaveLength(1);
      expect(Math.abs((missing[0] ?? 0) - 64)).toBeLessThan(15);
    }
    expect(play(40, { ...steps, lateS: noise(0.1), lostSamples: 64 }).missing).toEqual([]);
    // In the last stretch there is none to confirm it.
    expect(play(12.81 + 0.9, { ...steps, lostSamples: 64 }).missing).toEqual([64]);
  });

  it('does not take a second of load for a loss', () => {
    let late = 0;
    const lateS = (): number => ((late += 1) > 2500 && late < 2650 ? 0.003 : 0);
    expect(play(40, { stepS: 0.0045, fineStepS: 0.0005, lateS }).missing).toEqual([]);
  });

  it('without steps, reports a deficit above 0.5 %, and only that', () => {
    expect(play(30, { lost: { 12: 1 } }).missing).toEqual([]);
    const { missing } = play(30, { lost: { 12: 40 }, lateS: noise(0.003) });
    expect(missing).toHaveLength(1);
    expect(missing[0]).toBeGreaterThan(40 * burst - 400);
    expect(missing[0]).toBeLessThan(40 * burst + 400);
  });

  it('reports a rate that is 0.6 % low again and again', () => {
    const { missing } = play(20, { ratio: 0.994 });
    expect(missing.length).toBeGreaterThan(3);
    const total = missing.reduce((sum, count) => sum + count, 0);
    expect(total / (20 * rate)).toBeGreaterThan(0.004);
    expect(total / (20 * rate)).toBeLessThan(0.0065);
  });

  it('passes over what an instrument says by itself before a stretch is over, and sees what it never says', () => {
    const told = (sayS: number): (number | undefined)[] => {
      const check = new ClockCheck({ sampleRateHz: 1000, stretchS: 2.2 });
      // A second of samples is lost at 10 s; the instrument says so `sayS` later.
      return Array.from({ length: 600 }, (_, k) => {
        const atS = (k + 1) * 0.05;
        const short = atS > 10 && atS <= 10 + sayS ? 1 : 0;
        return check.note(Math.round((atS - short) * 1000), atS);
      }).filter((missing) => missing !== undefined);
    };
    for (const sayS of [0.5, 1, 2]) expect(told(sayS)).toEqual([]);
    expect(told(Infinity)).toEqual([1000]);
  });

  it('says nothing about a stream that has hardly begun', () => {
    expect(play(0.5, { ratio: 0.9 }).missing).toEqual([]);
    expect(new ClockCheck({ sampleRateHz: rate }).finish()).toBeUndefined();
  });
});
