import { execFile, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { writeImage } from '../../../src/main/firmware/index.ts';
import { scratch, startCli } from '../../support/cli.ts';
import {
  buildReference,
  compileReference,
  emulatedBoards,
  noQemuReason,
  referenceModels,
} from '../../support/firmware-count.ts';

const runs = (program: string, argument: string): boolean =>
  spawnSync(program, [argument], { stdio: 'ignore' }).status === 0;
const noPtyReason = !runs('socat', '-V')
  ? 'no "socat" to make a pty'
  : !runs('python3', '--version')
    ? 'no "python3" for the runner'
    : undefined;
if (noPtyReason) console.info(`a foreign runner over a pty: ${noPtyReason}`);
if (noQemuReason) console.info(`a foreign runner against QEMU: ${noQemuReason}`);

const dataset = resolve(import.meta.dirname, '../../../resources/workloads/demo01/dataset');
/** One input a class, the label in the file's name. */
const inputs = readdirSync(dataset)
  .filter((name) => name.endsWith('.bin'))
  .filter((_, index) => index % 24 === 0);

const children: ChildProcess[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    }
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'jb-pty-'));
  folders.push(made);
  return made;
}

function start(program: string, args: readonly string[]): void {
  children.push(spawn(program, args, { stdio: 'ignore' }));
}

interface Transcript {
  name: string[];
  profile: string[];
  results: number[][];
  stamps: number[][];
}

function runner(device: string): Promise<Transcript> {
  const script = join(import.meta.dirname, 'runner.py');
  return new Promise((done, fail) => {
    execFile('python3', [script, device, ...inputs.map((name) => join(dataset, name))], (error, out, complaint) => {
      if (error) fail(new Error(`${error.message}\n${complaint}`));
      else done(JSON.parse(out) as Transcript);
    });
  });
}

/** A made-up serial device in front of a socket, as socat's documentation has it. */
function pty(socket: string): string {
  const device = join(folder(), 'dut');
  start('socat', [`pty,raw,echo=0,link=${device}`, socket]);
  return device;
}

function check(transcript: Transcript, name: string): void {
  expect(transcript.name).toContain(`m-name-dut-[${name}]`);
  expect(transcript.profile).toEqual(['m-profile-[ULPMark for tinyML Firmware V0.0.1]', 'm-model-[demo01]']);
  expect(transcript.results).toHaveLength(inputs.length);
  const correct = transcript.results.filter((scores, index) => {
    const label = Number(/_(\d+)\.bin$/.exec(inputs[index] ?? '')?.[1]);
    return scores.indexOf(Math.max(...scores)) === label;
  });
  expect(correct.length).toBeGreaterThanOrEqual(inputs.length - 2);
  for (const [first = 0, second = 0] of transcript.stamps) expect(second).toBeGreaterThan(first);
}

describe.skipIf(noPtyReason)('a foreign runner over a pty', () => {
  let ofVirtual: Transcript | undefined;

  it('measures the virtual DUT', async () => {
    const child = startCli(['virtual', '--tcp', '0', '--boot-on-first-byte'], scratch());
    children.push(child);
    const port = await new Promise<string>((done) => {
      child.stdout.on('data', (chunk: Buffer) => {
        const found = /127\.0\.0\.1:(\d+)/.exec(chunk.toString())?.[1];
        if (found !== undefined) done(found);
      });
    });
    ofVirtual = await runner(pty(`tcp:127.0.0.1:${port},nodelay`));
    check(ofVirtual, 'joulebench-virtual');
  });

  it.skipIf(noQemuReason).each(emulatedBoards)('measures %s, with the same results', async (board) => {
    const [demo] = referenceModels();
    if (!demo) throw new Error('no demo model');
    const place = folder();
    await writeImage(await buildReference(board, compileReference(demo), 'harness'), place);
    const socket = join(place, 'uart');
    start('qemu-system-arm', [
      ...['-M', board, '-display', 'none', '-monitor', 'none', '-icount', 'shift=5'],
      ...['-kernel', join(place, 'image.elf'), '-serial', `unix:${socket},server=on,wait=on`],
    ]);
    const transcript = await runner(pty(`unix-connect:${socket},retry=200,interval=0.05`));
    check(transcript, `joulebench-${board}`);
    expect(transcript.results).toEqual(ofVirtual?.results ?? transcript.results);
  });
});
