import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openocdVersion } from '../../../src/main/flash/openocd/version.ts';
import { openocdFault, targetVoltage } from '../../../src/main/flash/openocd/words.ts';
import { parseTclReply, ReplyCutter } from '../../../src/main/flash/openocd/rpc.ts';
import { tclWord } from '../../../src/main/flash/openocd/config.ts';
import { guardReportSchema } from '../../../src/main/flash/process/guard-messages.ts';
import { LineCutter } from '../../../src/main/flash/process/index.ts';
import { BarReader } from '../../../src/main/flash/pyocd/bars.ts';
import { pyocdFault, pyocdVersion, readWord } from '../../../src/main/flash/pyocd/words.ts';
import { faultCatalogue } from '../../../src/shared/fault/index.ts';

const runs = { numRuns: 10_000 };

/** Words of the real tools, torn and mixed with anything. */
const word = fc.constantFrom(
  'Error: ',
  'Info : Target voltage: ',
  '0.2',
  'VTarget = ',
  'diff 0 address 0x',
  '08000100',
  '. Was 0x40 instead of 0x41',
  'error writing to flash at address 0x08000000',
  'flash write failed = 0x00000010',
  "Can't find target/",
  "couldn't open ",
  "couldn't bind gdb to socket on port 3333",
  'no flash bank found for address 0x',
  'PARTNO 0xd is unrecognized',
  '0000612 C ',
  'flash erase sector failure (address 0x',
  'flash program page failure (',
  'Target type ',
  ' not recognized',
  '(status code 10): No ACK',
  'Error reading AP#0 IDR: WAIT',
  'e0042000:  ',
  '10076413',
  'APPROTECT enabled',
);
const line = fc.array(fc.oneof(word, fc.string({ maxLength: 12 })), { maxLength: 6 }).map((parts) => parts.join(''));
const lines = fc.array(line, { maxLength: 6 });

const about = { probe: 'P', board: 'B', target: 't', address: '', minTargetV: 1.5, version: '1', needed: '2' };

describe('whatever a tool prints', () => {
  it('OpenOCD: is a fault whose facts fit its code', () => {
    fc.assert(
      fc.property(lines, (printed) => {
        const fault = openocdFault(printed, about);
        expect(faultCatalogue[fault.code].facts.safeParse(fault.facts).success).toBe(true);
        const voltage = targetVoltage(printed);
        expect(voltage === undefined || Number.isFinite(voltage)).toBe(true);
      }),
      runs,
    );
  });

  it('pyOCD: is a fault whose facts fit its code', () => {
    fc.assert(
      fc.property(lines, (printed) => {
        const fault = pyocdFault(printed, about);
        expect(faultCatalogue[fault.code].facts.safeParse(fault.facts).success).toBe(true);
        const value = readWord(printed, 0xe0042000);
        expect(value === undefined || (value >= 0 && value <= 0xffffffff)).toBe(true);
      }),
      runs,
    );
  });

  it('versions are found or not', () => {
    const version = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(), fc.nat(), fc.nat(), fc.string())
        .map(([a, b, c, rest]) => `Open On-Chip Debugger ${a}.${b}.${c}${rest}`),
    );
    fc.assert(
      fc.property(version, (said) => {
        expect(openocdVersion(said)?.text ?? '0.0.0').toMatch(/^\d+\.\d+\.\d+(\+dev)?$/);
        expect(pyocdVersion(said) ?? '0.0.0').toMatch(/^\d+\.\d+\.\d+$/);
      }),
      runs,
    );
  });
});

describe('streams in pieces', () => {
  const cutAnywhere = <T extends { length: number; slice(from: number, to?: number): T }>(
    whole: T,
    cuts: number[],
  ): T[] => {
    const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
    return places.slice(1).map((end, index) => whole.slice(places[index] ?? 0, end));
  };

  it('Tcl replies are the same however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (texts, cuts) => {
          const replies = texts.map((text) => text.replaceAll('\x1a', ''));
          const bytes = new Uint8Array(Buffer.from(replies.map((reply) => `${reply}\x1a`).join('')));
          const cutter = new ReplyCutter();
          expect(cutAnywhere(bytes, cuts).flatMap((piece) => cutter.push(piece))).toEqual(replies);
        },
      ),
      runs,
    );
  });

  it('a Tcl reply is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.integer(), fc.string()).map(([code, text]) => `${code}|${text}`),
        ),
        (reply) => {
          const parsed = parseTclReply(reply);
          expect(parsed === undefined || Number.isInteger(parsed.code)).toBe(true);
          expect(parsed === undefined).toBe(!/^-?\d{1,10}\|/.test(reply));
        },
      ),
      runs,
    );
  });

  it('lines are the same however they are cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u00e9', '[', '=') }),
        fc.array(fc.nat(), { maxLength: 5 }),
        (text, cuts) => {
          const cut: string[] = [];
          const whole: string[] = [];
          const one = new LineCutter((found) => whole.push(found));
          one.push(text);
          one.end();
          const many = new LineCutter((found) => cut.push(found));
          for (const piece of cutAnywhere(text, cuts)) many.push(piece);
          many.end();
          expect(cut).toEqual(whole);
        },
      ),
      runs,
    );
  });

  it('progress never leaves 0 to 1 and never goes back within a bar', () => {
    const piece = fc.constantFrom(
      '[---|---|---|---|---|---|---|---|---|----]\n[',
      '=',
      '==========',
      ']',
      '\n',
      '\r\n',
      'x',
      '[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        let [bar, fraction] = [-1, 0];
        const reader = new BarReader((progress) => {
          expect(progress.fraction).toBeLessThanOrEqual(1);
          if (progress.bar === bar) expect(progress.fraction).toBeGreaterThan(fraction);
          else expect(progress).toEqual({ bar: bar + 1, fraction: 0 });
          ({ bar, fraction } = progress);
        });
        for (const text of pieces) reader.push(text);
      }),
      runs,
    );
  });

  it('a line of a guard is a report or none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const report = guardReportSchema.safeParse(value);
        expect(report.success ? Object.keys(report.data).length : 1).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});

describe('what goes to Tcl', () => {
  it('is one word: nothing in it is a command, a variable or a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = tclWord(text);
        expect(escaped).not.toMatch(/[\n\r\0]/);
        // Whatever is not a plain character has its backslash.
        expect(escaped.replace(/\\./gsu, '')).toMatch(/^[A-Za-z0-9_./:-]*$/);
      }),
      runs,
    );
  });
});
