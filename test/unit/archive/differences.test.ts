import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/main/archive/differences.ts';

describe('differences of figures', () => {
  it('are named by their path', () => {
    const recorded = { median: 1, windows: [{ energyUJ: 2 }, { energyUJ: 3 }], top1: null };
    const again = { median: 1, windows: [{ energyUJ: 2 }, { energyUJ: 4 }], top1: 0.5 };
    expect(differences(recorded, again)).toEqual([
      { figure: 'windows.1.energyUJ', recorded: '3', recomputed: '4' },
      { figure: 'top1', recorded: 'null', recomputed: '0.5' },
    ]);
    expect(differences([1], [1, 2])).toEqual([{ figure: '1', recorded: '–', recomputed: '2' }]);
    expect(differences({ median: NaN }, { median: NaN })).toEqual([]);
  });

  it('are none where an older version did not know a figure, and are where one cannot be computed any more', () => {
    expect(differences({ powerUW: 5 }, { powerUW: 5, interval95UW: [4, 6] })).toEqual([]);
    expect(differences({ powerUW: 5, rest: { idleUW: 1 } }, { powerUW: 5 })).toEqual([
      { figure: 'rest', recorded: '{"idleUW":1}', recomputed: '–' },
    ]);
  });
});
