import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  writeEnergyCsv,
  writeEnergyJson,
  writeLogTxt,
  writeResultsJson,
  writeResultsTxt,
  writeRunFiles,
  writeScript,
} from '../../../src/main/report/files/index.ts';
import { medianWindow, traceColumnsView, traceRequests } from '../../../src/main/report/energy-view.ts';
import { energyFiguresSchema, energySetupSchema, traceSummarySchema } from '../../../src/shared/domain/energy.ts';
import { budget, energyFigures, energySetup, energyView, traceSummary } from '../../support/report/energy.ts';
import { officialValue, readLog, readRun, readScript } from '../../support/report/published.ts';
import { energyRun, realBench, session } from '../../support/report/session.ts';

const run = energyRun();
const view = session({ runs: [run] });
const invalid = energyRun({
  energy: energyView({
    figures: energyFigures({
      medianEnergyUJPerInf: null,
      budget: budget({ status: 'invalid', reasons: ['E-LOSS', 'E-EDGE'] }),
    }),
  }),
});

describe('the made-up energy run', () => {
  it('keeps the contract', () => {
    expect(energySetupSchema.parse(energySetup())).toEqual(energySetup());
    expect(traceSummarySchema.parse(traceSummary())).toEqual(traceSummary());
    expect(energyFiguresSchema.parse(energyFigures())).toEqual(energyFigures());
  });
});

describe('results.txt of an energy run', () => {
  const text = writeResultsTxt(view, run);

  it('is found by the official patterns', () => {
    expect(officialValue(text, 'energy')).toBe(182.6);
    expect(officialValue(text, 'throughput')).toBe(161.202);
  });

  it('has the blocks of the published form', () => {
    expect(text).toContain(
      [
        'ulp-ml: Energy data for window 2 at time 12.31 for 10.98 sec.:',
        'ulp-ml:   Energy       :   322865.700 uJ',
        'ulp-ml:   Power        :    29404.891 uW',
        'ulp-ml:   Energy/Inf.  :      182.410 uJ/inf.',
      ]
        .map((line) => `00120.500 ${line}`)
        .join('\n'),
    );
    expect(text).toContain('ulp-ml: Performance results for window 10:');
    expect(text).toContain('SIMULATED: measured on Virtual bench, not on hardware.');
  });

  it('has no median where the budget allows no figure, and says why', () => {
    const other = writeResultsTxt(view, invalid);
    expect(officialValue(other, 'energy')).toBeUndefined();
    expect(other).toContain('e-[No energy figure is given: E-LOSS, E-EDGE]');
    const stopped = writeResultsTxt(view, { ...run, status: 'failed' });
    expect(officialValue(stopped, 'energy')).toBeUndefined();
    expect(officialValue(stopped, 'throughput')).toBeUndefined();
    expect(stopped).toContain('e-[The run is failed: no figure is given]');
  });

  it('of a run without a trace has no figures', () => {
    const none = writeResultsTxt(view, energyRun({ energy: energyView({ trace: null, figures: null }) }));
    expect(none).not.toMatch(/Energy data|Median/);
    expect(none).toContain('e-[No energy figure is given: nothing was computed]');
  });
});

