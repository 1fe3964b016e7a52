import { z } from 'zod';
import { badFile, readWhole } from './source.ts';
import type { ByteSource } from './source.ts';
import { survey } from './survey.ts';
import type { ImportedBlock, ImportedTrace, OpenTraceFileOptions } from './types.ts';
import { openZip } from './zip.ts';

const format = 'ppk2';
const frameBytes = 6;
const mostMetadataBytes = 1_048_576;

const metadataSchema = z.object({
  formatVersion: z.literal(2),
  metadata: z.object({ samplesPerSecond: z.number().positive().max(1e7) }),
});

/**
 * Opens a session saved by the PPK2 application: a ZIP with `metadata.json` and `session.raw`, frames of a float32 (uA, little-endian) and a
 * big-endian u16 with two bits for each input: 01 low, 10 high, 11 both within the sample (energy monitors, section 8.3).
 * @throws Fault `emon.badFile`.
 */
export async function openPpk2Session(source: ByteSource, options: OpenTraceFileOptions): Promise<ImportedTrace> {
  const { path } = source;
  const zip = await openZip(source, format);
  const text = Buffer.from(await readWhole(zip.entry('metadata.json', mostMetadataBytes))).toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw badFile(path, format, 'metadata.json is not JSON', cause);
  }
  const metadata = metadataSchema.safeParse(parsed);
  if (!metadata.success) {
    const issue = metadata.error.issues[0];
    throw badFile(path, format, `metadata.json: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const raw = zip.entry('session.raw');
  if (raw.size === 0 || raw.size % frameBytes !== 0) throw badFile(path, format, `session.raw: ${raw.size} bytes`);
  const sampleRateHz = metadata.data.metadata.samplesPerSecond;
  const unclear = { count: 0 };
  const { samples, edges, warnings } = await survey(readFrames(raw, unclear), sampleRateHz, options);
  if (unclear.count > 0) warnings.push({ code: 'unclearDigital', facts: { readings: unclear.count } });
  const voltageV = options.voltageV ?? null;
  return {
    format,
    path,
    sampleRateHz,
    sampleCount: samples,
    quantity: 'current',
    scale: 1e-6,
    voltageV,
    hasDigital: true,
    edges,
    edgeResolutionS: 1 / sampleRateHz,
    segments: [{ firstSample: 0, endSample: samples, voltageV }],
    warnings,
    blocks: () => readFrames(raw, { count: 0 }),
  };
}

async function* readFrames(raw: ByteSource, unclear: { count: number }): AsyncGenerator<ImportedBlock> {
  let rest = new Uint8Array(0);
  let levels = 0;
  let last = -1;
  for await (const piece of raw.read()) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const count = Math.floor(bytes.length / frameBytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const values = new Float32Array(count);
    const digital = new Uint8Array(count);
    for (let index = 0; index < count; index += 1) {
      const current = view.getFloat32(index * frameBytes, true);
      values[index] = Number.isFinite(current) ? current : Number.NaN;
      const bits = view.getUint16(index * frameBytes + 4);
      if (bits !== last) {
        last = bits;
        levels = readLevels(bits, levels);
      }
      // A pair of equal bits is no level: both happened within the sample, or nothing is known.
      if (((bits ^ (bits >> 1)) & 0x5555) !== 0x5555) unclear.count += 1;
      digital[index] = levels;
    }
    rest = Uint8Array.from(bytes.subarray(count * frameBytes));
    if (count > 0) yield { values, digital };
  }
}

function readLevels(bits: number, before: number): number {
  let levels = before;
  for (let input = 0; input < 8; input += 1) {
    const pair = (bits >> (2 * input)) & 3;
    if (pair === 1) levels &= ~(1 << input);
    else if (pair === 2) levels |= 1 << input;
  }
  return levels;
}
