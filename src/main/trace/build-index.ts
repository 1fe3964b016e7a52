import { crc32 } from 'node:zlib';
import { Fault } from '../../shared/fault/index.ts';
import { traceHeaderSchema } from './header.ts';
import { BlockIndex } from './index-of-blocks.ts';
import type { BlockPlace } from './index-of-blocks.ts';
import {
  blockTypes,
  bytesPerSample,
  closingMark,
  decodeHeader,
  decodePreamble,
  formatVersion,
  headerBytes,
  indexEntryBytes,
  isPlausible,
  preambleBytes,
} from './layout.ts';
import type { BlockHeader } from './layout.ts';
import type { TraceSource } from './trace-source.ts';
import type { TraceHeader } from './types.ts';

/** Bytes read at once while walking from header to header. */
const stepBytes = 4096;
const searchBytes = 1024 * 1024;
const closingTailBytes = 48;

/**
 * Finds every block of a trace: by the table in its closing block, or by walking from block to block where there is none. Bytes that are no
 * block are passed over and noted; what is cut off at the end is counted.
 * @throws Fault `trace.notATrace`, `trace.newerVersion`, `trace.damaged` (header), `trace.unreadable`.
 */
export async function buildIndex(source: TraceSource): Promise<{ header: TraceHeader; index: BlockIndex }> {
  const preamble = decodePreamble(await source.read(0, preambleBytes));
  const { path } = source;
  if (!preamble) throw new Fault('trace.notATrace', { path, reason: 'preamble' });
  if (!preamble.intact) throw new Fault('trace.damaged', { path, offsetBytes: 0, reason: 'header' });
  if (preamble.version > formatVersion)
    throw new Fault('trace.newerVersion', { path, found: preamble.version, supported: formatVersion });
  const { header, end } = await readHeader(source);
  const index = new BlockIndex(path, header.channels);
  const table = await readTable(source, end, header);
  if (table) {
    for (const place of table) index.add(place, 0);
    index.closed = true;
  } else await walk(source, end, index);
  return { header, index };
}

async function readHeader(source: TraceSource): Promise<{ header: TraceHeader; end: number }> {
  const { path } = source;
  const block = decodeHeader(await source.read(preambleBytes, headerBytes));
  const start = preambleBytes + headerBytes;
  if (!block || block.type !== blockTypes.header || start + block.payloadBytes > source.size) {
    if (source.size < start || (block && block.type === blockTypes.header))
      throw new Fault('trace.notATrace', { path, reason: 'header' });
    throw new Fault('trace.damaged', { path, offsetBytes: preambleBytes, reason: 'header' });
  }
  const payload = await source.read(start, block.payloadBytes);
  try {
    if (crc32(payload) !== block.payloadCrc) throw new Error('checksum');
    return {
      header: traceHeaderSchema.parse(JSON.parse(new TextDecoder().decode(payload))),
      end: start + block.payloadBytes,
    };
  } catch (error) {
    throw new Fault('trace.damaged', { path, offsetBytes: preambleBytes, reason: 'header' }, { cause: error });
  }
}

/** The table of a file that was closed; undefined where it cannot be relied on. */
async function readTable(source: TraceSource, from: number, header: TraceHeader): Promise<BlockPlace[] | undefined> {
  const tail = await source.read(Math.max(0, source.size - 16), 16);
  if (tail.length < 16 || closingMark.some((byte, k) => tail[8 + k] !== byte)) return undefined;
  const offset = Number(new DataView(tail.buffer).getBigUint64(0, true));
  if (offset < from || offset + headerBytes > source.size) return undefined;
  const block = decodeHeader(await source.read(offset, headerBytes));
  if (block?.type !== blockTypes.closing || offset + headerBytes + block.payloadBytes !== source.size) return undefined;
  if (block.payloadBytes !== block.count * indexEntryBytes + closingTailBytes || block.count === 0) return undefined;
  const payload = await source.read(offset + headerBytes, block.payloadBytes);
  if (crc32(payload) !== block.payloadCrc) return undefined;
  return decodeTable(payload, block.count, from, offset, header);
}

