import { describe, expect, it } from 'vitest';
import type { DutIdentity, InferReport } from '../../../src/shared/domain/dut.ts';
import type { ScriptedDutOptions } from '../../rig/dut/index.ts';
import { createBench, payload } from './bench.ts';

/** Identifies the DUT, loads an input with verification and runs one window of ten seconds. */
async function run(
  options: ScriptedDutOptions,
): Promise<{ identity: DutIdentity; report: InferReport; verified: string }> {
  const bench = createBench({ inferenceS: 0.5, ...options });
  const identity = await bench.clock.until(bench.client.identify());
  const load = await bench.clock.until(bench.client.load(payload(100), { verify: true }));
  const report = await bench.clock.until(bench.client.infer(20, 1, { deadlineS: 60 }));
  return { identity, report, verified: load.verified };
}

const before =
  (message: string, ...lines: readonly string[]) =>
  (line: string): readonly string[] =>
    line.startsWith(message) ? [...lines, line] : [line];

const codes = (report: InferReport): string[] => report.warnings.map((warning) => warning.code);

describe('variants seen in published logs', () => {
  it('Q01, Q03: echo of the command with its %', async () => {
    const { identity, report, verified } = await run({ echo: 'percent' });
    expect(identity).toMatchObject({ name: 'dut', vendor: 'unspecified', model: 'kws01', quirks: ['echo'] });
    expect(report).toMatchObject({ dutElapsedS: 10, results: [0.1, 0.2, 0.7], warnings: [], noiseLines: 0 });
    expect(verified).toBe('ok');
  });

  it('Q02: echo without %, and a prompt before the ready line', async () => {
    const { identity, report, verified } = await run({ echo: 'plain', readyPrefix: 'dut: ' });
    expect(identity).toMatchObject({ vendor: 'unspecified', model: 'kws01', quirks: ['echo', 'prompt'] });
    expect(report).toMatchObject({ dutElapsedS: 10, results: [0.1, 0.2, 0.7], warnings: [] });
    expect(verified).toBe('ok');
  });

  it('the echo line of the streaming firmware, and a prompt behind m-ready', async () => {
    const { identity, report, verified } = await run({ echo: 'line', prompt: '\u001b[32mmlperf>\u001b[0m ' });
    expect(identity).toMatchObject({ model: 'kws01' });
    expect(report).toMatchObject({ dutElapsedS: 10, warnings: [] });
    expect(verified).toBe('ok');
  });

  it('Q04: empty lines between messages', async () => {
    const { identity, report, verified } = await run({ emptyLines: true });
    expect(identity.quirks).toEqual(['emptyLines']);
    expect(report).toMatchObject({ dutElapsedS: 10, noiseLines: 0, warnings: [] });
    expect(report.lines).toHaveLength(8);
    expect(verified).toBe('ok');
  });

  it('Q05: a debug line with a bare LF in front of a message', async () => {
    const { identity, report } = await run({
      rewrite: (line) => (line.startsWith('m-warmup-start') ? [`bytes 27648\n${line}`] : [line]),
    });
    expect(identity.quirks).toEqual([]);
    expect(report).toMatchObject({ dutElapsedS: 10, noiseLines: 1, warnings: [] });
    expect(report.lines.map((line) => line.text)).toContain('bytes 27648');
  });

  it('Q06: debug text glued to a message', async () => {
    const glue = (line: string): readonly string[] => {
      if (line.startsWith('m-warmup-start')) return [`th_load_tensor starting at 380137430${line}`];
      return line.startsWith('m-results') ? [`Type error${line}`] : [line];
    };
    const { report } = await run({ rewrite: glue });
    expect(report).toMatchObject({ dutElapsedS: 10, results: [0.1, 0.2, 0.7], noiseLines: 2, warnings: [] });
  });

  it('Q07: long dumps between m-infer-done and m-ready', async () => {
    const dump = Array.from({ length: 2000 }, (_, index) => `Activations: [${index}, ${'-12, '.repeat(100)}]`);
    const { report } = await run({ rewrite: before('m-results', `Softmax: [${'0.5, '.repeat(20_000)}]`, ...dump) });
    expect(report).toMatchObject({ dutElapsedS: 10, results: [0.1, 0.2, 0.7] });
    expect(report.noiseLines).toBeGreaterThan(2000);
    expect(codes(report)).toEqual(['longLine']);
    expect(Math.max(...report.lines.map((line) => line.text.length))).toBeLessThanOrEqual(1000);
  });

  it('Q08: colour codes', async () => {
    const { report, identity } = await run({ rewrite: before('m-results', 'Done inference ...\u001b[32mOK\u001b[0m') });
    expect(report).toMatchObject({ dutElapsedS: 10, noiseLines: 1, warnings: [] });
    expect(identity.quirks).toEqual([]);
    const coloured = await run({ rewrite: (line) => [`\u001b[1;36m${line}\u001b[0m`] });
    expect(coloured.identity.quirks).toEqual(['ansi']);
    expect(coloured.report).toMatchObject({ dutElapsedS: 10, results: [0.1, 0.2, 0.7], noiseLines: 0 });
    expect(coloured.verified).toBe('ok');
  });

  it('Q09: an extra line before the results', async () => {
    const { report } = await run({ rewrite: before('m-results', 'results: 0xFFE3') });
    expect(report).toMatchObject({ results: [0.1, 0.2, 0.7], noiseLines: 1, warnings: [] });
  });

  it('Q10: a complaint about the size although both agree', async () => {
    const { report } = await run({ rewrite: before('m-warmup-start', 'Input db has 100 elemented, expected 100') });
    expect(report).toMatchObject({ dutElapsedS: 10, results: [0.1, 0.2, 0.7] });
    expect(codes(report)).toEqual(['falseSizeComplaint']);
  });

  it('Q11: no results line', async () => {
    const { report } = await run({ results: () => null });
    expect(report.results).toBeNull();
    expect(codes(report)).toEqual(['resultsMissing']);
  });

  it('Q12: empty results', async () => {
    const { report } = await run({ results: () => '' });
    expect(report.results).toEqual([]);
    expect(codes(report)).toEqual(['resultsEmpty']);
  });

  it.each([
    ['Q13: ten values from an anomaly detector', '1,2,3,4,5,6,7,8,9,10', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['Q14: a nonsense number', '15764479891472388.000', [15_764_479_891_472_388]],
    ['Q15: integers', '0,0,0,127', [0, 0, 0, 127]],
    ['Q16: negative and large logits', '-6.113,11.234,-0.001961,1.022', [-6.113, 11.234, -0.001961, 1.022]],
    ['Q17: a comma at the end', '0.027,0.973,', [0.027, 0.973]],
    ['Q18: padding values', '0,0,0,0,0,0,0,1,0,0,0,0', [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]],
  ])('%s', async (_name, text, values) => {
    const { report } = await run({ results: () => text });
    expect(report).toMatchObject({ results: values, warnings: [] });
  });

  it('Q19: text, control characters and garbage before the boot block', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `Syntiant NDP boot ${index}`);
    const bootText = `\xff\xfe\x80garbage\x07\x1b[2J\r\nbaud :9600\r\n${lines.join('\r\n')}\r\n`;
    const { identity, report } = await run({ bootText });
    expect(identity.bootLines).toHaveLength(26);
    expect(identity.timestampMode).toBe('performance');
    expect(identity.quirks).toEqual(['ansi', 'noise', 'undecodable']);
    expect(report).toMatchObject({ dutElapsedS: 10, warnings: [] });
  });

  it('Q20: name and profile unasked during boot', async () => {
    const { identity } = await run({ bootText: 'm-name-dut-[early]\r\nm-profile-[early]\r\nm-model-[ic01]\r\n' });
    expect(identity).toMatchObject({ vendor: 'unspecified', model: 'kws01', quirks: ['unaskedIdentity'] });
  });

  it('Q21: no lap line at boot, or zero', async () => {
    expect((await run({ bootLap: false })).identity.quirks).toEqual(['noBootLap']);
    const zero = await run({
      rewrite: (line, command) => [command === 'boot' ? line.replace(/us-\d+/, 'us-0') : line],
    });
    expect(zero.identity.quirks).toEqual([]);
    expect(zero.report.dutElapsedS).toBe(10);
  });

  it('Q22: stamps of one millisecond', async () => {
    const { report } = await run({ lapGranularityUs: 1000, lapStartUs: 1234 });
    expect(report).toMatchObject({ dutElapsedS: 10, warnings: [] });
    expect((report.lapStartUs ?? 1) % 1000).toBe(0);
  });

  it('Q23: epoch stamps of sixteen digits', async () => {
    const { report } = await run({ lapStartUs: 1_620_358_197_033_202, lapWraps: false });
    expect(report.lapStartUs).toBeGreaterThan(1.6e15);
    expect(report.dutElapsedS).toBe(10);
  });

  it('Q24: a clock that is wrong by a factor shows against the host', async () => {
    const { report } = await run({ clockFactor: 0.6685 });
    const hostS = (report.hostEndS ?? 0) - (report.hostStartS ?? 0);
    expect((report.dutElapsedS ?? 0) / hostS).toBeCloseTo(0.6685, 6);
  });

  it('Q25: stamps in cycles are not taken for microseconds', async () => {
    const { report, identity } = await run({ lapUnit: 'cycles' });
    expect(report).toMatchObject({ lapStartUs: null, lapEndUs: null, stampCount: 0, dutElapsedS: null });
    expect(codes(report)).toEqual(['stampUnitUnknown', 'stampUnitUnknown', 'stampsMissing']);
    expect(identity.timestampMode).toBe('performance');
  });
});

