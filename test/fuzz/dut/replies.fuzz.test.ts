import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DutClient, parseReplyLine } from '../../../src/main/dut/index.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import { dutIdentitySchema, inferReportSchema, loadReportSchema } from '../../../src/shared/domain/dut.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ScriptedDut } from '../../rig/dut/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const pieces = [
  'm-name-dut-[x]',
  'm-profile-[ULPMark]',
  'm-model-[kws01]',
  'm-timestamp-mode-performance',
  'm-init-done',
  'm-lap-us-123',
  'm-lap-us-99999999999999999999',
  'm-lap-cycles-5',
  'm-warmup-start-1',
  'm-warmup-done',
  'm-infer-start-10',
  'm-infer-done',
  'm-results-[0.1,0.9]',
  'm-results-[',
  'm-load-done',
  'm-[Expecting 490 bytes]',
  'm-buffer-00-11',
  'm-ready',
  'e-[Unknown command: x]',
  'Error: no',
  'Input db has 1 elemented, expected 2',
  'Supplied buffer size 9 exceeds maximum of 1',
  '[dut]: ',
  'dut: ',
  'infer 10 1%',
  '\u001b[32m',
  ']',
  '[',
  '%',
  ' ',
];

const line = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 12 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  // A valid piece with one character changed, doubled or lost.
  fc.tuple(fc.constantFrom(...pieces), fc.nat(), fc.string({ maxLength: 2 })).map(([piece, at, put]) => {
    const index = at % (piece.length + 1);
    return piece.slice(0, index) + put + piece.slice(index + 1);
  }),
);

describe('one line', () => {
  it('is read without a crash, and what it says stands in it (20,000 cases)', () => {
    fc.assert(
      fc.property(
        line,
        fc.option(fc.constantFrom('infer 10 1', 'name', 'db 0011')),
        fc.constantFrom('', '> '),
        (text, command, prompt) => {
          const reply = parseReplyLine(text, { command: command ?? undefined, prompt });
          const bare = text.replaceAll(/\u001b(?:\[[0-9;?]{0,16}[@-~]|[@-Z\\-_])/g, '');
          if (reply.ready) expect(bare.trimEnd().endsWith('m-ready')).toBe(true);
          for (const message of reply.messages) {
            if (message.kind === 'results' && message.values) expect(message.values.every(Number.isFinite)).toBe(true);
            if (message.kind === 'lap' && message.us !== null) expect(bare).toContain(`m-lap-us-${message.text}`);
            if (message.kind === 'error') expect(/e-\[|Error: /.test(bare)).toBe(true);
          }
          if (reply.noise !== undefined) expect(reply.noise).toBe(reply.noise.trim());
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

/** Work that may end with a fault, never with anything else, and never not at all. */
async function outcome<T>(clock: ManualClock, work: Promise<T>): Promise<T | Fault> {
  return clock.until(
    work.catch((error: unknown) => {
      if (error instanceof Fault) return error;
      throw error;
    }),
  );
}

describe('a whole conversation', () => {
  it('over a line that changes bytes ends, with reports of the right shape or with faults (10,000 commands)', async () => {
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(700), fc.constantFrom('lose', 'double', 'flip'), fc.boolean()), { maxLength: 4 }),
        fc.constantFrom('percent', 'plain', 'line', undefined),
        fc.boolean(),
        async (changes, echo, emptyLines) => {
          const clock = new ManualClock();
          const [host, far] = createPipe();
          const change = (out: boolean) => (byte: number, index: number) => {
            const hit = changes.find(([at, , isOut]) => isOut === out && at === index);
            if (!hit) return [byte];
            return { lose: [], double: [byte, byte], flip: [byte ^ 0x14] }[hit[1]] ?? [];
          };
          new ScriptedDut(far, clock, {
            mangleIn: change(false),
            mangleOut: change(true),
            emptyLines,
            inputBytes: 62,
            ...(echo === undefined ? {} : { echo }),
          });
          const client = new DutClient({ stream: host, clock });
          const payload = Uint8Array.from({ length: 62 }, (_, index) => index);
          const identity = await outcome(clock, client.identify());
          if (!(identity instanceof Fault)) dutIdentitySchema.parse(identity);
          for (let round = 0; round < 2; round += 1) {
            const load = await outcome(clock, client.load(payload, { verify: true }));
            if (!(load instanceof Fault)) expect(loadReportSchema.parse(load).verified).toMatch(/^(ok|unsupported)$/);
            const report = await outcome(clock, client.infer(10, 1, { deadlineS: 30 }));
            if (!(report instanceof Fault)) inferReportSchema.parse(report);
          }
          commands += 5;
          expect(clock.nowS()).toBeLessThan(400);
          await client.close();
          expect(clock.pending).toBeLessThan(2);
        },
      ),
      { numRuns: 2000 },
    );
    expect(commands).toBeGreaterThanOrEqual(10_000);
  });

  it('with a device that sends anything at all ends (2,000 commands)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.nat(3), async (lines, ends) => {
        const clock = new ManualClock();
        const [host, far] = createPipe();
        let next = 0;
        far.onData(() => {
          for (let count = 0; count < 3; count += 1) {
            const text = lines[next++ % Math.max(1, lines.length)] ?? '';
            void far.write(Buffer.from(text + (['\r\n', '\n', '', '\r'][ends] ?? '')));
          }
        });
        const client = new DutClient({ stream: host, clock, bootS: 1, silenceS: 1 });
        await outcome(clock, client.identify());
        const report = await outcome(clock, client.infer(10, 1, { deadlineS: 3 }));
        if (!(report instanceof Fault)) inferReportSchema.parse(report);
        await client.close();
      }),
      { numRuns: 1000 },
    );
  });
});