function decodeTable(
  payload: Uint8Array<ArrayBuffer>,
  count: number,
  from: number,
  end: number,
  header: TraceHeader,
): BlockPlace[] | undefined {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const places: BlockPlace[] = [];
  const least = bytesPerSample(header.channels);
  let before = preambleBytes - 1;
  let samples = 0;
  for (let at = 0; at < count * indexEntryBytes; at += indexEntryBytes) {
    const place: BlockPlace = {
      type: view.getUint8(at),
      level: view.getUint8(at + 1),
      count: view.getUint32(at + 4, true),
      first: Number(view.getBigUint64(at + 8, true)),
      offset: Number(view.getBigUint64(at + 16, true)),
    };
    const isSamples = place.type === blockTypes.samples;
    if (place.offset <= before || place.offset + headerBytes > end) return undefined;
    if (isSamples && (place.first !== samples || place.offset + headerBytes + place.count * least > end))
      return undefined;
    if (isSamples) samples += place.count;
    before = place.offset;
    if (place.offset >= from) places.push(place);
  }
  return samples === Number(view.getBigUint64(count * indexEntryBytes, true)) ? places : undefined;
}

async function walk(source: TraceSource, from: number, index: BlockIndex): Promise<void> {
  const least = bytesPerSample(index.channels);
  /** Blocks since the file was last known to be whole, for the check of its end. */
  const recent: { place: BlockPlace; block: BlockHeader }[] = [];
  let step: { at: number; bytes: Uint8Array } = { at: 0, bytes: new Uint8Array(0) };
  let skipped = 0;
  let at = from;
  while (at < source.size) {
    if (at < step.at || at + headerBytes > step.at + step.bytes.length)
      step = { at, bytes: await source.read(at, stepBytes) };
    const block = decodeHeader(step.bytes, at - step.at);
    if (!block || !isPlausible(block, index.channels)) {
      const next = await findBlock(source, at + 8, index);
      if (next === undefined) break;
      index.damaged(at, 'header');
      skipped += next - at;
      at = next;
      continue;
    }
    const end = at + headerBytes + block.payloadBytes;
    if (end > source.size) break;
    const place = { type: block.type, level: block.level, count: block.count, first: block.first, offset: at };
    if (block.type === blockTypes.closing) index.closed = true;
    if (index.add(place, Math.floor(skipped / least))) {
      recent.push({ place, block });
      if (recent.length > 16) recent.shift();
      if (block.type === blockTypes.samples) skipped = 0;
    } else {
      index.damaged(at, 'order');
      skipped += end - at;
    }
    at = end;
  }
  index.droppedBytes = source.size - at;
  if (!index.closed) await dropTornEnd(source, index, recent);
}

/** After a power cut the last blocks may be there in length only. */
async function dropTornEnd(
  source: TraceSource,
  index: BlockIndex,
  recent: { place: BlockPlace; block: BlockHeader }[],
): Promise<void> {
  for (let last = recent.pop(); last; last = recent.pop()) {
    const { place, block } = last;
    if (crc32(await source.read(place.offset + headerBytes, block.payloadBytes)) === block.payloadCrc) return;
    index.droppedBytes = source.size - place.offset;
    if (place.type === blockTypes.samples) index.dropLastSamples();
    for (const list of [index.events, index.saturation]) if (list.at(-1) === place) list.pop();
    for (const [key, value] of index.pyramid) if (value === place) index.pyramid.delete(key);
  }
}

/** The next place that looks like a block, from `at` on; blocks begin at multiples of 8. */
async function findBlock(source: TraceSource, at: number, index: BlockIndex): Promise<number | undefined> {
  for (let start = at; start + headerBytes <= source.size; start += searchBytes) {
    const bytes = await source.read(start, searchBytes + headerBytes - 8);
    for (let k = 0; k + headerBytes <= bytes.length; k += 8) {
      const block = decodeHeader(bytes, k);
      if (block && isPlausible(block, index.channels) && start + k + headerBytes + block.payloadBytes <= source.size)
        return start + k;
    }
  }
  return undefined;
}
