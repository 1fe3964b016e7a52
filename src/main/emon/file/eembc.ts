import { basename } from 'node:path';
import { edgeWarnings, survey } from './survey.ts';
import { badFile, readWhole } from './source.ts';
import type { ByteSource } from './source.ts';
import type { ImportedBlock, ImportedEdge, ImportedTrace, ImportWarning, OpenTraceFileOptions } from './types.ts';

const format = 'eembc';
const version = 0xf1;
const headerBytes = 5;
const sampleBytes = 4;
const highestRateHz = 1e7;
const mostTimestampBytes = 16_777_216;
/** The published files round their time marks to 1 ms. */
const markS = 1e-3;

/**
 * Opens `traceN-energy.bin`: 0xF1, the sampling rate and then the energy of each sample in uJ, all float32, little-endian; the time marks are
 * a JSON array of seconds in another file (energy monitors, section 8.1).
 * @throws Fault `emon.badFile`.
 */
export async function openEembc(
  source: ByteSource,
  timestamps: ByteSource | undefined,
  options: OpenTraceFileOptions,
): Promise<ImportedTrace> {
  const { path, size } = source;
  if (size <= headerBytes) throw badFile(path, format, `${size} bytes`);
  const header = await readWhole(source, 0, headerBytes);
  if (header[0] !== version) throw badFile(path, format, `first byte 0x${(header[0] ?? 0).toString(16)}`);
  const sampleRateHz = new DataView(header.buffer, header.byteOffset).getFloat32(1, true);
  if (!(sampleRateHz > 0 && sampleRateHz <= highestRateHz)) throw badFile(path, format, `${sampleRateHz} Hz`);
  if ((size - headerBytes) % sampleBytes !== 0) throw badFile(path, format, `${size} bytes: a sample is cut`);
  const blocks = (): AsyncGenerator<ImportedBlock> => readFloats(source);
  const { samples, warnings } = await survey(blocks(), sampleRateHz, options);
  const edges = timestamps ? await readTimestamps(timestamps, sampleRateHz) : [];
  const onMarks: ImportWarning[] = timestamps ? edgeWarnings(edges, samples) : [{ code: 'noTimestamps', facts: {} }];
  const voltageV = options.voltageV ?? null;
  return {
    format,
    path,
    sampleRateHz,
    sampleCount: samples,
    quantity: 'energy',
    scale: 1e-6,
    voltageV,
    hasDigital: false,
    edges,
    edgeResolutionS: Math.max(markS, 1 / sampleRateHz),
    // The format has no place for it: our own export says it in the name.
    simulated: basename(path).startsWith('SIMULATED-'),
    segments: [{ firstSample: 0, endSample: samples, voltageV }],
    warnings: [...warnings, ...onMarks],
    blocks,
  };
}

async function* readFloats(source: ByteSource): AsyncGenerator<ImportedBlock> {
  let rest = new Uint8Array(0);
  for await (const piece of source.read(headerBytes)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const count = Math.floor(bytes.length / sampleBytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const values = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      const value = view.getFloat32(index * sampleBytes, true);
      values[index] = Number.isFinite(value) ? value : Number.NaN;
    }
    rest = Uint8Array.from(bytes.subarray(count * sampleBytes));
    if (count > 0) yield { values };
  }
}

/** Seconds since the trace began, as numbers of samples: the marks are whole milliseconds, so nothing is rounded away at 1 kHz. */
async function readTimestamps(source: ByteSource, sampleRateHz: number): Promise<ImportedEdge[]> {
  const { path } = source;
  if (source.size > mostTimestampBytes) throw badFile(path, format, `${source.size} bytes`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(await readWhole(source)).toString('utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw badFile(path, format, 'not JSON', cause);
  }
  if (!Array.isArray(parsed)) throw badFile(path, format, 'not a JSON array');
  let previousS = 0;
  return parsed.map((atS: unknown, index) => {
    if (typeof atS !== 'number' || !(atS >= previousS) || atS * sampleRateHz > Number.MAX_SAFE_INTEGER) {
      throw badFile(path, format, `entry ${index + 1}: ${String(JSON.stringify(atS)).slice(0, 40)}`);
    }
    previousS = atS;
    return { sampleIndex: Math.round(atS * sampleRateHz), channel: 0, level: 'fall' };
  });
}
