import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { exportDetailsSchema } from '../../shared/domain/trace-export.ts';
import type { ExportDetails } from '../../shared/domain/trace-export.ts';
import { joulesPerStored } from './sample-energy.ts';
import type { TraceEvent, TraceReader } from './types.ts';
import type { PieceWriter } from './whole-files.ts';
import { writeWholeFiles } from './whole-files.ts';

/** First byte of the published binary format. */
const eembcVersion = 0xf1;
/** The rate that every published trace has, and that other programs expect. */
const publishedRateHz = 1000;

interface EembcOptions {
  folder: string;
  /** N of `traceN-energy.bin`; 1 when absent. */
  number?: number;
  /** `published`: sums of whole milliseconds, as every published trace has them; `trace`: every sample. */
  rate: 'published' | 'trace';
  /** For a current whose trace does not say at which voltage it was taken. */
  voltageV?: number;
  signal?: AbortSignal;
}

interface EembcFiles {
  energy: string;
  timestamps: string;
  details: string;
}

/**
 * Writes `traceN-energy.bin`, `traceN-timestamps.json` (energy monitors, section 8.1) and `traceN-details.json`, which says what the first two have
 * no place for: instrument, rate, losses and edges to the full. Names of a simulated trace begin with SIMULATED. A stretch with a gap is NaN; samples at the
 * end that fill no whole millisecond are left out and counted.
 * @throws Fault `trace.voltageNeeded`, `trace.rateNotWhole`, or of area `store`; none of the files is there then.
 */
export async function exportEembc(
  trace: TraceReader,
  options: EembcOptions,
): Promise<{ files: EembcFiles; samples: number; edges: number }> {
  const { header } = trace;
  const perStored = joulesPerStored(header, header.voltageV ?? options.voltageV ?? null);
  if (perStored === null) throw new Fault('trace.voltageNeeded', { instrument: header.instrument.model });
  const rateHz = options.rate === 'trace' ? header.sampleRateHz : publishedRateHz;
  const ratio = header.sampleRateHz / rateHz;
  if (!Number.isInteger(ratio))
    throw new Fault('trace.rateNotWhole', { sampleRateHz: header.sampleRateHz, targetHz: rateHz });
  const events = await trace.events();
  const edges = countedEdges(events);
  const samples = Math.floor(trace.samples / ratio);
  const files = fileNames(options.folder, options.number ?? 1, header.simulated);
  const text = new TextEncoder();
  await writeWholeFiles([files.energy, files.timestamps, files.details], async ([energy, timestamps, details]) => {
    if (!energy || !timestamps || !details) return;
    await energy.write(eembcHeader(rateHz));
    await writeEnergy(trace, energy, { ratio, samples, toMicrojoules: perStored * 1e6, signal: options.signal });
    const times = edges.map(({ sampleIndex }) => Math.round((sampleIndex / header.sampleRateHz) * 1000) / 1000);
    await timestamps.write(text.encode(JSON.stringify(times, undefined, '\t')));
    const said = detailsOf(trace, events, { rateHz, samples, ratio });
    await details.write(text.encode(`${JSON.stringify(exportDetailsSchema.parse(said), undefined, 2)}\n`));
  });
  return { files, samples, edges: edges.length };
}

function fileNames(folder: string, number: number, simulated: boolean): EembcFiles {
  const stem = join(folder, `${simulated ? 'SIMULATED-' : ''}trace${number}`);
  return {
    energy: `${stem}-energy.bin`,
    timestamps: `${stem}-timestamps.json`,
    details: `${stem}-details.json`,
  };
}

function eembcHeader(rateHz: number): Uint8Array {
  const bytes = new Uint8Array(5);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, eembcVersion);
  view.setFloat32(1, rateHz, true);
  return bytes;
}

/** The published runner counts falling edges; a trace that has none of them was marked by rising ones. */
function countedEdges(events: readonly TraceEvent[]): Extract<TraceEvent, { kind: 'edge' }>[] {
  const edges = events.filter((event) => event.kind === 'edge');
  const falling = edges.filter(({ level }) => level !== 'rise');
  return falling.length > 0 ? falling : edges;
}

async function writeEnergy(
  trace: TraceReader,
  file: PieceWriter,
  job: { ratio: number; samples: number; toMicrojoules: number; signal: AbortSignal | undefined },
): Promise<void> {
  const { ratio, samples, signal } = job;
  // Microjoules that are stored as such keep their bits.
  const factor = Math.abs(job.toMicrojoules - 1) < 1e-12 ? 1 : job.toMicrojoules;
  let sum = 0;
  let parts = 0;
  for await (const { block } of trace.blocks(0, samples * ratio)) {
    signal?.throwIfAborted();
    const { values } = block;
    if (ratio === 1) {
      const scaled = factor === 1 ? values : values.map((value) => value * factor);
      await file.write(new Uint8Array(scaled.buffer, scaled.byteOffset, scaled.byteLength));
      continue;
    }
    const sums = new Float32Array(Math.ceil(values.length / ratio) + 1);
    let filled = 0;
    for (const value of values) {
      sum += value;
      parts += 1;
      if (parts === ratio) {
        sums[filled] = sum * factor;
        filled += 1;
        sum = 0;
        parts = 0;
      }
    }
    await file.write(new Uint8Array(sums.buffer, 0, 4 * filled));
  }
}

function detailsOf(
  trace: TraceReader,
  events: readonly TraceEvent[],
  { rateHz, samples, ratio }: { rateHz: number; samples: number; ratio: number },
): ExportDetails {
  const { header } = trace;
  return {
    format: 'joulebench-trace-details',
    version: 1,
    program: header.program,
    createdAt: header.createdAt,
    simulated: header.simulated,
    instrument: header.instrument,
    quantity: header.quantity,
    voltageV: header.voltageV,
    recordedRateHz: header.sampleRateHz,
    rateHz,
    recordedSamples: trace.samples,
    samples,
    leftOutSamples: trace.samples - samples * ratio,
    edgeResolutionS: header.edgeResolutionS,
    edges: events
      .filter((event) => event.kind === 'edge')
      .map(({ sampleIndex, channel, level, sequence }) => ({
        sampleIndex,
        timeS: sampleIndex / header.sampleRateHz,
        channel,
        level,
        ...(sequence !== undefined && { sequence }),
      })),
    losses: events
      .filter((event) => event.kind === 'loss')
      .map(({ sampleIndex, count, cause, exact }) => ({ sampleIndex, count, cause, exact })),
    marks: events
      .filter((event) => event.kind === 'mark')
      .map(({ sampleIndex, name }) => ({ sampleIndex, timeS: sampleIndex / header.sampleRateHz, name })),
    damaged: trace.problems.map(({ facts }) => ({ offsetBytes: facts.offsetBytes, reason: facts.reason })),
    note: header.note,
  };
}
