import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imageManifestSchema } from '../../../src/main/firmware/index.ts';
import { cli, onlySession, scratch } from '../../support/cli.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { noQemuReason } from '../../support/firmware-count.ts';

if (noQemuReason) console.info(`joulebench run on an emulated bench: ${noQemuReason}`);
if (noDataReason) console.info(`kws01 on an emulated bench: ${noDataReason}`);

interface Answer {
  simulated: boolean;
  runs: { mode: string; verdict: string; reasons: string[]; correct?: number; inputs?: number; windows?: unknown[] }[];
}

describe.skipIf(noQemuReason)('joulebench run --bench qemu:BOARD', () => {
  it('builds the image, boots it and measures; the clock is a remark, not a failure', async () => {
    const home = scratch();
    const out = join(home, 'out');
    const args = ['run', 'demo01', '--bench', 'qemu:mps2-an386', '--out', out, '--json'];
    const result = await cli(args, home);
    expect(result.code, result.err).toBe(0);
    const answer = JSON.parse(result.out) as Answer;
    expect(answer.simulated).toBe(true);
    const [performance, accuracy] = answer.runs;
    expect(performance).toMatchObject({ mode: 'performance', verdict: 'remarks' });
    expect(performance?.windows).toHaveLength(5);
    expect(performance?.reasons.some((reason) => reason.startsWith('PERF-08'))).toBe(true);
    expect(accuracy).toMatchObject({ mode: 'accuracy', correct: 218, inputs: 240 });
    expect(existsSync(join(onlySession(out), 'report-SIMULATED.pdf'))).toBe(true);
    expect((await cli(['verify', onlySession(out)], home)).code).toBe(0);
  });

  it('takes an image that was built before', async () => {
    const home = scratch();
    const image = join(home, 'image');
    const built = await cli(['firmware', 'build', '--board', 'netduinoplus2', '--out', image, '--json'], home);
    expect(built.code, built.err).toBe(0);
    const manifest = imageManifestSchema.parse(JSON.parse(readFileSync(join(image, 'manifest.json'), 'utf8')));
    expect(JSON.parse(built.out)).toEqual({ folder: image, ...manifest });
    expect(manifest.files.map(({ name }) => name)).toEqual(['image.elf', 'image.bin', 'image.hex']);
    const run = ['run', 'demo01', '--mode', 'performance', '--min-window', '0.5', '--json', '--out', join(home, 'out')];
    const result = await cli([...run, '--bench', `qemu:netduinoplus2:${image}`], home);
    const [performance] = (JSON.parse(result.out) as Answer).runs;
    expect(performance?.windows).toHaveLength(5);
    const other = await cli([...run, '--bench', `qemu:mps2-an386:${image}`], home);
    expect([other.code, other.err.split('\n')[0]]).toEqual([2, expect.stringContaining('netduinoplus2')]);
  });

  it('refuses a board that nothing emulates, and one that nobody knows', async () => {
    const home = scratch();
    for (const board of ['nucleo-l4r5zi', 'nope']) {
      const result = await cli(['run', 'demo01', '--bench', `qemu:${board}`, '--out', join(home, 'out')], home);
      expect([result.code, result.err]).toEqual([2, expect.stringContaining('mps3-an547')]);
    }
    const unknown = await cli(['firmware', 'build', '--board', 'nope', '--out', join(home, 'image')], home);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('nucleo-l4r5zi')]);
    expect(existsSync(join(home, 'image'))).toBe(false);
  });

  it.skipIf(noDataReason)('gives 269 of the 300 official keyword inputs', async () => {
    const home = scratch();
    mkdirSync(join(home, 'out'));
    const result = await cli(
      [
        ...['run', 'kws01', '--bench', 'qemu:mps2-an386', '--mode', 'accuracy,performance', '--min-window', '1'],
        ...['--model', dataPath('models', 'kws_ref_model.tflite'), '--dataset', dataPath('datasets', 'kws01')],
        ...['--out', join(home, 'out'), '--json'],
      ],
      home,
    );
    const answer = JSON.parse(result.out) as Answer;
    expect(answer.runs.find(({ mode }) => mode === 'accuracy')).toMatchObject({ correct: 269, inputs: 300 });
    // Windows of one second are shorter than the rules allow: the performance run is judged invalid.
    expect(result.code).toBe(1);
  });
});