describe('stamps of a window', () => {
  it.each([
    [0, ['stampsMissing']],
    [1, ['stampsMissing']],
    [2, []],
    [3, ['stampsExtra']],
    [4, ['stampsExtra']],
  ])('%i of them', async (stamps, warnings) => {
    const { report } = await run({ stamps });
    expect(report.stampCount).toBe(stamps);
    expect(codes(report)).toEqual(warnings);
    expect(report.dutElapsedS).toBe(stamps < 2 ? null : 10);
  });

  it('wrap at 2^32 inside the window', async () => {
    // The clock of the bench starts at 100 s; the window begins about a second later.
    const { report } = await run({ lapStartUs: 2 ** 32 - 105e6 });
    expect(report.lapEndUs).toBeLessThan(report.lapStartUs ?? 0);
    expect(report).toMatchObject({ dutElapsedS: 10, warnings: [] });
  });

  it('that go backwards are no window', async () => {
    const { report } = await run({ lapStartUs: 1_620_358_197_033_202, lapWraps: false, clockFactor: -1 });
    expect(report.dutElapsedS).toBeNull();
    expect(codes(report)).toEqual(['stampsBackwards']);
  });

  it('too large for any integer are not used', async () => {
    const { report } = await run({ rewrite: (line) => [line.replace(/(m-lap-us-)\d+/, '$1123456789012345678901')] });
    expect(codes(report)).toEqual(['stampTooLarge', 'stampTooLarge', 'stampsMissing']);
  });

  it('counts that differ from what was asked are told', async () => {
    const { report } = await run({ rewrite: (line) => [line.replace('infer-start-20', 'infer-start-2')] });
    expect(report.warnings).toEqual([{ code: 'countMismatch', text: 'm-infer-start-2' }]);
  });

  it('a missing warm-up line is told', async () => {
    const { report } = await run({ rewrite: (line) => (line === 'm-warmup-done' ? [] : [line]) });
    expect(report.warnings).toEqual([{ code: 'lineMissing', text: 'm-warmup-done' }]);
  });

  it('a repeated results line counts once', async () => {
    const { report } = await run({ rewrite: before('m-results', 'm-results-[9,9,9]') });
    expect(report.results).toEqual([0.1, 0.2, 0.7]);
    expect(codes(report)).toEqual(['resultsRepeated']);
  });

  it('results that are no numbers are not used', async () => {
    const { report } = await run({ results: () => 'nan,0.5' });
    expect(report.results).toBeNull();
    expect(report.warnings).toEqual([{ code: 'resultsMalformed', text: 'nan,0.5' }]);
  });
});
