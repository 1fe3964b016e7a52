import { Fault } from '../fault/index.ts';
import { largestMessageBytes } from './contract.ts';

/** Values nested deeper than this are refused by both carriers. */
export const deepestMessage = 64;

/** The binary kinds a message may hold, in the order of their numbers in the codec. */
export const binaryKinds = [
  ArrayBuffer,
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

export type Binary = InstanceType<(typeof binaryKinds)[number]>;

/** The number of a binary value's kind, or -1. A `Buffer` is a `Uint8Array` like any other. */
export function binaryKind(value: unknown): number {
  if (value instanceof ArrayBuffer) return 0;
  if (!ArrayBuffer.isView(value)) return -1;
  return binaryKinds.findIndex((kind, index) => index > 0 && value instanceof kind);
}

/**
 * The bytes (at most) of a message as JSON plus those of its binary parts, and the check that both carriers would deliver it alike.
 * Plain objects, arrays, strings, finite numbers, booleans, null, ArrayBuffers and typed arrays may be sent; `undefined` only
 * as a property, where it counts as absent.
 * @throws Fault `api.notSendable` naming the place of anything else.
 */
export function measureMessage(message: unknown): number {
  return measure(message, '', 0);
}

/** Refuses a message above the contract's limit, before it is handed to a carrier. */
export function checkMessage(message: unknown): void {
  const bytes = measureMessage(message);
  if (bytes > largestMessageBytes) throw new Fault('api.messageTooLarge', { bytes, limitBytes: largestMessageBytes });
}

function measure(value: unknown, path: string, depth: number): number {
  if (value === null || value === true) return 4;
  if (value === false) return 5;
  if (typeof value === 'string') return jsonStringBytes(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value).length;
  if (typeof value !== 'object') throw notSendable(path, Number.isNaN(value) ? 'NaN' : typeof value);
  if (depth >= deepestMessage) throw notSendable(path, 'too deep');
  if (binaryKind(value) >= 0) return 4 + (value as Binary).byteLength;
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item, index) => sum + 1 + measure(item, `${path}.${index}`, depth + 1), 2);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw notSendable(path, (value as { constructor?: { name?: string } }).constructor?.name ?? 'object');
  }
  let bytes = 2;
  for (const [name, item] of Object.entries(value)) {
    if (item !== undefined) bytes += jsonStringBytes(name) + 2 + measure(item, `${path}.${name}`, depth + 1);
  }
  return bytes;
}

function jsonStringBytes(text: string): number {
  let bytes = 2;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x22 || unit === 0x5c) bytes += 2;
    else if (unit < 0x20) bytes += '\b\t\n\f\r'.includes(text.charAt(index)) ? 2 : 6;
    else if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xe000) bytes += isPairAt(text, index) ? 2 : 6;
    else bytes += 3;
  }
  return bytes;
}

/** True for either half of a well-formed surrogate pair: four bytes, two for each half. */
function isPairAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0xdc00) return inRange(text.charCodeAt(index + 1), 0xdc00, 0xdfff);
  return inRange(text.charCodeAt(index - 1), 0xd800, 0xdbff);
}

function inRange(unit: number, low: number, high: number): boolean {
  return unit >= low && unit <= high;
}

function notSendable(path: string, kind: string): Fault {
  return new Fault('api.notSendable', { place: path.slice(1) || '.', kind });
}
