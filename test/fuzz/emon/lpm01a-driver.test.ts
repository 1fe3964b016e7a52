import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openLpm01a } from '../../../src/main/emon/index.ts';
import type { ByteStream } from '../../../src/main/transport/byte-stream.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ScriptedInstrument } from '../../unit/emon/lpm01a/scripted-instrument.ts';

type Change = readonly [at: number, kind: 'lose' | 'double' | 'flip', toHost: boolean];

/** The host's end of a line that spoils single bytes, counted from its opening. */
function spoiled(stream: ByteStream, changes: readonly Change[]): ByteStream {
  const counts = { out: 0, in: 0 };
  const spoil = (chunk: Uint8Array, direction: 'out' | 'in'): Uint8Array =>
    Uint8Array.from(
      [...chunk].flatMap((byte) => {
        const at = counts[direction]++;
        const hit = changes.find(([place, , toHost]) => place === at && toHost === (direction === 'in'));
        return { lose: [], double: [byte, byte], flip: [byte ^ 0x14], none: [byte] }[hit?.[1] ?? 'none'];
      }),
    );
  return {
    label: stream.label,
    baud: stream.baud,
    write: (bytes, signal) => stream.write(spoil(bytes, 'out'), signal),
    onData: (listener) => stream.onData((chunk) => listener(spoil(chunk, 'in'))),
    onClose: (listener) => stream.onClose(listener),
    close: () => stream.close(),
  };
}

const second = `TimeStamp: 000s 000ms, buff 00%\r\n${'1675-08\r\n'.repeat(50)}`;

it('on a line that spoils bytes, every call ends in its result or a fault, and nothing is left waiting (10,000 calls)', async () => {
  let calls = 0;
  const change = fc.tuple(fc.nat(600), fc.constantFrom('lose', 'double', 'flip'), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 5 }), async (changes) => {
      const clock = new ManualClock();
      const instrument = new ScriptedInstrument();
      const outcome = async <T>(work: Promise<T>): Promise<T | undefined> => {
        calls += 1;
        try {
          return await clock.until(work);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          return undefined;
        }
      };
      const stream = spoiled(instrument.host, changes);
      const monitor = await outcome(openLpm01a({ stream, clock, label: 'LPM01A', lockId: 'x', simulated: false }));
      if (monitor) {
        await outcome(monitor.setVoltage(1.8));
        await outcome(monitor.setPower(true));
        let ends = 0;
        const acquisition = await outcome(
          monitor.start({ purpose: 'score' }, (event) => (ends += event.kind === 'end' ? 1 : 0)),
        );
        instrument.send(second);
        await outcome(monitor.readTemperature());
        if (acquisition) {
          await outcome(acquisition.stop());
          await outcome(acquisition.ended);
          expect(ends).toBe(1);
        }
        await outcome(monitor.close());
      }
      expect(clock.nowS()).toBeLessThan(60);
      await clock.advance(10);
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 2200 },
  );
  expect(calls).toBeGreaterThanOrEqual(10_000);
});
