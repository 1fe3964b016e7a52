import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/main/bench/index.ts';
import { openQemuBench } from '../../../src/main/qemu/index.ts';
import type { Bench } from '../../../src/main/bench/index.ts';
import type { ByteStream } from '../../../src/main/transport/index.ts';

const windows = process.platform === 'win32';
if (windows) console.info('the process of an emulator: the stand-in needs local sockets and a shell');
const program = join(import.meta.dirname, 'stand-in.mjs');
const never = new AbortController().signal;

const open: Bench[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

function bench(machine: string, other: { program?: string; scratch?: string } = {}): Bench {
  const made = openQemuBench({
    board: machine,
    machine,
    kernel: 'none.elf',
    firmware: { name: 'made-up', sha256: '0'.repeat(64) },
    clock: systemClock(),
    platform: process.platform,
    lockId: 'one',
    program,
    ...other,
  });
  open.push(made);
  return made;
}

/** Reads until the text holds a pattern. */
function until(stream: ByteStream, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve) => {
    let text = '';
    stream.onData((chunk) => {
      text += Buffer.from(chunk).toString('latin1');
      const found = pattern.exec(text);
      if (found) resolve(found);
    });
  });
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe.skipIf(windows)('the process of an emulated bench', () => {
  it('says what it is: simulated, and on a clock of its own', () => {
    const { identity } = bench('plain');
    expect(identity).toMatchObject({ id: 'qemu:plain', simulated: true, clockComparable: false });
    expect(identity.simulation).toMatchObject({ cpuHz: 31_250_000, cyclesPerInstruction: 1, baud: 0 });
    expect(identity.instruments[0]).toMatchObject({
      role: 'dut',
      triedOnHardware: false,
      simulated: true,
      lockId: 'one',
    });
  });

  it('loses nothing of what the machine says first, carries bytes both ways, and ends with the line', async () => {
    const stream = await bench('plain').openDut(never);
    const [, pid] = await until(stream, /^pid (\d+)\r\nm-ready\r\n/);
    const echo = until(stream, /hello%/);
    await stream.write(Buffer.from('hello%'));
    await echo;
    await stream.close();
    await gone(Number(pid));
  });

  it('starts the machine anew for a new line, and ends it with the bench', async () => {
    const made = bench('plain');
    const [, first] = await until(await made.openDut(never), /^pid (\d+)/);
    const [, second] = await until(await made.openDut(never), /^pid (\d+)/);
    await gone(Number(first));
    expect(second).not.toBe(first);
    await made.close();
    await gone(Number(second));
  });

  it('removes the folder of an image that was built for it', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'jb-image-'));
    await bench('plain', { scratch }).close();
    expect(() => readdirSync(scratch)).toThrow('ENOENT');
  });

  it('names a program that is not there, and hands on why another one did not start', async () => {
    await expect(bench('plain', { program: 'no-such-qemu' }).openDut(never)).rejects.toMatchObject({
      code: 'qemu.missing',
      facts: { program: 'no-such-qemu' },
    });
    await expect(bench('refuses').openDut(never)).rejects.toMatchObject({
      code: 'qemu.startFailed',
      facts: { machine: 'refuses', reason: 'unsupported machine type' },
    });
  });

  it('tells a machine that ended by itself as the reason of the lost line', async () => {
    const stream = await bench('dies').openDut(never);
    const closed = new Promise((resolve) => stream.onClose(resolve));
    await stream.write(Buffer.from('name%'));
    expect(await closed).toMatchObject({ code: 'qemu.ended', facts: { code: 3 } });
  });

  it('does not start when it was cancelled before', async () => {
    await expect(bench('plain').openDut(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('ends when this program is killed without a chance to say so', async () => {
    const parent = spawn(process.execPath, [join(import.meta.dirname, 'parent.ts'), program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.on('data', (chunk: Buffer) => resolve(Number(/pid (\d+)/.exec(chunk.toString())?.[1])));
    });
    parent.kill('SIGKILL');
    await gone(pid);
  });
});
