import { describe, expect, it } from 'vitest';
import { readLog } from '../../../../src/main/audit/read/index.ts';
import type { RunLog } from '../../../../src/main/audit/read/index.ts';
import { madePerformanceRun } from '../../../support/audit/eembc-run.ts';
import { pieces } from '../../../support/audit/pieces.ts';

const read = (text: string, size?: number): Promise<RunLog> => readLog(pieces(text, size));

/** The lines of one inference, with a header by which the runner is known. */
const inference = (...lines: string[]): string =>
  [
    '00001.000 session: m-session-start-id[1]',
    '00001.001 parser: Command "bload dut "C:\\data\\kws01\\a.bin""',
    '00001.002 parser: Command "dut infer 10 1"',
    ...lines,
  ].join('\r\n');

describe('the log of the older runner', () => {
  it('gives the same however it is cut', async () => {
    const { log } = madePerformanceRun();
    const whole = await read(log, 1_000_000);
    expect(whole).toMatchObject({
      runner: 'eembc',
      sessions: ['20230101120000'],
      ends: 1,
      version: '3.0.10',
      plugin: 'performance',
      runMode: 'bmark',
      model: 'kws01',
      configuredModel: 'kws01',
      profile: 'ULPMark for tinyML Firmware V0.0.1',
    });
    expect(whole.infers).toHaveLength(5);
    expect(whole.infers[0]).toMatchObject({ file: 'tst_000000_Stop_7.bin', inferences: 1000, warmups: 1, done: true });
    expect(whole.infers[0]?.stamps.map((stamp) => stamp.us)).toEqual([5_300_007, 15_500_007]);
    for (const size of [1, 13, 4096]) expect(await read(log, size)).toEqual(whole);
  });

  it('takes what submitters make of it: echoes, prompts, escapes, glued text, bare line feeds', async () => {
    const log = await read(
      inference(
        '00001.003 dut: infer 10 1%m-warmup-start-1',
        '00001.004 dut: dut: m-warmup-done',
        '00001.005 dut: th_load_tensor starting at 380137430m-infer-start-10',
        'm-lap-us-1000',
        '00002.000 dut: Done \u001b[32mOK\u001b[0mm-lap-us-2000',
        '00002.001 dut: m-infer-done',
        '00002.002 dut: Type errorm-results-[0.1,0.9,]',
        '00002.003 dut: dut: m-ready',
      ),
    );
    expect(log.infers).toHaveLength(1);
    expect(log.infers[0]).toMatchObject({
      stamps: [
        { us: 1000, hostS: 1.005 },
        { us: 2000, hostS: 2 },
      ],
      results: [0.1, 0.9],
      done: true,
    });
  });

  it('tells errors and reboots inside an inference from those beside it', async () => {
    const log = await read(
      `${inference(
        '00001.003 dut: e-[Unknown command: x]',
        '00001.004 dut: m-timestamp-mode-performance',
        '00001.005 dut: m-infer-start-10',
        '00001.006 dut: m-infer-done',
        '00001.007 dut: m-results-[1]',
        '00001.008 dut: m-ready',
      )}\n00001.009 dut: e-[late]\n00001.010 dut: m-profile-[x]`,
    );
    expect(log.incidents.map(({ kind, insideInfer, line }) => [kind, insideInfer, line])).toEqual([
      ['error', true, 4],
      ['reboot', true, 5],
      ['error', false, 10],
    ]);
  });

  it('knows an inference whose load is missing, and a vector that is none', async () => {
    const log = await read(
      '00001.000 parser: Command "dut infer 1 0"\n00001.001 dut: m-infer-start-1\n00001.002 dut: m-infer-done\n' +
        '00001.003 dut: m-results-[1,x]\n00001.004 dut: m-ready',
    );
    expect(log.sessions).toEqual([]);
    expect(log.infers[0]).toMatchObject({ file: null, results: null, unreadableResults: true });
  });

  it('reads the energy monitor, the voltage and what was dropped', async () => {
    const log = await read(
      [
        '00001.000 parser: m-bmark-run-name[ML Energy 1.0.1]-code[ulp-ml]',
        '00001.001 emon: m-regfile-fn[trace1-energy.bin]-type[emon]-name[js110]',
        '00001.002 emon: m-voltage-mv[1800]',
        '00001.003 emon: m-[Dropped 5 packets out of 1000, 0.5%]',
      ].join('\n'),
    );
    expect(log).toMatchObject({ plugin: 'energy', monitor: 'js110', voltageV: 1.8, droppedShare: 0.005 });
  });

  it('notes the first path with a name in it', async () => {
    const log = await read(
      inference('00001.100 parser: m-bm-cfg-val[C:\\Users\\Ada\\eembc]\n00001.101 x: /home/bob/x'),
    );
    expect(log.personal).toEqual({ text: 'C:\\Users\\Ada', line: 4 });
  });

  it("is nobody's when it is another text", async () => {
    expect(await read('hello\nworld\n')).toMatchObject({ runner: null, infers: [], lines: 2 });
    expect(await read('')).toMatchObject({ runner: null, lines: 0 });
  });
});
