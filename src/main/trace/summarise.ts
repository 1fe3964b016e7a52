import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { TraceSummary } from '../../shared/domain/energy.ts';
import type { RecordingInputs } from '../../shared/domain/recording.ts';
import { Fault } from '../../shared/fault/index.ts';
import { summariseTrace } from '../analysis/index.ts';
import { openTrace } from './reader.ts';
import type { TraceEvent, TraceReader } from './types.ts';

/** Host time shorter than this says nothing about the sampling rate. */
const leastHostS = 5;
/** More losses than a summary lists; the rest is in the trace. */
const mostLosses = 10_000;

/**
 * What a recorded trace says about its run: derived from the trace file and the journal alone, so that a verification gets the same.
 * @throws Fault of area `trace` when the file cannot be read.
 */
export async function summariseRecording(sessionFolder: string, inputs: RecordingInputs): Promise<TraceSummary> {
  const path = join(sessionFolder, ...inputs.file.split('/'));
  const reader = await openTrace(path);
  try {
    return await summarise(reader, path, inputs);
  } finally {
    await reader.close();
  }
}

async function summarise(reader: TraceReader, path: string, inputs: RecordingInputs): Promise<TraceSummary> {
  const { header, samples } = reader;
  const events = await reader.events();
  const edgeCount = events.filter((event) => event.kind === 'edge').length;
  const windows = inputs.windows.flatMap(({ startEdge, endEdge, ...window }) =>
    startEdge === null || endEdge === null ? [] : [{ ...window, startEdge, endEdge }],
  );
  const parts = await summariseTrace(
    {
      samples,
      sampleRateHz: header.sampleRateHz,
      quantity: header.quantity,
      scale: header.scale,
      voltageV: header.voltageV,
      blocks: (first, end) => reader.blocks(first, end),
    },
    {
      rule: inputs.windowRule,
      windows,
      rests: inputs.rests.map(({ state, startSample, endSample }) => ({ state, firstSample: startSample, endSample })),
      maxCurrentA: inputs.maxCurrentA,
    },
  );
  const hostDurationS = inputs.readings?.hostDurationS ?? 0;
  return {
    file: inputs.file,
    sha256: await hashOf(path),
    sampleRateHz: header.sampleRateHz,
    samples,
    achievedRateHz: hostDurationS >= leastHostS ? samples / hostDurationS : null,
    deviceDurationS: deviceDurationS(events, samples),
    hostDurationS,
    edgeCount,
    expectedEdgeCount: inputs.expectedEdgeCount,
    strayEdges: Math.max(0, edgeCount - inputs.accountedEdgeCount),
    losses: events
      .flatMap((event) =>
        event.kind === 'loss'
          ? [{ sampleIndex: event.sampleIndex, count: event.count, cause: event.cause, exact: event.exact }]
          : [],
      )
      .slice(0, mostLosses),
    overcurrent: events.some((event) => event.kind === 'status' && event.overcurrent === true),
    ...parts,
    measuredVoltageV: inputs.readings?.voltageV ?? null,
    temperatureC: inputs.readings?.temperatureC ?? null,
  };
}

/** Length of the trace by the instrument's ticks, continued to its ends at the rate between the first and the last of them. */
function deviceDurationS(events: readonly TraceEvent[], samples: number): number | null {
  const ticks = events.filter((event) => event.kind === 'tick');
  const first = ticks[0];
  const last = ticks.at(-1);
  if (!first || !last || last.sampleIndex <= first.sampleIndex) return null;
  return ((last.deviceTimeS - first.deviceTimeS) * samples) / (last.sampleIndex - first.sampleIndex);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw new Fault('trace.unreadable', { path, reason: String(error) }, { cause: error });
  }
  return hash.digest('hex');
}
