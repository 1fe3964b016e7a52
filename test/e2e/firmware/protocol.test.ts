import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/main/bench/index.ts';
import { buildImage, systemTools, writeImage } from '../../../src/main/firmware/index.ts';
import { EdgeReader, startEmulator } from '../../../src/main/qemu/index.ts';
import type { Edge, Emulator } from '../../../src/main/qemu/index.ts';
import { PlanRunner, readVirtualFirmware } from '../../../src/main/virtual/index.ts';
import {
  buildReference,
  compileReference,
  emulatedBoards,
  firmwareDir,
  noQemuReason,
  referenceModels,
} from '../../support/firmware-count.ts';

if (noQemuReason) console.info(`the protocol on emulated targets: ${noQemuReason}`);

const root = resolve(import.meta.dirname, '../../..');
const [demo] = referenceModels();
if (!demo) throw new Error('no demo model');
const model = compileReference(demo);
const scratch = mkdtempSync(join(tmpdir(), 'jb-protocol-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const running: Emulator[] = [];
afterEach(async () => {
  for (const emulator of running.splice(0)) {
    for (const socket of emulator.sockets) socket.destroy();
    await emulator.stop();
  }
});

/** A conversation with an emulated board: one command at a time, until `m-ready`. */
class Talk {
  readonly edges: Edge[] = [];
  readonly #uart: Emulator['sockets'][number];
  #text = '';
  #wake: () => void = () => undefined;

  constructor(emulator: Emulator) {
    const [uart, events] = emulator.sockets;
    if (!uart || !events) throw new Error('two UARTs');
    this.#uart = uart;
    uart.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('latin1');
      this.#wake();
    });
    const reader = new EdgeReader();
    events.on('data', (chunk: Buffer) => this.edges.push(...reader.push(chunk)));
  }

  /** The lines up to and without the next `m-ready`. */
  async answer(): Promise<string[]> {
    const end = 'm-ready\r\n';
    while (!this.#text.includes(end)) await new Promise<void>((wake) => (this.#wake = wake));
    const at = this.#text.indexOf(end);
    const text = this.#text.slice(0, at);
    this.#text = this.#text.slice(at + end.length);
    return text.split('\r\n').slice(0, -1);
  }

  command(text: string | Uint8Array): Promise<string[]> {
    this.#uart.write(text);
    return this.answer();
  }

  async load(payload: Uint8Array): Promise<void> {
    await this.command(`db load ${payload.length}%`);
    for (let at = 0; at < payload.length; at += 31) {
      await this.command(`db ${Buffer.from(payload.subarray(at, at + 31)).toString('hex')}%`);
    }
  }
}

async function boot(board: string, kernel: string): Promise<Talk> {
  const emulator = await startEmulator({
    machine: board,
    kernel,
    uarts: 2,
    clock: systemClock(),
    platform: process.platform,
  });
  running.push(emulator);
  return new Talk(emulator);
}

describe.skipIf(noQemuReason).each(emulatedBoards)('the firmware on %s', (board) => {
  const folder = join(scratch, board);
  const kernel = join(folder, 'image.elf');
  beforeAll(async () => writeImage(await buildReference(board, model, 'harness'), folder));

  it('boots, answers the handshake, passes its self-check and knows its memory', async () => {
    const talk = await boot(board, kernel);
    const booted = await talk.answer();
    expect([booted[0], booted[2]]).toEqual(['m-timestamp-mode-performance', 'm-init-done']);
    expect(booted[1]).toMatch(/^m-lap-us-\d+$/);
    expect(await talk.command('name%')).toEqual([`m-name-dut-[joulebench-${board}]`]);
    expect(await talk.command('profile%')).toEqual([
      'm-profile-[ULPMark for tinyML Firmware V0.0.1]',
      'm-model-[demo01]',
    ]);
    expect(await talk.command('selftest%')).toEqual(['m-selftest-[pass]']);
    const [memory] = await talk.command('memory%');
    const { flash, ram } = (
      JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
        memory: {
          flash: { total: number };
          ram: { data: number; bss: number; arena: number; payload: number; stack: number };
        };
      }
    ).memory;
    const figures = new RegExp(
      `^m-memory-\\[flash ${flash.total},data ${ram.data + ram.bss},arena ${ram.arena},payload ${ram.payload},stack ${ram.stack},stack-used (\\d+)\\]$`,
    );
    expect(memory).toMatch(figures);
    expect(Number(figures.exec(memory ?? '')?.[1])).toBeLessThan(ram.stack / 2);
  });

  it('gives the results of the virtual DUT, timed in the order of the protocol', async () => {
    const talk = await boot(board, kernel);
    await talk.answer();
    const payload = readFileSync(join(root, 'resources/workloads/demo01/dataset/demo_000000_Down_0.bin'));
    await talk.load(payload);
    const answer = await talk.command('infer 3 1%');
    const shape = answer.map((line) => line.replace(/\d+$/, '').replace(/\[.*/, ''));
    expect(shape).toEqual([
      'm-warmup-start-',
      'm-warmup-done',
      'm-infer-start-',
      'm-lap-us-',
      'm-lap-us-',
      'm-infer-done',
      'm-results-',
    ]);
    const runner = new PlanRunner(
      await readVirtualFirmware(join(root, 'resources/firmware/virtual')),
      model.image,
      model.name,
    );
    const output = runner.run(new Int8Array(payload)).at(-1) ?? new Int8Array();
    const { scale, zeroPoint } = model.plan.output;
    const results = answer.at(-1)?.slice('m-results-['.length, -1).split(',').map(Number);
    expect(results).toEqual([...output].map((value) => Number((scale * (value - zeroPoint)).toFixed(3))));
    const [start = 0, end = 0] = answer
      .filter((line) => line.startsWith('m-lap-us-'))
      .map((line) => Number(line.slice(9)));
    expect(end - start).toBeGreaterThan(1000);
  });

  it('pulses instead of printing stamps in energy mode, and comes back', async () => {
    const talk = await boot(board, kernel);
    await talk.answer();
    expect(await talk.command('mode energy%')).toEqual(['m-timestamp-mode-energy', 'm-init-done']);
    expect(await talk.command('timestamp%')).toEqual([]);
    expect((await talk.command('mode performance%'))[0]).toBe('m-timestamp-mode-performance');
    // Records of the second UART may arrive after the answers of the first.
    while (talk.edges.length < 4) await new Promise((wake) => setTimeout(wake, 5));
    expect(talk.edges.map(({ level }) => level)).toEqual([0, 1, 0, 1]);
    const [fall, rise] = talk.edges;
    const widthUs = (rise?.atUs ?? 0) - (fall?.atUs ?? 0);
    expect(widthUs).toBeGreaterThanOrEqual(1000);
    expect(widthUs).toBeLessThan(1100);
  });

  it('survives what the reference parser does not', async () => {
    const talk = await boot(board, kernel);
    await talk.answer();
    expect(await talk.command('%')).toEqual([]);
    expect(await talk.command('db load 99999999%')).toEqual([
      `e-[Supplied buffer size 99999999 exceeds maximum of ${model.plan.input.payloadBytes}]`,
    ]);
    expect(await talk.command('db 0011%')).toEqual(["e-[Command 'db' requires a 'db load' first]"]);
    expect(await talk.command(`${'x'.repeat(3000)}%`)).toEqual([`e-[Unknown command: ${'x'.repeat(80)}]`]);
    const noise = Uint8Array.from({ length: 4000 }, (_, index) => (index * 89 + (index >> 3)) & 0xff).filter(
      (value) => value !== 0x25,
    );
    expect((await talk.command(Buffer.concat([noise, Buffer.from('%')])))[0]).toMatch(/^e-\[/);
    // Many commands at once, while the first ones keep the board busy: the ring fills, and the line's back pressure holds the rest.
    const [slow, many] = [40, 600];
    const answers = [await talk.command('selftest%'.repeat(slow) + 'name%'.repeat(many))];
    while (answers.length < slow + many) answers.push(await talk.answer());
    expect(new Set(answers.slice(0, slow).flat())).toEqual(new Set(['m-selftest-[pass]']));
    expect(new Set(answers.slice(slow).flat())).toEqual(new Set([`m-name-dut-[joulebench-${board}]`]));
    expect(await talk.command('selftest%')).toEqual(['m-selftest-[pass]']);
  });
});

describe.skipIf(noQemuReason)('the self-check', () => {
  it('names the operator whose output is not the known one', async () => {
    const runner = new PlanRunner(
      await readVirtualFirmware(join(root, 'resources/firmware/virtual')),
      model.image,
      model.name,
    );
    const image = await buildImage({
      firmwareDir,
      board: 'mps2-an386',
      model,
      runOps: (input) =>
        runner.run(input).map((output, index) => (index < 3 ? output : output.map((value) => value ^ 1))),
      run: systemTools(process.env),
    });
    const folder = join(scratch, 'wrong');
    await writeImage(image, folder);
    const talk = await boot('mps2-an386', join(folder, 'image.elf'));
    await talk.answer();
    const [detail, verdict] = await talk.command('selftest%');
    expect(detail).toMatch(/^m-\[Operator 3: checksum [0-9a-f]{8}, expected [0-9a-f]{8}\]$/);
    expect(verdict).toBe('m-selftest-[fail op 3]');
    expect(await talk.command('results%')).toEqual(['e-[No inference has been run]']);
  });
});
