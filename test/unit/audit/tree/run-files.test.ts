import { describe, expect, it } from 'vitest';
import { runFileKind, runsOfFolder } from '../../../../src/main/audit/tree/run-files.ts';

describe('the files of a run', () => {
  it('are known by their names', () => {
    expect(
      [
        'log.txt',
        'performance_log.txt',
        'result.txt',
        'script.async',
        'results.json',
        'trace1-energy.bin',
        'trace1-timestamps.json',
      ].map((name) => runFileKind(name)?.kind),
    ).toEqual(['log', 'log', 'results', 'script', 'resultsJson', 'trace', 'timestamps']);
    expect(['readme.md', 'catalog.txt', 'log.txt.bak', 'energy_inf_000.png'].map(runFileKind)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('make one run of a folder that is named after a mode', () => {
    expect(
      runsOfFolder('a/performance', ['log.txt', 'accuracy_log.txt', 'performance_results.txt'], 'performance'),
    ).toEqual([
      {
        mode: 'performance',
        files: { log: 'a/performance/log.txt', results: 'a/performance/performance_results.txt' },
      },
    ]);
  });

  it('make a run for each mode where only their names tell it (round v0.5)', () => {
    const names = ['performance_log.txt', 'performance_script.async', 'accuracy_log.txt', 'accuracy_script.async'];
    expect(runsOfFolder('kws', names, undefined)).toEqual([
      { mode: 'performance', files: { log: 'kws/performance_log.txt', script: 'kws/performance_script.async' } },
      { mode: 'accuracy', files: { log: 'kws/accuracy_log.txt', script: 'kws/accuracy_script.async' } },
    ]);
    expect(runsOfFolder('', ['log.txt'], undefined)).toEqual([{ mode: undefined, files: { log: 'log.txt' } }]);
  });
});
