import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConsoleAssembler } from '../../../src/main/host-services/console-lines.ts';
import type { LineDraft } from '../../../src/main/host-services/console-lines.ts';

const chunk = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc
    .constantFrom('name%', 'm-ready\r\n', '6409-07\r\n', 'e-[no]\n', '\\x41', '%%', '\0\0', 'event 00 ris\r\n')
    .map((text) => Uint8Array.from(Buffer.from(text, 'latin1'))),
);
const talk = fc.array(fc.record({ sent: fc.boolean(), bytes: chunk }), { maxLength: 12 });

/** The bytes behind what a person reads. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:(\\)|(t)|(r)|(n)|x([0-9a-f]{2}))/g,
    (_all, slash, tab, cr, lf, code: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return slash ? '\\' : tab ? '\t' : cr ? '\r' : lf ? '\n' : '';
    },
  );
}

it('whatever an instrument sends is lines of printable text, and nothing but line ends is lost', () => {
  fc.assert(
    fc.property(fc.constantFrom('dut', 'ioManager', 'lpm01a', 'ppk2'), talk, (speech, parts) => {
      const lines: LineDraft[] = [];
      const one = new ConsoleAssembler(speech, (line) => lines.push(line));
      for (const { sent, bytes } of parts) {
        if (sent) one.sent(bytes);
        else one.received(bytes);
      }
      one.end();
      for (const { text } of lines) expect(text).toMatch(/^[ -~…]*$/);
      if (speech !== 'dut') return;
      const ends = /[\r\n]/g;
      const heard = lines.filter(({ direction }) => direction === 'in').map(({ text }) => unescaped(text));
      const given = parts.filter(({ sent }) => !sent).map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
      expect(heard.join('').replace(ends, '')).toBe(given.join('').replace(ends, ''));
    }),
    { numRuns: 10_000 },
  );
});
