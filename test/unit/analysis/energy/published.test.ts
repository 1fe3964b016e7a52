import { describe, expect, it } from 'vitest';
import { publishedEnergy } from '../../../../src/main/analysis/energy/published.ts';

describe('figures of a published trace', () => {
  it('gives the vector of the monitors specification', () => {
    const { windows } = publishedEnergy(Float32Array.of(1, 2, 3), 1000, [0, 0.001, 0.003], [1]);
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatchObject({ number: 2, energyUJ: 5, firstSample: 1, endSample: 3, energyUJPerInf: 5 });
    expect(windows[0]?.powerUW).toBe(2500);
  });

  it('pairs timestamps by position and says how many are missing', () => {
    const energies = new Float32Array(200).fill(1);
    const full = publishedEnergy(energies, 10, [0, 1, 2, 3, 4], [10, 20]);
    expect(full).toMatchObject({ expectedEdges: 5, missingEdges: 0 });
    expect(full.windows.map(({ number, startS, inferences }) => [number, startS, inferences])).toEqual([
      [2, 1, 10],
      [4, 3, 20],
    ]);
    const lost = publishedEnergy(energies, 10, [0, 1, 3, 4], [10, 20]);
    expect(lost.missingEdges).toBe(1);
    expect(lost.windows.map(({ seconds }) => seconds)).toEqual([2]);
    const extra = publishedEnergy(energies, 10, [0, 1, 2, 3, 4, 5, 6], [10, 20]);
    expect(extra).toMatchObject({ missingEdges: -2 });
    expect(extra.windows).toHaveLength(2);
  });

  it('has no medians without windows', () => {
    const none = publishedEnergy(new Float32Array(0), 1000, [], []);
    expect(none.windows).toEqual([]);
    expect(none.medianEnergyUJPerInf).toBeNaN();
  });
});
