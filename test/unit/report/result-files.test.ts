import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  int8Vector,
  writeInputsCsv,
  writeLogTxt,
  writeResultsJson,
  writeResultsTxt,
  writeRunFiles,
  writeScript,
  writeWindowsCsv,
} from '../../../src/main/report/files/index.ts';
import { officialValue, readLog, readRun, readScript, windowsOf } from '../../support/report/published.ts';
import { accuracyRun, anomalyWorkload, performanceRun, realBench, session } from '../../support/report/session.ts';

const performance = performanceRun();
const accuracy = accuracyRun();
const view = session({ runs: [performance, accuracy] });

describe('log.txt', () => {
  const entries = readLog(writeLogTxt(view, performance));
  const run = readRun(entries);

  it('gives every line a stamp, a channel and a text, and time never goes back', () => {
    const text = writeLogTxt(view, performance);
    expect(text.split('\n').length).toBe(entries.length);
    expect(text.endsWith('\n')).toBe(false);
    expect(entries.every((entry, i) => i === 0 || entry.atS >= (entries[i - 1]?.atS ?? 0))).toBe(true);
  });

  it('holds the windows at their published places: edge 0, then a pair for each infer', () => {
    expect(run.stampsUs).toHaveLength(11);
    expect(windowsOf(run).map((window) => [window.window, window.inferences, window.seconds])).toEqual(
      performance.windows.map((window) => [window.number * 2, window.inferences, window.seconds]),
    );
  });

  it('leaves stamps of calibration and of boot out, but says that there was a calibration', () => {
    expect(run.infers.map((infer) => infer.iterations)).not.toContain(20);
    expect(
      entries.some(
        (entry) => entry.text === 'm-joulebench-calibration-file[made_up_000000.bin]-iterations[20]-seconds[1.198000]',
      ),
    ).toBe(true);
    expect(run.stampsUs).not.toContain(90);
  });

  it('names the program, not another runner, and says SIMULATED', () => {
    const text = writeLogTxt(view, performance);
    expect(text).toContain('session: m-joulebench-version[0.1.0]');
    expect(text).toContain('parser: m-version[Joulebench 0.1.0]');
    expect(text).not.toContain('m-version[3');
    expect(text).toContain('SIMULATED');
    expect(writeLogTxt(session({ simulated: false, bench: realBench() }), performance)).not.toContain('SIMULATED');
  });

  it('sums the limits of its steps as published logs do', () => {
    expect(run.steps[0]).toEqual({ index: 1, command: 'version', ms: 5000, acc: 0, totalMs: 59200 });
    expect(run.steps.map((step) => step.index)).toEqual(run.steps.map((_, i) => i + 1));
    expect(run.steps.at(-1)).toEqual({
      index: 14,
      command: expect.stringMatching(/^dut infer /) as unknown,
      ms: -1,
      acc: 59196,
      totalMs: 59200,
    });
  });

  it('shows the int8 vector behind each printed one', () => {
    const log = readLog(writeLogTxt(view, accuracy));
    const vectors = log.filter((entry) => entry.text.startsWith('m-output-int8['));
    expect(vectors).toHaveLength(240);
    const scores = readRun(log).infers[7]?.results;
    expect(vectors[7]?.text).toBe(`m-output-int8[${scores?.map((score) => Math.round(score * 256) - 128).join(',')}]`);
    expect(writeLogTxt(view, { ...accuracy, output: { scale: 1 / 128, zeroPoint: 0 } })).not.toContain('m-output-int8');
  });

  it('keeps the last of several attempts at an input and names the replaced one', () => {
    const [first, second] = accuracy.exchanges.filter((exchange) => exchange.kind === 'measure');
    if (!first || !second) throw new Error('no measures');
    const retried = {
      ...accuracy,
      exchanges: [
        first,
        { kind: 'failed', atS: 0.9, purpose: 'input', attempt: 1, fault: { code: 'dut.silent', facts: {} } } as const,
        { ...first, attempt: 2 },
        second,
      ],
    };
    const text = writeLogTxt(view, retried);
    expect(readRun(readLog(text)).infers).toHaveLength(2);
    expect(text).toContain('m-joulebench-replaced-file[made_up_000000.bin]');
    expect(text).toContain('m-joulebench-failed[dut.silent]-step[input]-attempt[1]');
  });

  it('has no stop line when the run did not complete, and says why', () => {
    const text = writeLogTxt(view, { ...performance, status: 'failed', fault: { code: 'dut.silent', facts: {} } });
    expect(readRun(readLog(text)).stopped).toBe(false);
    expect(text).toContain('m-joulebench-status[failed]-fault[dut.silent]');
  });

  it('keeps a line break inside a DUT line from starting a line without a stamp', () => {
    const exchanges = performance.exchanges.map((exchange) =>
      exchange.kind === 'measure'
        ? { ...exchange, infer: { ...exchange.infer, lines: [{ atS: exchange.atS, text: 'a\r\nb\nc' }] } }
        : exchange,
    );
    const text = writeLogTxt(view, { ...performance, exchanges });
    expect(text).toContain('dut: a b c');
    expect(text.split('\n').every((line) => /^\d{5,}\.\d{3} [a-z]+: /.test(line))).toBe(true);
  });
});

