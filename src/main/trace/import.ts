import { rename, rm } from 'node:fs/promises';
import type { SampleQuantity } from '../../shared/domain/energy.ts';
import { storeFault } from '../store/index.ts';
import { createTrace } from './recorder.ts';
import type { TraceEvent, TraceHeader } from './types.ts';
import { draftPath, refuseExisting } from './whole-files.ts';

/** Samples that may wait to be written while more are read. */
const mostPending = 1_000_000;

/** A foreign trace, read by `emon/file`. */
export interface ForeignTrace {
  format: string;
  sampleRateHz: number;
  quantity: SampleQuantity;
  /** SI units = stored value * scale. */
  scale: number;
  voltageV: number | null;
  hasDigital: boolean;
  simulated?: boolean;
  edges: readonly { sampleIndex: number; channel: number; level: 'fall' | 'rise' | 'unknown'; sequence?: number }[];
  edgeResolutionS: number;
  /** Stretches recorded in one go. */
  segments: readonly { firstSample: number }[];
  blocks(): AsyncIterable<{ values: Float32Array; digital?: Uint8Array }>;
}

interface ImportFacts {
  createdAt: string;
  program: string;
  /** Where it comes from, for the note. */
  source: string;
  signal?: AbortSignal;
}

/**
 * Stores a foreign trace as one of ours: values keep their bits, edges their place; a mark `segment-N` stands where recording was interrupted.
 * @throws Fault `store.exists`, `trace.writeFailed`, or what reading throws; no file is there then.
 */
export async function importTrace(
  foreign: ForeignTrace,
  path: string,
  { createdAt, program, source, signal }: ImportFacts,
): Promise<{ samples: number; bytes: number; sha256: string }> {
  await refuseExisting(path);
  const header: TraceHeader = {
    createdAt,
    program,
    instrument: { kind: 'file', model: foreign.format, serial: '', firmware: '' },
    simulated: foreign.simulated ?? false,
    sampleRateHz: foreign.sampleRateHz,
    quantity: foreign.quantity,
    scale: foreign.scale,
    voltageV: foreign.voltageV,
    channels: { raw: false, ranges: false, digital: foreign.hasDigital },
    edgeResolutionS: foreign.edgeResolutionS,
    note: source,
  };
  const draft = draftPath(path);
  await rm(draft, { force: true });
  const recorder = await createTrace(draft, header);
  try {
    const events = eventsOf(foreign);
    let next = 0;
    for await (const { values, digital } of foreign.blocks()) {
      signal?.throwIfAborted();
      recorder.append({ values, ...(digital && { digital }), saturated: 0 });
      for (let event = events[next]; event && event.sampleIndex <= recorder.samples; event = events[next]) {
        recorder.event(event);
        next += 1;
      }
      await recorder.drained(mostPending);
    }
    for (const event of events.slice(next)) recorder.event(event);
    const closed = await recorder.close();
    await rename(draft, path).catch((error: unknown) => {
      throw storeFault(error, path);
    });
    return closed;
  } catch (error) {
    await recorder.close().catch(() => undefined);
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

function eventsOf({ edges, segments }: ForeignTrace): TraceEvent[] {
  const marks = segments.slice(1).map(({ firstSample }, k): TraceEvent => ({
    kind: 'mark',
    sampleIndex: firstSample,
    name: `segment-${k + 2}`,
    hostS: 0,
  }));
  const marked = edges.map((edge): TraceEvent => ({ kind: 'edge', ...edge }));
  return [...marks, ...marked].sort((a, b) => a.sampleIndex - b.sampleIndex);
}
