import { describe, expect, it } from 'vitest';
import { publishedRows } from '../../../../src/main/audit/submission/published-rows.ts';
import type { MaterialRun } from '../../../../src/main/audit/submission/index.ts';
import type { SystemDescription } from '../../../../src/shared/domain/system-description.ts';
import { madeDescription } from '../../../support/audit/system-description.ts';

const description = madeDescription({ 'Board Name': ' BOARD ' }) as SystemDescription;

function run(benchmark: string, mode: MaterialRun['mode'], figures: MaterialRun['figures']): MaterialRun {
  return {
    system: 'Board',
    own: false,
    source: 's',
    run: '.',
    benchmark,
    mode,
    files: [],
    runner: 'mlc',
    figures,
    simulated: false,
  };
}

describe('rows of the published table', () => {
  it('turn the throughput into a latency and stand in the order of the table', () => {
    const rows = publishedRows(
      [
        run('kws', 'performance', { medianThroughputInfPerS: 16 }),
        run('kws', 'accuracy', { top1: 0.917, auc: 0.99 }),
        run('kws', 'energy', { medianEnergyUJPerInf: 182.6, medianThroughputInfPerS: 8 }),
        run('ad', 'accuracy', { top1: 0.8, auc: 0.86 }),
      ],
      'Board',
      description,
    );
    expect(rows.map(({ benchmark }) => benchmark)).toEqual(['ad', 'kws']);
    expect(rows[1]).toEqual({
      system: 'Board',
      board: 'BOARD',
      availability: 'available',
      benchmark: 'kws',
      latencyMs: 62.5,
      top1: 0.917,
      auc: null,
      f1: null,
      energyUJPerInf: 182.6,
      powerMW: null,
    });
    expect(rows[0]).toMatchObject({ latencyMs: null, top1: null, auc: 0.86 });
  });

  it('give the streaming wake word a score and a power', () => {
    const [row] = publishedRows(
      [
        run('sww', 'performance', {
          truePositives: 30,
          falsePositives: 4,
          falseNegatives: 6,
          estimatedThroughputInfPerS: 50,
          medianPowerUW: 2500,
          medianEnergyUJPerInf: 9,
        }),
      ],
      'Board',
      description,
    );
    expect(row).toMatchObject({ latencyMs: 20, powerMW: 2.5, energyUJPerInf: null, top1: null });
    expect(row?.f1).toBeCloseTo(60 / 70, 12);
  });
});