describe('results.txt', () => {
  it('is found by the official patterns', () => {
    expect(officialValue(writeResultsTxt(view, performance), 'throughput')).toBe(16.701);
    const text = writeResultsTxt(view, accuracy);
    expect(officialValue(text, 'top1')).toBe(Number(((accuracy.figures.top1 ?? 0) * 100).toFixed(1)));
    expect(officialValue(text, 'auc')).toBe(0.98);
  });

  it('writes windows 2, 4, 6, 8, 10 in the published columns', () => {
    const lines = writeResultsTxt(view, performance)
      .split('\n')
      .map((line) => line.slice(10));
    expect(lines).toContain('ulp-mlperf: Performance results for window 10:');
    expect(lines).toContain('ulp-mlperf:   # Inferences :          171');
    expect(lines).toContain('ulp-mlperf:   Runtime      :       10.239 sec.');
    expect(lines).toContain('ulp-mlperf:   Throughput   :       16.701 inf./sec.');
    expect(lines).toContain(`ulp-mlperf: ${'-'.repeat(57)}`);
    expect(writeResultsTxt(view, performance).endsWith('\n')).toBe(true);
  });

  it('says that a window is too short, whatever the run was set to', () => {
    const [first, ...rest] = performance.windows;
    if (!first) throw new Error('no window');
    const short = {
      ...performance,
      settings: { ...performance.settings, minWindowS: 1 },
      windows: [{ ...first, seconds: 9.999 }, ...rest],
    };
    expect(writeResultsTxt(view, short)).toContain(
      'ulp-mlperf: e-[The run must take at least 10 seconds and 10 iterations to be valid]',
    );
  });

  it.each(['interrupted', 'failed', 'cancelled'] as const)('gives no figure for a run that is %s', (status) => {
    for (const run of [performance, accuracy]) {
      const text = writeResultsTxt(view, { ...run, status });
      expect(officialValue(text, 'throughput')).toBeUndefined();
      expect(officialValue(text, 'top1')).toBeUndefined();
      expect(officialValue(text, 'auc')).toBeUndefined();
      expect(text).toContain(`e-[The run is ${status}: no figure is given]`);
    }
  });

  it('gives anomaly detection the figure that the published runners print as Top-1', () => {
    const run = accuracyRun({ workload: anomalyWorkload(), inputs: 80 });
    const text = writeResultsTxt(view, run);
    expect(officialValue(text, 'auc')).toBe(0.93);
    expect(officialValue(text, 'top1')).toBe(87.5);
  });

  it('names Joulebench, carries the notice and says SIMULATED', () => {
    const text = writeResultsTxt(view, performance);
    expect(text).toContain('joulebench: m-joulebench-version[0.1.0]');
    expect(text).toContain('joulebench: Not a verified MLPerf result.');
    expect(text).toContain('joulebench: SIMULATED: measured on Virtual bench, not on hardware.');
    expect(writeResultsTxt(session({ simulated: false, bench: realBench() }), performance)).not.toContain('SIMULATED');
  });
});

describe('results.json', () => {
  type Entry = {
    file: string;
    class: string;
    classes: string;
    mode: string;
    total_length: number | null;
    infer: Record<string, unknown>;
    joulebench: Record<string, unknown>;
    error?: string;
  };
  const read = (text: string): Entry[] => JSON.parse(text) as Entry[];

  it('is one line with one object a window under the published keys', () => {
    const text = writeResultsJson(view, performance);
    expect(text.trimEnd()).not.toContain('\n');
    const entries = read(text);
    expect(entries).toHaveLength(5);
    expect(entries[1]).toMatchObject({
      file: 'made_up_000001.bin',
      classes: '12',
      class: '1',
      bytes_to_send: null,
      stride: null,
      total_length: null,
      mode: 'p',
    });
    const window = performance.windows[1];
    expect(entries[1]?.infer).toMatchObject({
      start_time: window?.lapStartUs,
      end_time: window?.lapEndUs,
      elapsed_time: Math.round((window?.seconds ?? 0) * 1e6),
      iterations: 171,
      warmups: 1,
      total_inferences: 1,
      throughput: window?.throughputInfPerS,
    });
  });

  it('names program, format and simulation in each entry and sums the run up in the first', () => {
    const entries = read(writeResultsJson(view, accuracy));
    expect(
      entries.every(
        (entry) =>
          entry.joulebench['program'] === 'Joulebench' &&
          entry.joulebench['format'] === 1 &&
          entry.joulebench['simulated'] === true,
      ),
    ).toBe(true);
    expect(entries[0]?.joulebench['summary']).toMatchObject({
      correct: accuracy.figures.correct,
      top1: accuracy.figures.top1,
      verdict: 'valid',
      quality_target: 'met',
      journal: { records: 812 },
    });
    expect(entries[1]?.joulebench['summary']).toBeUndefined();
    expect(entries[3]?.joulebench['output_int8']).toHaveLength(12);
  });

  it('states window and stride of inputs that are parts of a file', () => {
    const run = accuracyRun({ workload: anomalyWorkload(), inputs: 8 });
    expect(read(writeResultsJson(view, run))[5]).toMatchObject({
      file: 'made_up_000001.bin',
      bytes_to_send: '2560',
      stride: '512',
      total_length: 4,
      joulebench: { offset_bytes: 512 },
    });
  });

  it('ends with an error entry when the run did not complete, and is never empty', () => {
    const cut = { ...accuracy, status: 'interrupted' as const };
    expect(read(writeResultsJson(view, cut)).at(-1)).toMatchObject({ error: 'interrupted', mode: 'a' });
    expect(read(writeResultsJson(view, { ...cut, exchanges: [] }))).toHaveLength(1);
  });
});

