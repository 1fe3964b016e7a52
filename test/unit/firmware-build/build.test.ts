import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  buildImage,
  emulatedPorts,
  encodeKnownAnswers,
  hashSources,
  knownAnswers,
  listPorts,
  listSources,
  readImage,
  readPort,
  systemTools,
  writeImage,
} from '../../../src/main/firmware/index.ts';
import type { BuildOptions, RunTool } from '../../../src/main/firmware/index.ts';
import { compilePlan, generateInput, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { makeElf } from './elf.ts';

const firmwareDir = resolve(import.meta.dirname, '../../../firmware');
const modelFile = resolve(import.meta.dirname, '../../../resources/workloads/demo01/model.tflite');
const modelBytes = readFileSync(modelFile);
const { image } = compilePlan(readTflite(modelBytes, { name: 'model.tflite' }), { workloadId: 'demo01' });
const plan = readPlanImage(image);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const model = { name: 'model.tflite', sha256: sha256(modelBytes), image };
const runOps = (): Int8Array[] => plan.ops.map((_, index) => Int8Array.of(index));
const scratch = (): string => mkdtempSync(join(tmpdir(), 'jb-build-'));

/** A toolchain that only writes what it is asked for. */
const madeUp: RunTool = (tool, args, cwd) => {
  const output = args[args.indexOf('-o') + 1] ?? '';
  if (args[0] === '--version') return Promise.resolve({ code: 0, output: `${tool} 1.2.3\nmore` });
  if (tool === 'arm-none-eabi-objcopy') writeFileSync(join(cwd, args[3] ?? ''), args[1] ?? '');
  else if (output.endsWith('.elf')) writeFileSync(output, makeElf([{ name: '.text', bytes: 100 }]));
  return Promise.resolve({ code: 0, output: '' });
};
const build = (options: Partial<BuildOptions> = {}): ReturnType<typeof buildImage> =>
  buildImage({ firmwareDir, board: 'nucleo-l4r5zi', model, runOps, run: madeUp, ...options });

describe('the ports', () => {
  it('are all readable, named like their folders, and say that none of them ran on its board', async () => {
    const ids = await listPorts(firmwareDir);
    expect(ids).toEqual(
      expect.arrayContaining(['mps2-an386', 'mps2-an500', 'mps3-an547', 'netduinoplus2', 'nucleo-l4r5zi', 'template']),
    );
    for (const id of ids) {
      expect((await readPort(firmwareDir, id)).ranOnBoard).toBe(false);
      expect(readdirSync(join(firmwareDir, 'ports', id))).toContain('README.md');
    }
    expect(await emulatedPorts(firmwareDir)).toEqual(['mps2-an386', 'mps2-an500', 'mps3-an547', 'netduinoplus2']);
  });

  it('are refused with the field that is wrong', async () => {
    const folder = scratch();
    const write = (text: string): void => {
      mkdirSync(join(folder, 'ports/one'), { recursive: true });
      writeFileSync(join(folder, 'ports/one/port.json'), text);
    };
    const good = readFileSync(join(firmwareDir, 'ports/template/port.json'), 'utf8');
    write('{');
    await expect(readPort(folder, 'one')).rejects.toMatchObject({ code: 'firmware.portFile' });
    write(good);
    await expect(readPort(folder, 'one')).rejects.toMatchObject({ facts: { problem: 'id: template' } });
    write(good.replace('"irqs": 96', '"irqs": 0'));
    await expect(readPort(folder, 'one')).rejects.toThrow(/irqs/);
    await expect(readPort(folder, 'two')).rejects.toMatchObject({ facts: { board: 'two', known: ['one'] } });
    await expect(listPorts(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'firmware.sourcesMissing' });
  });
});

describe('a build', () => {
  it('gives the files of the port and a manifest that describes them', async () => {
    const built = await build({ pulseUs: 7, commit: 'c'.repeat(40) });
    const { manifest, files } = built;
    expect(files.map(({ name }) => name)).toEqual(['image.elf', 'image.bin', 'image.hex']);
    expect(manifest.files).toEqual(
      files.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    );
    expect(manifest.board).toMatchObject({ id: 'nucleo-l4r5zi', ranOnBoard: false, emulator: null });
    expect(manifest.model).toMatchObject({ id: 'demo01', sha256: model.sha256, planSha256: sha256(image) });
    expect(manifest.memory.flash.code).toBe(100);
    expect(manifest.compiler.version).toBe('arm-none-eabi-gcc 1.2.3');
    expect(manifest.kernels.length).toBeGreaterThan(3);
    expect([manifest.pulseUs, manifest.commit]).toEqual([7, 'c'.repeat(40)]);
    expect(manifest.knownAnswers).toEqual({ seed: 1, operators: plan.ops.length });
  });

  it('names the tool that is missing', async () => {
    const failing = build({ run: systemTools({ PATH: '' }) });
    await expect(failing).rejects.toMatchObject({
      code: 'firmware.toolchainMissing',
      facts: { tool: 'arm-none-eabi-gcc' },
    });
  });

  it('hands on what the compiler says, with the file', async () => {
    const run: RunTool = (tool, args, cwd) =>
      args.includes('nn/jb_softmax_s8.c')
        ? Promise.resolve({ code: 1, output: 'no such insn\n' })
        : madeUp(tool, args, cwd);
    await expect(build({ run })).rejects.toMatchObject({
      code: 'firmware.compile',
      facts: { file: 'nn/jb_softmax_s8.c', output: 'no such insn' },
    });
  });

  it('says by how much a model does not fit, before and after the linker', async () => {
    const large = { ...model, image: new Uint8Array(image) };
    const folder = scratch();
    cpSync(firmwareDir, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
    const portFile = join(folder, 'ports/template/port.json');
    const text = readFileSync(portFile, 'utf8');
    writeFileSync(portFile, text.replace('"ramBytes": 131072', '"ramBytes": 5000'));
    const needed = plan.arenaBytes + plan.input.payloadBytes + 4096;
    await expect(build({ firmwareDir: folder, board: 'template', model: large })).rejects.toMatchObject({
      code: 'firmware.tooLarge',
      facts: { model: 'model.tflite', board: 'template', memory: 'ram', needed, available: 5000 },
    });
    writeFileSync(portFile, text.replace('"flashBytes": 1048576', '"flashBytes": 1000'));
    await expect(build({ firmwareDir: folder, board: 'template' })).rejects.toMatchObject({
      facts: { memory: 'flash', needed: image.length, available: 1000 },
    });
    const run: RunTool = (tool, args, cwd) =>
      args.includes('-T')
        ? Promise.resolve({ code: 1, output: "ld: region `RAM' overflowed by 88 bytes" })
        : madeUp(tool, args, cwd);
    await expect(build({ run })).rejects.toMatchObject({
      facts: { memory: 'ram', needed: 655_360 + 88, available: 655_360 },
    });
  });
});

describe('an image on disk', () => {
  it('is read back for its board and plan, and refused otherwise', async () => {
    const folder = join(scratch(), 'image');
    await writeImage(await build(), folder);
    const expected = { board: 'nucleo-l4r5zi', planSha256: sha256(image) };
    expect((await readImage(folder, expected)).board.id).toBe('nucleo-l4r5zi');
    expect(readdirSync(folder).sort()).toEqual(['image.bin', 'image.elf', 'image.hex', 'manifest.json']);
    await expect(readImage(folder, { ...expected, board: 'template' })).rejects.toMatchObject({
      code: 'firmware.imageOther',
    });
    await expect(readImage(folder, { ...expected, planSha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'firmware.imageOther',
    });
    writeFileSync(join(folder, 'image.bin'), 'changed');
    await expect(readImage(folder, expected)).rejects.toMatchObject({ facts: { file: join(folder, 'image.bin') } });
    writeFileSync(join(folder, 'manifest.json'), '{"format":2}');
    await expect(readImage(folder, expected)).rejects.toMatchObject({ code: 'firmware.imageUnusable' });
    await expect(readImage(join(folder, 'no'), expected)).rejects.toMatchObject({ facts: { problem: 'ENOENT' } });
  });

  it('names the file that cannot be written', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'image.elf'));
    await expect(writeImage(await build(), folder)).rejects.toMatchObject({
      code: 'firmware.write',
      facts: { file: join(folder, 'image.elf') },
    });
    expect(readdirSync(folder)).toEqual(['image.elf']);
  });
});

