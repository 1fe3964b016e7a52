import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, serve } from '../../../src/shared/contract/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { fakeHandlers } from '../../unit/contract/fake-handlers.ts';
import { message } from '../../unit/contract/message-arbitrary.ts';
import { ScriptedChannel } from '../../unit/contract/scripted-channel.ts';

/** A message or a fault; anything else fails the property. */
function outcome(frame: Uint8Array): 'message' | 'fault' {
  try {
    decodeFrame(frame);
    return 'message';
  } catch (error) {
    if (isFault(error, 'api.badFrame')) return 'fault';
    throw error;
  }
}

const frameOf = (text: Uint8Array, rest: Uint8Array): Uint8Array => {
  const head = new Uint8Array(8);
  head.set([0x4a, 0x42, 0x31, 0x0a]);
  new DataView(head.buffer).setUint32(4, text.length, true);
  return Uint8Array.from(Buffer.concat([head, text, rest]));
};

describe('frames from outside', () => {
  it('of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (frame) => {
        expect(outcome(frame)).toBe('fault');
      }),
      { numRuns: 10_000 },
    );
  });

  it('with any JSON in the place of the text', () => {
    const text = fc.oneof(
      fc.json(),
      fc.record({ v: fc.jsonValue(), b: fc.jsonValue() }).map((value) => JSON.stringify(value)),
      fc
        .record({
          v: fc.jsonValue(),
          b: fc.array(
            fc.array(fc.oneof(fc.integer({ min: -1, max: 20 }), fc.constantFrom('v', '__proto__', 'a', 0.5)), {
              maxLength: 5,
            }),
          ),
        })
        .map((value) => JSON.stringify(value)),
    );
    let messages = 0;
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 16 }), (json, rest) => {
        if (outcome(frameOf(new TextEncoder().encode(json), rest)) === 'message') messages += 1;
      }),
      { numRuns: 10_000 },
    );
    expect(messages).toBeGreaterThan(0);
  });

  it('that were valid before some of their bytes changed', () => {
    const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
    let faults = 0;
    const property = fc.property(message, fc.array(change, { maxLength: 4 }), fc.nat(), (value, changes, cut) => {
      const frame = encodeFrame(value);
      for (const { at, to } of changes) frame[at % frame.length] = to;
      if (outcome(cut % 3 === 0 ? frame.subarray(0, cut % frame.length) : frame) === 'fault') faults += 1;
    });
    fc.assert(property, { numRuns: 10_000 });
    expect(faults).toBeGreaterThan(0);
  });
});

describe('messages from outside', () => {
  it('leave the host able to answer or gone, never anything else', () => {
    const kind = fc.constantFrom('hello', 'call', 'cancel', 'subscribe', 'bytes', 'credit', 'ping', 'pong', 'other');
    const name = fc.constantFrom('settings.get', 'bench', 'session.reportBytes', 'constructor', '');
    const sent = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          t: kind,
          id: fc.nat({ max: 3 }),
          name,
          input: message,
          key: message,
          n: fc.nat({ max: 9 }),
        }),
      },
      { weight: 1, arbitrary: message },
    );
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 6 }), (messages) => {
        const channel = new ScriptedChannel();
        const served = serve(channel, fakeHandlers(), {
          clock: new ManualClock(),
          version: '1',
          client: { id: 'fuzz', carrier: 'memory' },
        });
        channel.say({ t: 'hello', contract: 1, client: '' });
        for (const each of messages) channel.say(each);
        channel.say({ t: 'ping' });
        expect(channel.closed || channel.of('pong').length > 0).toBe(true);
        served.close();
      }),
      { numRuns: 10_000 },
    );
  });
});
