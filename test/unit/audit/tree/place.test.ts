import { describe, expect, it } from 'vitest';
import { benchmarkOf, modeOf, placeOf, roundOf } from '../../../../src/main/audit/tree/index.ts';

describe('where a run stands', () => {
  it('follows from the folders around it', () => {
    expect(placeOf('v1.1/closed/Org/results/Board/kws/energy', [])).toMatchObject({
      folder: 'v1.1/closed/Org/results/Board/kws/energy',
      round: 'v1.1',
      division: 'closed',
      organisation: 'Org',
      system: 'Board',
      board: null,
      benchmark: 'kws',
      model: null,
      mode: 'energy',
    });
  });

  it('has a board or a model where a submitter made a level for it', () => {
    expect(placeOf('v1.0/closed/OctoML/results/microtvm/NUCLEO/kws/energy', [])).toMatchObject({
      system: 'microtvm',
      board: 'NUCLEO',
      benchmark: 'kws',
    });
    expect(placeOf('v0.7/open/hls/results/arty/ad/AD08/power', [])).toMatchObject({
      division: 'open',
      system: 'arty',
      benchmark: 'ad',
      model: 'AD08',
      mode: 'energy',
      modeFolder: 'power',
    });
  });

  it('counts the folders above the audited one', () => {
    const context = ['home', 'x', 'tiny_results_v1.2', 'closed', 'Org', 'results', 'Board', 'kws'];
    expect(placeOf('performance', context)).toMatchObject({
      folder: 'performance',
      round: 'v1.2',
      organisation: 'Org',
      system: 'Board',
      benchmark: 'kws',
      mode: 'performance',
    });
    expect(placeOf('', [...context, 'accuracy'])).toMatchObject({ folder: '.', mode: 'accuracy', benchmark: 'kws' });
  });

  it('is told as far as it can be', () => {
    expect(placeOf('some/folder', ['tmp'])).toMatchObject({ round: null, division: null, benchmark: null, mode: null });
    expect(placeOf('session/kws01/performance', [])).toMatchObject({
      benchmark: 'kws',
      mode: 'performance',
      system: null,
    });
    // A system may be named like a benchmark.
    expect(placeOf('open/Org/results/kws/vww/performance', [])).toMatchObject({ system: 'kws', benchmark: 'vww' });
  });
});

it('knows the names of benchmarks and modes as submitters spelt them', () => {
  expect(['keyword_spotting', 'anomaly detection', 'IC01', 'vww', 'ic2', 'strww01'].map(benchmarkOf)).toEqual([
    'kws',
    'ad',
    'ic',
    'vww',
    'ic2',
    'sww',
  ]);
  expect(['enegy', 'power', 'Performance', 'performence', 'acc', 'accuray', 'energies', 'code'].map(modeOf)).toEqual([
    'energy',
    'energy',
    'performance',
    'performance',
    'accuracy',
    'accuracy',
    undefined,
    undefined,
  ]);
  expect(['constructor', '__proto__', 'toString'].map(benchmarkOf)).toEqual([undefined, undefined, undefined]);
  expect(['v1.3', 'tiny_results_v0.7', 'v1.3-rc', 'rev1.3', 'v1'].map(roundOf)).toEqual([
    'v1.3',
    'v0.7',
    'v1.3',
    undefined,
    undefined,
  ]);
});