describe('log.txt of an energy run', () => {
  const log = readLog(writeLogTxt(view, run));

  it('gives the DUT its place among the lines of the IO manager', () => {
    const read = readRun(log);
    expect(read.model).toBe('madeup12');
    expect(read.loads).toHaveLength(5);
    expect(read.infers.map((infer) => [infer.iterations, infer.results?.length])).toEqual(
      Array.from({ length: 5 }, () => [1770, 12]),
    );
    expect(read.stampsUs).toEqual([]);
    expect(read.steps.map((step) => step.command.replace(/".*"/, '""'))).toEqual([
      'version',
      'bm cfg ulp-ml',
      'emon power on',
      'io dut profile',
      'emon trace on trace1',
      'io dut timestamp',
      ...Array.from({ length: 5 }, () => ['bloadp ""', 'io dut infer 1770 1']).flat(),
      'emon trace off',
      'emon voltage',
      'emon power off',
    ]);
    const last = read.steps.at(-1);
    expect(last?.totalMs).toBe(8 * 5000 + 5 * 7840);
    expect(last?.acc).toBe(7 * 5000 + 5 * (7840 - 1) - 1);
  });

  it('names monitor, supply and trace, and what the monitor did', () => {
    const lines = log.map(({ channel, text }) => `${channel}: ${text}`);
    for (const line of [
      'session: m-joulebench-monitor[lpm01a]-serial[2049377A3331]-firmware[1.0.6]-acceptance[submissions]',
      'session: m-joulebench-supply-mv[3000]-board[nucleo-l4r5zi]-path[ioManager]-plane[monitor]',
      'session: m-joulebench-trace-file[runs/r3-madeup12-energy/trace.jbt]',
      'session: m-joulebench-rest[idle]-seconds[5]-supported[true]',
      'emon: m-power[on]',
      'emon: m-voltage-mv[2996]',
      'emon: m-regfile-fn[trace1-energy.bin]-type[emon]-name[lpm01a]',
      'emon: m-trace[off]',
      'io: [dut]: m-infer-done',
    ]) {
      expect(lines).toContain(line);
    }
  });

  it('of a direct DUT has no relay', () => {
    const direct = writeLogTxt(view, energyRun({ energy: energyView({ setup: energySetup({ path: 'direct' }) }) }));
    expect(direct).not.toMatch(/\[dut\]: |io dut|bloadp/);
    expect(direct).toContain('dut: m-infer-done');
    expect(direct).toContain('Command "bload dut "datasets/madeup12/made_up_000000.bin""');
  });
});

describe('script.async of an energy run', () => {
  it('goes through the IO manager, or straight to the DUT', () => {
    const commands = readScript(writeScript(view, run)).map((step) => step.cmd);
    expect(commands).toContain('io tm 0');
    expect(commands).toContain('emon voltage 3000');
    expect(commands.filter((command) => command === 'io dut infer 1770 1')).toHaveLength(5);
    const direct = energyRun({ energy: energyView({ setup: energySetup({ path: 'direct' }) }) });
    const straight = readScript(writeScript(view, direct)).map((step) => step.cmd);
    expect(straight.some((command) => /^io |bloadp/.test(command))).toBe(false);
    expect(straight.filter((command) => command === 'dut infer 1770 1')).toHaveLength(5);
  });
});

describe('results.json of an energy run', () => {
  it('has edges in place of samples, and names the trace', () => {
    const entries = JSON.parse(writeResultsJson(view, run)) as Record<string, Record<string, unknown>>[];
    expect(entries).toHaveLength(5);
    expect(entries[1]).toMatchObject({
      file: 'made_up_000001.bin',
      class: '1',
      mode: 'e',
      power: {
        timestamps: [
          ['3', 33_358],
          ['4', 44_338],
        ],
        extracted_power: null,
        voltage: 3,
      },
      infer: { iterations: 1770, warmups: 1, total_inferences: 1 },
    });
    expect(entries[0]?.['infer']).not.toHaveProperty('elapsed_time');
    expect(entries[0]?.['joulebench']?.['summary']).toMatchObject({
      mode: 'energy',
      energy: {
        trace: { file: 'runs/r3-madeup12-energy/trace.jbt', sample_rate_hz: 1000, samples: 120_480 },
        median_energy_uj_per_inf: 182.6,
        expanded_uncertainty_uj_per_inf: 4.723926,
        coverage_factor: 2,
      },
    });
  });

  it('gives null for a figure that there is none of', () => {
    const [first] = JSON.parse(writeResultsJson(view, invalid)) as {
      joulebench: { summary: { energy: Record<string, unknown> } };
    }[];
    expect(first?.joulebench.summary.energy).toMatchObject({
      median_energy_uj_per_inf: null,
      expanded_uncertainty_uj_per_inf: null,
      status: 'invalid',
      reasons: ['E-LOSS', 'E-EDGE'],
    });
  });
});

