import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkVectors, compilePlan, readTflite } from '../../../src/main/model/index.ts';
import { compileFirmware, openVirtualBench, PlanRunner, readVirtualFirmware } from '../../../src/main/virtual/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { argMax, costTable, demo, firmware, firmwareFolder, laps, resources, results, Talk } from './support.ts';

const portFolder = resolve(import.meta.dirname, '../../../firmware/ports/virtual');
const build = join(portFolder, 'build.mjs');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Why the build is not repeated here, in the words of the committed list of expected skips. */
const noPinnedCompilerReason = existsSync(join(portFolder, 'node_modules/@yowasp/clang'))
  ? undefined
  : 'pinned compiler absent: run `npm ci` in firmware/ports/virtual';
for (const reason of [noDataReason, noPinnedCompilerReason]) if (reason) console.log(`skipped: ${reason}`);

describe('the committed firmware', () => {
  it('is as old as its sources, flags and compiler version: else run firmware/ports/virtual/build.mjs', () => {
    const described = JSON.parse(execFileSync(process.execPath, [build, '--describe'], { encoding: 'utf8' })) as object;
    expect(firmware.manifest).toMatchObject(described);
    expect(firmware.manifest.simd).toBe(true);
  });

  it('is the file that its manifest describes', () => {
    expect(sha256(firmware.wasm)).toBe(firmware.manifest.sha256);
    expect(firmware.wasm.length).toBe(firmware.manifest.bytes);
    const module = compileFirmware(firmware);
    expect(
      WebAssembly.Module.imports(module)
        .map(({ module: from, name }) => `${from}.${name}`)
        .sort(),
    ).toEqual(['jb.mark', 'jb.now_us', 'jb.pin', 'jb.tx']);
    const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(exports).toEqual(expect.arrayContaining(['memory', 'jb_abi', 'jb_boot', 'jb_feed', 'jb_step']));
  });

  it('names no path of a computer', () => {
    const text = Buffer.from(firmware.wasm).toString('latin1');
    expect(text).not.toMatch(/\/(home|work|root|tmp|Users)\//);
  });
});

describe('reading the firmware', () => {
  function copy(change: { manifest?: string; wasm?: Uint8Array }): string {
    const folder = mkdtempSync(join(tmpdir(), 'joulebench-firmware-'));
    writeFileSync(join(folder, 'virtual.wasm'), change.wasm ?? firmware.wasm);
    writeFileSync(join(folder, 'manifest.json'), change.manifest ?? JSON.stringify(firmware.manifest));
    return folder;
  }

  it('refuses a module that is not the one described, before anything of it runs', async () => {
    const wasm = Uint8Array.from(firmware.wasm);
    wasm[wasm.length - 1] = (wasm.at(-1) ?? 0) ^ 1;
    const changed = await readVirtualFirmware(copy({ wasm }));
    expect(() => compileFirmware(changed)).toThrow('virtual.firmwareHash');
    const options = { image: demo.image, model: 'demo01', firmware: changed, costTable, useWorker: false };
    await expect(openVirtualBench(options)).rejects.toThrow('virtual.firmwareHash');
    expect(() => new PlanRunner(changed, demo.image, 'demo01')).toThrow('virtual.firmwareHash');
  });

  it('refuses another interface version, an unreadable manifest and a missing file', async () => {
    const other = { ...firmware, manifest: { ...firmware.manifest, abi: 99 } };
    expect(() => compileFirmware(other)).toThrow('virtual.firmwareAbi');
    for (const manifest of ['', '{}', '{"format":7}']) {
      await expect(readVirtualFirmware(copy({ manifest }))).rejects.toThrow('virtual.firmwareManifest');
    }
    await expect(readVirtualFirmware(join(tmpdir(), 'not-there-at-all'))).rejects.toThrow('virtual.firmwareMissing');
  });

  it('refuses an image that is too large, and one that is damaged', () => {
    const large = new Uint8Array(firmware.manifest.memory.modelBytes + 1);
    expect(() => new PlanRunner(firmware, large, 'giant')).toThrow(/virtual\.modelTooLarge.*"part":"image"/);
    const damaged = demo.image.slice();
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    expect(() => new PlanRunner(firmware, damaged, 'demo01')).toThrow(/virtual\.modelRefused.*"code":5/);
  });
});

describe('a model that the virtual DUT cannot hold', () => {
  /** A pool over a whole picture of one channel. */
  function pool(height: number, width: number): Uint8Array {
    const scale = { scales: [0.5], zeroPoints: [0] };
    const model = buildTflite({
      tensors: [
        { shape: [1, height, width, 1], ...scale },
        { shape: [1, height / 10, width / 10, 1], ...scale },
      ],
      operators: [
        {
          code: 'AVERAGE_POOL_2D',
          inputs: [0],
          outputs: [1],
          padding: 'VALID',
          filterH: 10,
          filterW: 10,
          strideH: 10,
          strideW: 10,
        },
      ],
      inputs: [0],
      outputs: [1],
    });
    return compilePlan(readTflite(model), { inputFormat: 'int8', result: 'scores' }).image;
  }

  it('is refused with what it needs and what there is', async () => {
    const { arenaBytes, payloadBytes } = firmware.manifest.memory;
    const bench = (image: Uint8Array): Promise<unknown> =>
      openVirtualBench({ image, model: 'wide', firmware, costTable, useWorker: false });
    await expect(bench(pool(800, 600))).rejects.toMatchObject({
      code: 'virtual.modelTooLarge',
      facts: { model: 'wide', part: 'arena', available: arenaBytes },
    });
    await expect(bench(pool(200, 200))).rejects.toMatchObject({
      facts: { model: 'wide', part: 'input', needed: 40_000, available: payloadBytes },
    });
    expect(new PlanRunner(firmware, pool(100, 200), 'fits').run(new Int8Array(20_000).fill(9))[0]?.length).toBe(200);
  });
});

describe('running a plan past the protocol', () => {
  it("gives every operator's output: the demo model's known vectors", async () => {
    const model = readFileSync(join(resources, 'workloads/demo01/model.tflite'));
    const vectors = readFileSync(join(resources, 'workloads/demo01/golden.json'), 'utf8');
    const runner = new PlanRunner(firmware, demo.image, 'demo01');
    const result = await checkVectors(vectors, sha256(model), (input) => runner.run(input), sha256);
    expect(result.vectors.length).toBeGreaterThan(0);
    expect(result.vectors.every(({ passed }) => passed)).toBe(true);
    expect(() => runner.run(new Int8Array(3))).toThrow(RangeError);
  });

  const official = [
    'kws_ref_model',
    'vww_96_int8',
    'pretrainedResnet_quant',
    'pretrainedResnet_large_int8',
    'ad01_int8',
    'str_ww_ref_model',
  ];
  it.skipIf(noDataReason).each(official)('gives the known vectors of %s', async (name) => {
    const model = readFileSync(dataPath('models', `${name}.tflite`));
    const runner = new PlanRunner(firmware, compilePlan(readTflite(model)).image, name);
    const vectors = readFileSync(dataPath('models', 'golden.json'), 'utf8');
    const result = await checkVectors(vectors, sha256(model), (input) => runner.run(input), sha256);
    expect(result.passed).toBe(true);
  });
});

describe.skipIf(noPinnedCompilerReason)('a build from the present sources', () => {
  const scalar = mkdtempSync(join(tmpdir(), 'joulebench-scalar-'));
  const again = mkdtempSync(join(tmpdir(), 'joulebench-again-'));
  const run = promisify(execFile);
  beforeAll(async () => {
    await run(process.execPath, [build, '--out', again]);
    await run(process.execPath, [build, '--scalar', '--out', scalar]);
  }, 300_000);

  it('has the bytes of the committed file', async () => {
    const rebuilt = await readVirtualFirmware(again);
    expect(rebuilt.manifest).toEqual(firmware.manifest);
    expect(Buffer.compare(rebuilt.wasm, firmware.wasm)).toBe(0);
  });

  it('without SIMD gives the same transcript, with every cycle stamp', async () => {
    const transcript = async (folder: string): Promise<{ hash: string; correct: number; lap: number }> => {
      const bench = await openVirtualBench({
        image: demo.image,
        model: 'demo01',
        firmware: await readVirtualFirmware(folder),
        costTable,
        useWorker: false,
      });
      const talk = await Talk.open(bench);
      await talk.ready();
      let correct = 0;
      let lap = 0;
      for (const { bytes, label } of demo.inputs.slice(0, 60)) {
        await talk.load(bytes);
        const reply = await talk.command('infer 2 1');
        lap = laps(reply)[1] ?? 0;
        if (argMax(results(reply)) === label) correct++;
      }
      await bench.close();
      return { hash: talk.hash, correct, lap };
    };
    const [simd, plain] = [await transcript(firmwareFolder), await transcript(scalar)];
    expect(simd.correct).toBeGreaterThan(50);
    expect(plain).toEqual(simd);
  });
});