describe('script.async', () => {
  it('lists initialisation and steps as published scripts do', () => {
    const steps = readScript(writeScript(view, performance));
    expect(steps.slice(0, 7).map((step) => step.cmd)).toEqual([
      'umount',
      'mountc dut dut',
      'dut profile',
      'version',
      'bm cfg ulp-mlperf',
      'dut profile',
      'dut timestamp',
    ]);
    expect(steps[7]).toEqual({ cmd: 'bload dut "datasets/madeup12/made_up_000000.bin"', ms: 7840, ack: undefined });
    expect(steps[8]).toEqual({ cmd: 'dut infer 171 1', ms: -1, ack: 'dut.?: m-ready' });
    expect(steps).toHaveLength(17);
  });

  it('names the program in a comment that ends where it should', () => {
    const text = writeScript(session({ sessionId: 'a */ b', runs: [performance] }), performance);
    expect(text).toMatch(/^\[\n {4}\/\* Joulebench 0\.1\.0, session a {2}b, run r1, SIMULATED \*\/\n {4}\{/);
    expect(text.endsWith('\n]')).toBe(true);
  });

  it('escapes quotes and backslashes of file names', () => {
    const exchanges = performance.exchanges.map((exchange) =>
      exchange.kind === 'measure' ? { ...exchange, file: `it's\\odd.bin` } : exchange,
    );
    expect(readScript(writeScript(view, { ...performance, exchanges }))[7]?.cmd).toBe(
      `bload dut "datasets/madeup12/it's\\odd.bin"`,
    );
  });

  it('names offset and length of a part of a file', () => {
    const run = accuracyRun({ workload: anomalyWorkload(), inputs: 8 });
    const steps = readScript(writeScript(view, run));
    expect(steps[7]).toEqual({
      cmd: 'bload dut "datasets/madeupad/made_up_000000.bin" 0 2560',
      ms: 65536,
      ack: undefined,
    });
    expect(steps[9]?.cmd).toBe('bload dut "datasets/madeupad/made_up_000000.bin" 512 2560');
  });
});

describe('CSV', () => {
  it('gives the full precision of every window', () => {
    const rows = parse(writeWindowsCsv(view, performance), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(5);
    expect(Number(rows[2]?.['throughput_inf_per_s'])).toBe(performance.windows[2]?.throughputInfPerS);
    expect(rows[0]?.['simulated']).toBe('true');
  });

  it('gives scores columns of their own', () => {
    const rows = parse(writeInputsCsv(view, accuracy), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(240);
    expect(Number(rows[5]?.['score_11'])).toBe(accuracy.inputs[5]?.scores?.[11]);
    expect(rows.filter((row) => row['correct'] === 'true')).toHaveLength(accuracy.figures.correct ?? -1);
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\t=1', ' =1', '|cmd', '\uff1d1'])('disarms the file name %j', (file) => {
    const rows = parse(
      writeInputsCsv(view, { ...accuracy, inputs: accuracy.inputs.slice(0, 1).map((input) => ({ ...input, file })) }),
      { columns: true },
    ) as Record<string, string>[];
    expect(rows[0]?.['file']).toBe(`'${file}`);
  });

  it('leaves negative numbers numbers', () => {
    const rows = parse(
      writeInputsCsv(view, {
        ...accuracy,
        inputs: accuracy.inputs.slice(0, 1).map((input) => ({ ...input, scores: [-6.113, 11.234] })),
      }),
      { columns: true },
    ) as Record<string, string>[];
    expect(rows[0]?.['score_0']).toBe('-6.113');
  });
});

describe('int8 vectors', () => {
  const output = { scale: 1 / 256, zeroPoint: -128 };

  it('are exact for every value that three decimals can show, rounded or cut off', () => {
    for (let q = -128; q <= 127; q += 1) {
      const score = (q + 128) / 256;
      expect(int8Vector([Number(score.toFixed(3))], output)).toEqual([q]);
      expect(int8Vector([Math.floor(score * 1000) / 1000], output)).toEqual([q]);
    }
  });

  it.each([[[1.022]], [[-0.5]], [[127]], [[0.002]], [[NaN]], [[]]])('are not claimed for %j', (scores) => {
    expect(int8Vector(scores, output)).toBeNull();
  });
});

it('the same view gives the same bytes', () => {
  for (const run of view.runs)
    expect(writeRunFiles(view, run)).toEqual(writeRunFiles(structuredClone(view), structuredClone(run)));
});
