import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorAnswerSchema } from '../../../src/shared/domain/cli-json.ts';
import type { FlashToolId } from '../../../src/shared/domain/flash.ts';
import type { VirtualProbeOptions } from '../../rig/probe/index.ts';
import { cli } from '../../support/cli.ts';
import type { CliResult } from '../../support/cli.ts';
import { FlashBench, noToolReason } from './bench.ts';

const toolIds = ['openocd', 'pyocd'] as const;

/** A command that ends in a fault: its answer is JSON, and people are told what to do. */
export function faultOf(ran: CliResult): { code: string; facts: Record<string, unknown> } {
  const { error } = errorAnswerSchema.parse(JSON.parse(ran.out));
  expect(ran.err).toContain(error.what);
  expect(error.remedies.length).toBeGreaterThan(0);
  for (const remedy of error.remedies) expect(ran.err).toContain(remedy);
  expect(ran.err).not.toMatch(/\{\w+\}|undefined/);
  return error;
}

interface Refusal {
  name: string;
  tools: readonly FlashToolId[];
  options?: Partial<VirtualProbeOptions>;
  board?: string;
  code: string;
  exit: number;
}

const refusals: readonly Refusal[] = [
  {
    name: 'another chip',
    tools: toolIds,
    options: { faults: { wrongChip: true } },
    code: 'flash.deviceWrong',
    exit: 3,
  },
  {
    name: 'a target without power',
    // pyOCD's remote probe has no measure of the voltage.
    tools: ['openocd'],
    options: { faults: { voltageV: 0.2 } },
    code: 'flash.targetNoPower',
    exit: 3,
  },
  {
    name: 'a locked device',
    tools: toolIds,
    options: { chip: 'nrf52', faults: { locked: true } },
    board: 'nrf52840-dk',
    code: 'flash.deviceLocked',
    exit: 3,
  },
  { name: 'no answer', tools: toolIds, options: { faults: { noAck: true } }, code: 'flash.targetNoAck', exit: 3 },
  { name: 'a probe held', tools: toolIds, options: { faults: { probeBusy: true } }, code: 'flash.probeBusy', exit: 3 },
  { name: 'no server', tools: toolIds, options: { faults: { noServer: true } }, code: 'flash.probeMissing', exit: 3 },
];

/** What a tool does not do, and what is told of the board then. */
export function describeRefusals(tool: FlashToolId): void {
  if (noToolReason[tool]) console.info(`refusals with ${tool}: ${noToolReason[tool]}`);
  describe.skipIf(noToolReason[tool])(`joulebench flash with ${tool} refuses`, () => {
    it.each(refusals.filter(({ tools }) => tools.includes(tool)))(
      '$name before anything is erased',
      async ({ options, board, code, exit }) => {
        await FlashBench.with(async (bench) => {
          const image = bench.image(3096);
          const base = `0x${bench.probe.flashAddress.toString(16)}`;
          const args = bench.args(tool, ['--image', image.path, '--base', base, '--json'], board);
          const ran = await cli(args, bench.home);
          expect([faultOf(ran).code, ran.code]).toEqual([code, exit]);
          expect(await bench.expectTruth()).toMatchObject({ state: 'untouched', image: { sha256: image.sha256 } });
          expect(bench.probe.programmedBytes).toBe(0);
        }, options);
      },
    );

    it('to call a board programmed with one byte wrong, and names its address', async () => {
      await FlashBench.with(async (bench) => {
        const image = bench.image(40_000);
        const at = 0x8123;
        const right = image.bytes[at] ?? 0;
        await bench.probe.inject({ corruptByte: { address: bench.probe.flashAddress + at, value: right ^ 0x40 } });
        const ran = await bench.flash(tool, image, ['--json']);
        const { code, facts } = faultOf(ran);
        const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
        expect([code, ran.code]).toEqual(['flash.verifyMismatch', 3]);
        expect(facts).toMatchObject({ address: '0x08008123', found: hex(right ^ 0x40), expected: hex(right) });
        // The piece before it was confirmed; the rest is not claimed.
        expect(await bench.expectTruth()).toMatchObject({ state: 'partial', confirmedBytes: 32_768 });
        const log = /Log of the tool: (.*)/.exec(ran.err)?.[1] ?? '';
        expect(existsSync(log)).toBe(true);
        expect(ran.err).toContain('was left partly programmed');

        await bench.probe.inject({ corruptByte: null });
        const again = await bench.flash(tool, image);
        expect(again.err).toContain('was left partly programmed');
        expect([again.code, (await bench.expectTruth())?.state]).toEqual([0, 'verified']);
        expect((await bench.flash(tool, image)).err).not.toContain('was left partly programmed');
      });
    });

    it('keeps saying what is in the flash when a later attempt is refused', async () => {
      await FlashBench.with(async (bench) => {
        const first = bench.image(3096);
        expect((await bench.flash(tool, first)).code).toBe(0);
        await bench.probe.inject({ wrongChip: true });
        expect((await bench.flash(tool, bench.image(3096, 0x55))).code).toBe(3);
        expect(await bench.expectTruth()).toMatchObject({ state: 'verified', image: { sha256: first.sha256 } });
      });
    });
  });
}
