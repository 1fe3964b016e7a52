import { stringify } from 'csv-stringify/sync';
import { joulesPerStored } from './sample-energy.ts';
import type { TraceEvent, TraceReader } from './types.ts';
import { writeWholeFiles } from './whole-files.ts';

const unitOf = { current: 'current_a', energy: 'energy_per_sample_j', power: 'power_w' } as const;

interface CsvOptions {
  first?: number;
  end?: number;
  /** For a current whose trace does not say at which voltage it was taken. */
  voltageV?: number;
  signal?: AbortSignal;
}

/**
 * Writes samples [first, end) as a table: time in s, the value in SI units, the energy of the sample in J (empty where a current has no voltage), the
 * digital inputs as one number where the trace has them, what happened at that sample, and whether the trace is of a simulation. A gap has an empty value.
 * Values have the nine digits that give their 32 bits back.
 * @throws Fault of area `store` or `trace`; no file is there then.
 */
export async function exportCsv(
  trace: TraceReader,
  path: string,
  { first = 0, end = trace.samples, voltageV, signal }: CsvOptions = {},
): Promise<{ rows: number }> {
  const { header } = trace;
  const perStored = joulesPerStored(header, header.voltageV ?? voltageV ?? null);
  const notes = notesBySample(await trace.events());
  const text = new TextEncoder();
  await writeWholeFiles([path], async ([file]) => {
    const columns = ['time_s', unitOf[header.quantity], 'energy_j', ...(header.channels.digital ? ['digital'] : [])];
    await file?.write(text.encode(stringify([[...columns, 'marks', 'simulated']])));
    const tail = `,${String(header.simulated)}\n`;
    for await (const { first: at, block } of trace.blocks(first, end)) {
      signal?.throwIfAborted();
      const lines: string[] = [];
      for (let k = 0; k < block.values.length; k += 1) {
        const value = block.values[k] as number;
        const gap = !Number.isFinite(value);
        const si = gap ? '' : digits(value * header.scale);
        const energy = gap || perStored === null ? '' : digits(value * perStored);
        const digital = block.digital ? `,${block.digital[k] ?? 0}` : '';
        const note = notes.get(at + k);
        const cell = note === undefined ? '' : stringify([[note]]).trimEnd();
        lines.push(`${(at + k) / header.sampleRateHz},${si},${energy}${digital},${cell}${tail}`);
      }
      await file?.write(text.encode(lines.join('')));
    }
  });
  return { rows: end - first };
}

function digits(value: number): string {
  return String(Number(value.toPrecision(9)));
}

/** What stands in the column of marks; several things at one sample are parted by a semicolon. */
function notesBySample(events: readonly TraceEvent[]): Map<number, string> {
  const notes = new Map<number, string>();
  for (const event of events) {
    const note = noteOf(event);
    if (note === undefined) continue;
    const sample = Math.floor(event.sampleIndex);
    const before = notes.get(sample);
    notes.set(sample, before === undefined ? note : `${before}; ${note}`);
  }
  return notes;
}

function noteOf(event: TraceEvent): string | undefined {
  switch (event.kind) {
    case 'edge':
      return `edge D${event.channel} ${event.level}`;
    case 'loss':
      return `loss ${event.count ?? 'unknown'} ${event.cause}`;
    case 'mark':
      return `mark ${event.name}`;
    case 'status':
      return `status ${event.text}`;
    case 'tick':
      return undefined;
  }
}
