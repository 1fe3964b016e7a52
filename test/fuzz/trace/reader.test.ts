import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../../src/shared/fault/index.ts';
import { decodeHeader, headerBytes, preambleBytes } from '../../../src/main/trace/layout.ts';
import { allChannels, fullBlock, noise, readBytes, recorded } from '../../unit/trace/trace-kit.ts';

let wholes: Uint8Array[] = [];
beforeAll(async () => {
  wholes = [
    await recorded({ sampleRateHz: 128, channels: allChannels }, (recorder) => {
      recorder.append(fullBlock(200, 2, 3));
      recorder.event({ kind: 'edge', sampleIndex: 100, channel: 0, level: 'fall' });
      recorder.append(fullBlock(150, 3));
      recorder.event({ kind: 'mark', sampleIndex: 350, name: 'x', hostS: 1 });
    }),
    await recorded({ sampleRateHz: 512 }, (recorder) => recorder.append({ values: noise(9000), saturated: 1 })),
    await recorded({ sampleRateHz: 128 }, (recorder) => recorder.append({ values: noise(1000), saturated: 0 }), {
      close: false,
    }),
  ];
});

/** Everything a reader offers, on whatever the bytes are. Only faults may come out. */
async function use(bytes: Uint8Array): Promise<void> {
  try {
    const trace = await readBytes(bytes);
    // What a file says cannot make anybody reserve more than the file itself weighs.
    expect(trace.samples * 4).toBeLessThanOrEqual(bytes.length);
    expect(trace.droppedBytes).toBeLessThanOrEqual(bytes.length);
    const { samples } = trace;
    await trace.events();
    const { count, gaps } = await trace.statistics(0, samples);
    expect(count + gaps).toBe(samples);
    expect((await trace.columns(0, samples, 20)).mean.length).toBe(Math.min(20, samples));
    expect((await trace.read(0, samples)).values).toHaveLength(samples);
    let next = 0;
    for await (const { first, block } of trace.blocks(0, samples)) {
      expect(first).toBe(next);
      next += block.values.length;
    }
    await trace.check();
    await trace.close();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.code).toMatch(/^trace\./);
  }
}

interface Change {
  at: number;
  what: 'set' | 'cut' | 'drop' | 'double' | 'zero';
  length: number;
  value: number;
}

function changed(whole: Uint8Array, changes: readonly Change[]): Uint8Array {
  let bytes = whole.slice();
  for (const { at, what, length, value } of changes) {
    const from = Math.floor(at * bytes.length);
    const to = Math.min(bytes.length, from + length);
    const before = bytes.subarray(0, from);
    if (what === 'set') bytes[from] = value;
    else if (what === 'zero') bytes.fill(0, from, to);
    else if (what === 'cut') bytes = before.slice();
    else if (what === 'drop') bytes = Uint8Array.from([...before, ...bytes.subarray(to)]);
    else bytes = Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from)]);
  }
  return bytes;
}

/** A field of a block's header set to a value, with checksums that are right again: what a hostile file would have. */
function forged(whole: Uint8Array, block: number, field: number, value: number): Uint8Array {
  const bytes = whole.slice();
  const starts: number[] = [];
  for (let at = preambleBytes; at < bytes.length;) {
    const header = decodeHeader(bytes, at);
    if (!header) break;
    starts.push(at);
    at += headerBytes + header.payloadBytes;
  }
  const at = starts[block % starts.length] ?? preambleBytes;
  const view = new DataView(bytes.buffer);
  const end = Math.min(bytes.length, at + headerBytes + view.getUint32(at + 8, true));
  // Fields of the header, or any 32 bits of the payload.
  const offset = field < 6 ? at + 4 * (field + 1) : at + headerBytes + 4 * (field - 6);
  if (offset + 4 <= end) view.setUint32(offset, value, true);
  view.setUint32(at + 24, crc32(bytes.subarray(at + headerBytes, end)), true);
  view.setUint32(at + 28, crc32(bytes.subarray(at, at + 28)), true);
  return bytes;
}

describe('a trace file of any bytes', () => {
  it('that was changed somewhere', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      what: fc.constantFrom('set', 'cut', 'drop', 'double', 'zero') as fc.Arbitrary<Change['what']>,
      length: fc.integer({ min: 1, max: 700 }),
      value: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2 }),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (k, changes) => {
          await use(changed(wholes[k] ?? new Uint8Array(), changes));
        },
      ),
      { numRuns: 6000 },
    );
  });

  it('that was forged', async () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 300 }),
      fc.constantFrom(0xffff_ffff, 0x7fff_ffff, 0x0400_0000, 65_536, 65_537, 0x0100_0002, 0x0000_0504),
      fc.integer({ min: 0, max: 0xffff_ffff }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2 }),
        fc.nat(40),
        fc.nat(40),
        value,
        async (k, block, field, forgedValue) => {
          await use(forged(wholes[k] ?? new Uint8Array(), block, field, forgedValue));
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('that never was one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, begun) => {
        const start = wholes[0]?.subarray(0, 400) ?? new Uint8Array();
        await use(begun ? Uint8Array.from([...start, ...bytes]) : bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
