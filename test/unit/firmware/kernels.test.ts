import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { demo, openDemoBench, Talk } from '../virtual/support.ts';
import { compileNative, converse, noCompilerReason } from './native.ts';

if (noCompilerReason) console.log(`skipped: ${noCompilerReason}`);

const chunks = (bytes: Uint8Array): string[] =>
  Array.from({ length: Math.ceil(bytes.length / 38) }, (_, i) =>
    Buffer.from(bytes.subarray(38 * i, 38 * i + 38)).toString('hex'),
  );

describe.skipIf(noCompilerReason)('the firmware with its kernels, compiled for this computer under sanitizers', () => {
  let program = '';
  const image = join(mkdtempSync(join(tmpdir(), 'joulebench-plan-')), 'demo01.jbm');
  beforeAll(() => {
    program = compileNative('dut', ['harness/*.c', 'nn/*.c', 'ports/host/main.c']);
    writeFileSync(image, demo.image);
  }, 120_000);

  it('answers a session as the virtual DUT does, but for name and times', async () => {
    const commands = demo.inputs
      .slice(0, 12)
      .flatMap(({ bytes }) => [
        `db load ${String(bytes.length)}`,
        ...chunks(bytes).map((digits) => `db ${digits}`),
        'db print',
        'infer 2 1',
        'results',
      ]);
    const native = converse(
      program,
      ['--clock', '7', image],
      ['profile', ...commands].map((c) => `${c}%`).join(''),
    ).text;

    const bench = await openDemoBench();
    const talk = await Talk.open(bench);
    let simulated = await talk.ready();
    for (const command of ['profile', ...commands]) simulated += `${(await talk.command(command)).join('\r\n')}\r\n`;
    await bench.close();

    const comparable = (text: string): string[] =>
      text.split('\r\n').map((line) => line.replace(/^m-lap-us-\d+$/, 'm-lap-us-'));
    expect(comparable(native)).toEqual(comparable(simulated));
    expect(native.match(/^m-results-\[/gm)?.length).toBe(24);
  });

  it('refuses an image that is none', () => {
    const broken = join(mkdtempSync(join(tmpdir(), 'joulebench-plan-')), 'broken.jbm');
    const bytes = readFileSync(image);
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(broken, bytes);
    expect(() => converse(program, [broken], '')).toThrow('refused with code 5');
  });
});