describe('energy.json', () => {
  it('holds setup, trace and figures unrounded', () => {
    const content = JSON.parse(writeEnergyJson(view, run, energyView())) as Record<string, unknown>;
    expect(content).toMatchObject({
      schema: 'joulebench.energy/1',
      simulated: true,
      medianEnergyUJPerInf: 182.6,
      expandedUncertaintyUJPerInf: 4.723926,
      coverageFactor: 2,
      interval95UJPerInf: [178.418333, 186.982387],
      plane: 'monitor',
    });
    expect(content['figures']).toEqual(energyFigures());
    expect(content['setup']).toEqual(energySetup());
    expect(content['trace']).toEqual(traceSummary());
  });

  it('has no headline where the budget is invalid or the run has no end', () => {
    for (const other of [invalid, { ...run, status: 'cancelled' as const }]) {
      const content = JSON.parse(writeEnergyJson(view, other, other.energy ?? energyView())) as Record<string, unknown>;
      expect([content['medianEnergyUJPerInf'], content['expandedUncertaintyUJPerInf'], content['k95']]).toEqual([
        null,
        null,
        null,
      ]);
    }
  });
});

describe('windows.csv of an energy run', () => {
  it('has a row a window with figures and counts', () => {
    const rows: Record<string, string>[] = parse(writeEnergyCsv(view, run, energyView()), { columns: true });
    expect(rows).toHaveLength(5);
    expect(rows[2]).toMatchObject({
      window: '3',
      file: 'made_up_000002.bin',
      inferences: '1770',
      start_edge: '54405',
      energy_uj_per_inf: '182.6',
      samples: '10980',
      edges: '2',
      lost_samples: '0',
    });
  });
});

describe('the files of an energy run', () => {
  it('have their names, and depend on the journal alone', () => {
    const real = session({ simulated: false, bench: realBench(), runs: [run] });
    const bare = energyRun({ energy: energyView({ columns: null, startZoom: null, certificates: [] }) });
    const files = writeRunFiles(real, run);
    expect(files.map(({ name }) => name)).toEqual([
      'log.txt',
      'results.txt',
      'results.json',
      'script.async',
      'windows.csv',
      'energy.json',
    ]);
    expect(writeRunFiles(real, bare)).toEqual(files);
    for (const { text } of files) expect(text).not.toContain('SIMULATED');
  });
});

describe('what the pages ask of a trace', () => {
  it('is the whole of it in 2,000 columns, and 0.1 s around the start of the median window', () => {
    const trace = traceSummary();
    expect(traceRequests(trace, energyFigures())).toEqual({
      whole: { first: 0, end: 120_480, columns: 2000 },
      startZoom: { first: 54_385, end: 54_485, columns: 100 },
    });
    expect(medianWindow(trace, energyFigures())?.number).toBe(3);
    expect(medianWindow(trace, null)?.number).toBe(1);
    expect(traceRequests(traceSummary({ windows: [], samples: 0 }), null)).toEqual({ whole: null, startZoom: null });
  });

  it('turns currents and energies into power', () => {
    const edges = Float64Array.from([1000, 1500, 2000]);
    const columns = {
      edges,
      min: Float32Array.from([1, NaN]),
      mean: Float32Array.from([2, NaN]),
      max: Float32Array.from([4, NaN]),
    };
    const header = { sampleRateHz: 1000, voltageV: 3 };
    const view = traceColumnsView(columns, { ...header, quantity: 'current' });
    expect([view.fromS, view.toS, view.minW[0], view.meanW[0], view.maxW[0]]).toEqual([1, 2, 3, 6, 12]);
    expect(view.meanW[1]).toBeNaN();
    expect(traceColumnsView(columns, { ...header, quantity: 'energy' }).meanW[0]).toBe(2000);
    expect(traceColumnsView(columns, { ...header, quantity: 'power' }).meanW[0]).toBe(2);
  });
});