describe('known answers', () => {
  it('are checksums of what the proven kernels gave for the seed, as words', async () => {
    const inputs: Int8Array[] = [];
    const known = await knownAnswers(plan, (input) => {
      inputs.push(input);
      return [Int8Array.of(1, -2), Int8Array.of(3)];
    });
    expect(inputs).toEqual([generateInput(1, plan.input.bytes)]);
    expect(known.operators).toEqual([crc32(Uint8Array.of(1, 254)), crc32(Uint8Array.of(3))]);
    const words = new Uint32Array(encodeKnownAnswers(known).buffer);
    expect([...words]).toEqual([1, 2, ...known.operators]);
  });
});

describe('the hash of the sources', () => {
  it('does not depend on line ends, but on every name and byte', async () => {
    const folder = scratch();
    for (const sub of ['harness', 'nn', 'ports/common', 'ports/x']) mkdirSync(join(folder, sub), { recursive: true });
    writeFileSync(join(folder, 'nn/a.c'), 'a\nb\n');
    writeFileSync(join(folder, 'nn/notes.txt'), 'not a source');
    const files = await listSources(folder, 'x');
    expect(files).toEqual(['nn/a.c']);
    const first = await hashSources(folder, files);
    writeFileSync(join(folder, 'nn/a.c'), 'a\r\nb\r\n');
    expect(await hashSources(folder, files)).toBe(first);
    writeFileSync(join(folder, 'nn/a.c'), 'a\nc\n');
    expect(await hashSources(folder, files)).not.toBe(first);
  });
});
