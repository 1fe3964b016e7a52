import { Fault } from '../../../shared/fault/index.ts';
import { addressSpaceBytes, hexAddress, maxImageBytes } from './segments.ts';
import type { Piece } from './segments.ts';

/** Record types of the format (Intel, Hexadecimal Object File Format Specification, revision A, 1988) and their lengths; data has any. */
const lengths = new Map<number, number | undefined>([
  [0x00, undefined],
  [0x01, 0],
  [0x02, 2],
  [0x03, 4],
  [0x04, 2],
  [0x05, 4],
]);
const segmentBytes = 0x10000;

/** Whether the first line of a file looks like a record. */
export function looksLikeHex(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x3a || bytes.length < 11) return false;
  return bytes.subarray(1, 11).every((digit) => digitValue(digit) >= 0);
}

/**
 * Data records of an Intel HEX file with their addresses: extended segment (02) and extended linear (04) addresses are applied, start
 * addresses (03, 05) mean nothing to a core that starts from its vector table.
 * @throws Fault `flash.imageHexSyntax`, `flash.imageHexChecksum`, `flash.imageHexRecord`, `flash.imageHexAfterEnd`, `flash.imageHexNoEnd`,
 * `flash.imageAddress`, `flash.imageTooLarge`; each with the line.
 */
export function readIntelHex(name: string, bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  let base = 0;
  /** Data of segment addressing wraps inside its 64 KiB (specification, record type 00). */
  let wraps = false;
  let ended = false;
  let total = 0;
  for (const { line, from, to } of lines(bytes)) {
    if (ended) throw new Fault('flash.imageHexAfterEnd', { name, line });
    const { type, offset, data } = record(name, line, bytes.subarray(from, to));
    switch (type) {
      case 0x00:
        total += data.length;
        if (total > maxImageBytes)
          throw new Fault('flash.imageTooLarge', { name, bytes: total, maxBytes: maxImageBytes });
        pieces.push(...placed(name, line, { base, offset, data, wraps }));
        break;
      case 0x01:
        ended = true;
        break;
      case 0x02:
        base = word(data) * 16;
        wraps = true;
        break;
      case 0x04:
        base = word(data) * segmentBytes;
        wraps = false;
        break;
    }
  }
  if (!ended) throw new Fault('flash.imageHexNoEnd', { name });
  return pieces;
}

interface DataRecord {
  base: number;
  offset: number;
  data: Uint8Array;
  wraps: boolean;
}

function placed(name: string, line: number, { base, offset, data, wraps }: DataRecord): Piece[] {
  const room = segmentBytes - offset;
  if (wraps && data.length > room)
    return [
      { address: base + offset, bytes: data.subarray(0, room), line },
      { address: base, bytes: data.subarray(room), line },
    ];
  if (base + offset + data.length > addressSpaceBytes)
    throw new Fault('flash.imageAddress', { name, address: hexAddress(base + offset) });
  return [{ address: base + offset, bytes: data, line }];
}

function record(name: string, line: number, text: Uint8Array): { type: number; offset: number; data: Uint8Array } {
  const syntax = (): Fault => new Fault('flash.imageHexSyntax', { name, line });
  if (text[0] !== 0x3a || text.length < 11 || text.length % 2 === 0) throw syntax();
  const values = new Uint8Array((text.length - 1) / 2);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) {
    const high = digitValue(text[1 + 2 * index]);
    const low = digitValue(text[2 + 2 * index]);
    if (high < 0 || low < 0) throw syntax();
    values[index] = high * 16 + low;
    sum += high * 16 + low;
  }
  const [length = 0, offsetHigh = 0, offsetLow = 0, type = 0] = values;
  if (values.length !== length + 5) throw syntax();
  const found = values.at(-1) ?? 0;
  // All bytes of a record add up to zero, its checksum included.
  if (sum % 256 !== 0)
    throw new Fault('flash.imageHexChecksum', { name, line, found: hexByte(found), expected: hexByte(found - sum) });
  const expected = lengths.get(type);
  if (!lengths.has(type) || (expected !== undefined && expected !== length))
    throw new Fault('flash.imageHexRecord', { name, line, type: hexByte(type), bytes: length });
  return { type, offset: offsetHigh * 256 + offsetLow, data: values.subarray(4, 4 + length) };
}

/** Lines that hold anything, without blanks at their end; LF, CR LF and CR end a line. */
function* lines(bytes: Uint8Array): Generator<{ line: number; from: number; to: number }> {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    let end = from;
    while (end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d) end += 1;
    let to = end;
    while (to > from && (bytes[to - 1] === 0x20 || bytes[to - 1] === 0x09)) to -= 1;
    if (to > from) yield { line, from, to };
    from = bytes[end] === 0x0d && bytes[end + 1] === 0x0a ? end + 2 : end + 1;
  }
}

function word(data: Uint8Array): number {
  return (data[0] ?? 0) * 256 + (data[1] ?? 0);
}

function digitValue(character: number | undefined): number {
  if (character === undefined) return -1;
  if (character >= 0x30 && character <= 0x39) return character - 0x30;
  const letter = character | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function hexByte(value: number): string {
  return (value & 0xff).toString(16).toUpperCase().padStart(2, '0');
}
