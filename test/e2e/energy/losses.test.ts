import { describe, expect, it } from 'vitest';
import { weigh } from './fault-case.ts';
import { openLab, start } from './bench.ts';

/** Into the second window, in s: at its start, in it, and where the instrument says it after its end only. */
const places = [0.005, 5.2, 9.9, 10.2, 10.37];

describe('lost samples of an LPM01A', () => {
  it.each([
    [64, false],
    [1000, false],
    [200, true],
  ])('make a window invalid wherever in it they are lost: %d, hidden: %s', async (count, hidden) => {
    const lab = await openLab();
    for (const byS of places) {
      lab.use({ faults: { monitor: { lostSamples: [{ afterEdge: 7, byS, count, hidden }] } } });
      const { record } = await (await start(lab)).operation.done;
      const { judgement, figures } = record.runs[0]?.judged ?? {};
      const { verdict, failed } = weigh(judgement?.findings ?? []);
      expect([byS, verdict, failed('E').includes('NRG-08')]).toEqual([byS, 'invalid', true]);
      expect([byS, figures?.energy?.budget.reasons]).toEqual([byS, ['E-LOSS']]);
    }
  });

  it('before the first window and after the last one spoil none', async () => {
    const lab = await openLab();
    for (const afterEdge of [4, 14]) {
      lab.use({ faults: { monitor: { lostSamples: [{ afterEdge, byS: afterEdge === 4 ? 0.1 : 1.5, count: 64 }] } } });
      const { record } = await (await start(lab, { settings: { restS: 5 } })).operation.done;
      const { verdict, failed } = weigh(record.runs[0]?.judged?.judgement.findings ?? []);
      expect([afterEdge, verdict, failed('E'), failed('W')]).toEqual([afterEdge, 'valid', [], []]);
    }
  });
});
