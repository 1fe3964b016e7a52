/**
 * What the host's side of the DUT protocol costs. Prints ratios and never judges: run it with
 *   node test/bench/dut-cost.ts
 * (1) CPU time per `db` command over the in-process pipe against the time the same command takes on the wire;
 * (2) wall time per command over a pseudo terminal against a bare `serialport` loop that does the same exchange.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { systemClock } from '../../src/main/bench/index.ts';
import { DutClient } from '../../src/main/dut/index.ts';
import { createPipe, openSerial } from '../../src/main/transport/index.ts';
import type { ByteStream } from '../../src/main/transport/index.ts';

const payload = Uint8Array.from({ length: 27_648 }, (_, index) => (index * 31) & 0xff);
const chunkBytes = 31;
const commandsPerLoad = Math.ceil(payload.length / chunkBytes) + 1;
const ready = Buffer.from('m-ready\r\n');

/** The cheapest DUT that a load is happy with: answers at each `%`, counts data bytes, knows nothing else. */
function respond(bytes: Uint8Array, state: { left: number; line: string }, send: (reply: Uint8Array) => void): void {
  if (bytes[bytes.length - 1] !== 0x25 || state.line !== '') {
    state.line += Buffer.from(bytes).toString('latin1');
    if (!state.line.endsWith('%')) return;
    bytes = Buffer.from(state.line, 'latin1');
    state.line = '';
  }
  if (bytes[0] === 0x64 && bytes[3] !== 0x6c) {
    state.left -= (bytes.length - 4) / 2;
    send(state.left <= 0 ? Buffer.from('m-load-done\r\nm-ready\r\n') : ready);
    return;
  }
  const text = Buffer.from(bytes).toString('latin1');
  if (text.startsWith('db load ')) {
    state.left = Number.parseInt(text.slice(8), 10);
    send(Buffer.from(`m-[Expecting ${state.left} bytes]\r\nm-ready\r\n`));
  } else if (text === 'name%') send(Buffer.from('m-name-dut-[bench]\r\nm-ready\r\n'));
  else if (text === 'profile%') send(Buffer.from('m-profile-[bench]\r\nm-model-[vww01]\r\nm-ready\r\n'));
  else send(Buffer.from('m-lap-us-1\r\nm-ready\r\n'));
}

function attachResponder(stream: ByteStream): void {
  const state = { left: 0, line: '' };
  stream.onData((chunk) => respond(chunk, state, (reply) => void stream.write(reply)));
}

async function pipeCost(): Promise<void> {
  const [host, dut] = createPipe({ labels: ['pipe', 'pipe'] });
  attachResponder(dut);
  const client = new DutClient({ stream: host, clock: systemClock(), chunkBytes });
  await client.identify();
  for (let load = 0; load < 20; load += 1) await client.load(payload, { verify: false });
  const loads = 100;
  const before = process.cpuUsage();
  for (let load = 0; load < loads; load += 1) await client.load(payload, { verify: false });
  const used = process.cpuUsage(before);
  const perCommandUs = (used.user + used.system) / (loads * commandsPerLoad);
  console.log(
    `in-process pipe: ${perCommandUs.toFixed(2)} us of CPU per db command of ${chunkBytes} bytes, responder included`,
  );
  for (const baud of [115_200, 921_600]) {
    const wireUs = ((3 + chunkBytes * 2 + 1 + ready.length) * 10 * 1e6) / baud;
    const share = (100 * perCommandUs) / wireUs;
    console.log(
      `  against ${wireUs.toFixed(0)} us on the wire at ${baud} baud: ${share.toFixed(2)} % (goal: 5 % at most)`,
    );
  }
  await client.close();
}

/** The same exchange with nothing but the serial package: write a command, wait for the line, write the next. */
async function bareLoop(path: string, commands: readonly Buffer[]): Promise<number> {
  const port = new SerialPort({ path, baudRate: 115_200 });
  await once(port, 'open');
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    let next = 0;
    let received = '';
    port.on('error', reject);
    port.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      if (!received.endsWith('m-ready\r\n')) return;
      received = '';
      if (next === commands.length) resolve();
      else port.write(commands[next++]);
    });
    port.write(commands[next++]);
  });
  const elapsedMs = performance.now() - start;
  await new Promise((resolve) => port.close(resolve));
  return elapsedMs / commands.length;
}

async function clientLoop(path: string): Promise<number> {
  const clock = systemClock();
  const stream = await openSerial({ path, baud: 115_200, clock, platform: process.platform });
  const client = new DutClient({ stream, clock, chunkBytes });
  await client.identify();
  const start = performance.now();
  await client.load(payload, { verify: false });
  const elapsedMs = performance.now() - start;
  await client.close();
  return elapsedMs / commandsPerLoad;
}

const rounds = 20;

/** Without the first round, which pays for warming up. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.slice(1).sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

async function ptyCost(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'joulebench-bench-'));
  const near = join(folder, 'host');
  // The responder is a process of its own, so that it takes no turn of the event loop that is measured.
  const responder = spawn(
    'socat',
    [`PTY,raw,echo=0,link=${near}`, `EXEC:"${process.execPath} ${import.meta.filename} --respond"`],
    {
      stdio: 'ignore',
    },
  );
  const failed = once(responder, 'error').then(() => false);
  const started = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 1000));
  if (!(await Promise.race([failed, started]))) {
    console.log('pty: socat is not installed, so this part cannot run');
    return;
  }
  const commands = [Buffer.from(`db load ${payload.length}%`)];
  for (let at = 0; at < payload.length; at += chunkBytes) {
    commands.push(Buffer.from(`db ${Buffer.from(payload.subarray(at, at + chunkBytes)).toString('hex')}%`));
  }
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    bare.push(await bareLoop(near, commands));
    ours.push(await clientLoop(near));
  }
  for (const [name, pick] of [
    ['median', 0.5],
    ['best', 0],
  ] as const) {
    const [bareMs, oursMs] = [quantile(bare, pick), quantile(ours, pick)];
    console.log(
      `pty: ${(oursMs * 1000).toFixed(0)} us per command, bare serialport loop ${(bareMs * 1000).toFixed(0)} us: ` +
        `${(oursMs / bareMs).toFixed(2)} times (goal: 1.25 at most; ${name} of ${rounds} rounds in turn)`,
    );
  }
  responder.kill();
  await rm(folder, { recursive: true, force: true });
}

if (process.argv.includes('--respond')) {
  const state = { left: 0, line: '' };
  process.stdin.on('data', (chunk: Buffer) => respond(chunk, state, (reply) => process.stdout.write(reply)));
} else {
  await pipeCost();
  await ptyCost();
}
