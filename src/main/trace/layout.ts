import { crc32 } from 'node:zlib';

/**
 * The bytes of a trace file, as docs/formats/trace.md has them: a preamble, then blocks, each a 32-byte header and a payload of a multiple
 * of 8 bytes. Everything is little-endian, as is every computer that Node and Electron are built for; payloads are used in place.
 */

export const formatVersion = 1;
export const preambleBytes = 16;
export const headerBytes = 32;
/** Longest payload that a reader accepts; a writer's blocks are far shorter. */
export const longestPayload = 64 * 1024 * 1024;
/** Most samples in one block. */
export const mostSamples = 65_536;
/** Samples that one entry of each level of the pyramid sums up. */
export const levelSamples = [256, 4096, 65_536, 1_048_576, 16_777_216] as const;
export const levels = levelSamples.length;
/** Entries of one level that make up one of its entries on the next. */
export const levelRatio = 16;
/** Entries in one whole block of a pyramid; block b of a level begins at entry b * entriesPerBlock. */
export const entriesPerBlock = 2048;
/** sum f64, sum of squares f64, min f32, max f32, count u32, reserved u32. */
export const entryBytes = 32;
/** start u64, length u32, saturated u32. */
export const saturationBytes = 16;
/** type u8, level u8, reserved u16, count u32, first u64, offset u64. */
export const indexEntryBytes = 24;

export const blockTypes = { header: 1, samples: 2, events: 3, pyramid: 4, saturation: 5, closing: 6 } as const;

const signature = Uint8Array.of(0x89, 0x4a, 0x42, 0x54, 0x0d, 0x0a, 0x1a, 0x0a);
const marker = 0x6b_6c_42_54;
/** Ends the closing block, and so a file that was closed. */
export const closingMark = new TextEncoder().encode('JBTclose');

/** Which channels a sample block holds beside the values. */
export interface Channels {
  raw: boolean;
  ranges: boolean;
  digital: boolean;
}

export interface BlockHeader {
  type: number;
  /** Level of a pyramid block, 0 elsewhere. */
  level: number;
  payloadBytes: number;
  /** Samples, entries, events or runs in the payload. */
  count: number;
  /** First sample, or first entry of a pyramid block. */
  first: number;
  payloadCrc: number;
}

/** Samples of one block at this rate: about half a second to a second, which is what a kill can cost, in powers of two from 128 to 65,536. */
export function samplesPerBlock(sampleRateHz: number): number {
  return Math.min(mostSamples, Math.max(128, 2 ** Math.floor(Math.log2(sampleRateHz))));
}

export function bytesPerSample(channels: Channels): number {
  return 4 + (channels.raw ? 4 : 0) + (channels.ranges ? 1 : 0) + (channels.digital ? 1 : 0);
}

/** Rounded up to a multiple of 8. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

export function encodePreamble(): Uint8Array {
  const bytes = new Uint8Array(preambleBytes);
  bytes.set(signature);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, crc32(bytes.subarray(0, 12)), true);
  return bytes;
}

/** The format version that a file names; undefined where the bytes are no preamble of a trace. */
export function decodePreamble(bytes: Uint8Array): { version: number; intact: boolean } | undefined {
  if (bytes.length < preambleBytes || signature.some((byte, k) => bytes[k] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { version: view.getUint32(8, true), intact: view.getUint32(12, true) === crc32(bytes.subarray(0, 12)) };
}

/** Writes the header of a block whose payload is already in place behind it. `bytes` is the whole block. */
export function sealBlock(
  bytes: Uint8Array,
  block: { type: number; level?: number; count: number; first: number },
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(0, marker, true);
  view.setUint8(4, block.type);
  view.setUint8(5, block.level ?? 0);
  view.setUint32(8, bytes.length - headerBytes, true);
  view.setUint32(12, block.count, true);
  view.setBigUint64(16, BigInt(block.first), true);
  view.setUint32(24, crc32(bytes.subarray(headerBytes)), true);
  view.setUint32(28, crc32(bytes.subarray(0, 28)), true);
}

/** The header of a block; undefined where these bytes are none. */
export function decodeHeader(bytes: Uint8Array, at = 0): BlockHeader | undefined {
  if (bytes.length - at < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerBytes);
  if (view.getUint32(0, true) !== marker) return undefined;
  if (view.getUint32(28, true) !== crc32(bytes.subarray(at, at + 28))) return undefined;
  const payloadBytes = view.getUint32(8, true);
  const first = view.getBigUint64(16, true);
  if (payloadBytes % 8 !== 0 || payloadBytes > longestPayload || first > Number.MAX_SAFE_INTEGER) return undefined;
  return {
    type: view.getUint8(4),
    level: view.getUint8(5),
    payloadBytes,
    count: view.getUint32(12, true),
    first: Number(first),
    payloadCrc: view.getUint32(24, true),
  };
}

/** Whether a header's count and length belong together; a header that says otherwise is treated as damaged. */
export function isPlausible({ type, level, payloadBytes, count, first }: BlockHeader, channels: Channels): boolean {
  switch (type) {
    case blockTypes.samples:
      return count > 0 && count <= mostSamples && payloadBytes === padded(count * bytesPerSample(channels));
    case blockTypes.pyramid:
      return (
        level >= 1 &&
        level <= levels &&
        count > 0 &&
        count <= entriesPerBlock &&
        first % entriesPerBlock === 0 &&
        payloadBytes === count * entryBytes
      );
    case blockTypes.saturation:
      return payloadBytes === count * saturationBytes;
    default:
      return true;
  }
}
