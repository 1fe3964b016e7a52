import { Fault } from '../fault/index.ts';
import { largestMessageBytes } from './contract.ts';
import { binaryKind, binaryKinds, deepestMessage } from './measure.ts';
import type { Binary } from './measure.ts';

/**
 * The WebSocket carrier's frame, all integers little-endian:
 *
 * | bytes | content |
 * |---|---|
 * | 4 | `JB1\n` |
 * | u32 | length of the JSON text in bytes |
 * | text | UTF-8 JSON `{"v": value, "b": [[kind, byteLength, ...path], ...]}`; binary values stand as null in `v` |
 * | rest | the binary values, one behind the other in the order of `b` |
 */
const magic = [0x4a, 0x42, 0x31, 0x0a];
const headBytes = 8;
const mostAttachments = 1024;
/** Room for the head and the list of attachments beside a message of the largest size. */
export const largestFrameBytes = largestMessageBytes + 65_536;

type Part = string | number;
type Attachment = [kind: number, byteLength: number, ...path: Part[]];
type Container = Record<string, unknown>;

/**
 * Encodes a message that `measureMessage` has accepted.
 * @throws Fault `api.messageTooLarge` when there are more binary values than a frame may list.
 */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const attachments: Attachment[] = [];
  const binaries: Binary[] = [];
  const value = takeBinaries(message, [], (binary, path) => {
    attachments.push([binaryKind(binary), binary.byteLength, ...path]);
    binaries.push(binary);
  });
  const text = new TextEncoder().encode(JSON.stringify({ v: value, b: attachments }));
  const total = headBytes + text.length + binaries.reduce((sum, binary) => sum + binary.byteLength, 0);
  if (attachments.length > mostAttachments || total > largestFrameBytes) {
    throw new Fault('api.messageTooLarge', { bytes: total, limitBytes: largestMessageBytes });
  }
  const frame = new Uint8Array(total);
  frame.set(magic, 0);
  new DataView(frame.buffer).setUint32(4, text.length, true);
  frame.set(text, headBytes);
  let offset = headBytes + text.length;
  for (const binary of binaries) {
    frame.set(bytesOf(binary), offset);
    offset += binary.byteLength;
  }
  return frame;
}

/**
 * Decodes one frame. Whatever the bytes are, the answer is a message or a fault, in time and memory linear in their number.
 * @throws Fault `api.badFrame`
 */
export function decodeFrame(frame: Uint8Array): unknown {
  if (frame.length < headBytes || frame.length > largestFrameBytes) throw badFrame(`length ${frame.length}`);
  if (magic.some((byte, index) => frame[index] !== byte)) throw badFrame('no frame of this version');
  const textBytes = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(4, true);
  if (textBytes > frame.length - headBytes) throw badFrame('text longer than the frame');
  const { value, attachments } = readText(frame.subarray(headBytes, headBytes + textBytes));
  const root = { v: value };
  let offset = headBytes + textBytes;
  for (const item of attachments) {
    const [kind, byteLength, path] = readAttachment(item);
    if (byteLength > frame.length - offset) throw badFrame('binary value beyond the frame');
    putAt(root, path, binaryFrom(kind, frame.slice(offset, offset + byteLength)));
    offset += byteLength;
  }
  if (offset !== frame.length) throw badFrame('bytes after the last value');
  return root.v;
}

function takeBinaries(value: unknown, path: Part[], take: (binary: Binary, path: Part[]) => void): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (binaryKind(value) >= 0) {
    take(value as Binary, path);
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => takeBinaries(item, [...path, index], take));
  const entries = Object.entries(value).map(
    ([name, item]) => [name, takeBinaries(item, [...path, name], take)] as const,
  );
  return Object.fromEntries(entries);
}

function readText(bytes: Uint8Array): { value: unknown; attachments: unknown[] } {
  let head: unknown;
  try {
    head = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw badFrame('text is not JSON');
  }
  if (!isContainer(head) || Array.isArray(head) || !Object.hasOwn(head, 'v') || !Object.hasOwn(head, 'b')) {
    throw badFrame('not a frame');
  }
  const { v: value, b: attachments } = head;
  if (!Array.isArray(attachments) || attachments.length > mostAttachments) throw badFrame('bad list of binary values');
  checkDepth(value);
  return { value, attachments: attachments as unknown[] };
}

function readAttachment(item: unknown): [kind: number, byteLength: number, path: Part[]] {
  if (!Array.isArray(item) || item.length > deepestMessage + 2) throw badFrame('bad binary value');
  const [kind, byteLength, ...path] = item as unknown[];
  if (!isIndex(kind) || kind >= binaryKinds.length || !isIndex(byteLength)) throw badFrame('bad binary value');
  if (byteLength % bytesPerElement(kind) !== 0) throw badFrame('binary value of half an element');
  if (!path.every((part) => typeof part === 'string' || isIndex(part))) throw badFrame('bad place of a binary value');
  return [kind, byteLength, path as Part[]];
}

/** Puts a binary value where the text left a null; only places that the text itself made are written to. */
function putAt(root: { v: unknown }, path: Part[], binary: Binary): void {
  let container: Container = root;
  let name: Part = 'v';
  for (const part of path) {
    const next = ownValue(container, name);
    if (!isContainer(next)) throw badFrame('no place for a binary value');
    container = next;
    name = part;
  }
  if (ownValue(container, name) !== null) throw badFrame('no place for a binary value');
  Object.defineProperty(container, name, { value: binary, enumerable: true, configurable: true, writable: true });
}

function ownValue(container: Container, name: Part): unknown {
  return Object.hasOwn(container, name) ? container[name] : undefined;
}

/** Walks without recursion: the text may be nested as deep as it is long. */
function checkDepth(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestMessage) throw badFrame('nested too deep');
    level = level.filter(isContainer).flatMap((container) => Object.values(container));
  }
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function bytesPerElement(kind: number): number {
  const constructor = binaryKinds[kind];
  return constructor === undefined || constructor === ArrayBuffer
    ? 1
    : (constructor as Uint8ArrayConstructor).BYTES_PER_ELEMENT;
}

function binaryFrom(kind: number, bytes: Uint8Array<ArrayBuffer>): Binary {
  const constructor = binaryKinds[kind];
  if (constructor === undefined || constructor === ArrayBuffer) return bytes.buffer;
  return new (constructor as Uint8ArrayConstructor)(bytes.buffer);
}

function bytesOf(binary: Binary): Uint8Array {
  return binary instanceof ArrayBuffer
    ? new Uint8Array(binary)
    : new Uint8Array(binary.buffer, binary.byteOffset, binary.byteLength);
}

function badFrame(problem: string): Fault {
  return new Fault('api.badFrame', { problem });
}
