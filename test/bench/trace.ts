/**
 * Traces: recording at the rate of the fastest monitor, and views of a long file. Prints figures and never judges: `node test/bench/trace.ts`.
 * The long file needs 5 GB of free disk in the temporary folder (or in the folder named by the first argument) and is left out without.
 */
import { mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createTrace, openTrace, recordTrace } from '../../src/main/trace/index.ts';
import type { TraceBlock, TraceHeader } from '../../src/main/trace/index.ts';

const rateHz = 2_000_000;
const secondsOfSamples = 60;
/** What one USB transfer of a monitor of that rate brings. */
const blockSamples = 8064;
const longSamples = 1e9;
const longBytes = 5e9;
const columns = 2000;

const base: TraceHeader = {
  createdAt: '2026-01-01T00:00:00.000Z',
  program: 'joulebench bench',
  instrument: { kind: 'js220', model: 'JS220', serial: '0', firmware: '0' },
  simulated: true,
  sampleRateHz: rateHz,
  quantity: 'current',
  scale: 1,
  voltageV: 3,
  channels: { raw: false, ranges: false, digital: false },
  edgeResolutionS: 1 / rateHz,
  note: '',
};
const all: TraceHeader = { ...base, channels: { raw: true, ranges: true, digital: true } };

const folder = await mkdtemp(join(process.argv[2] ?? tmpdir(), 'jb-trace-bench-'));
try {
  await record('values only, as fast as it takes them', base, false);
  await record('all channels, as fast as it takes them', all, false);
  await record('values only, paced', base, true);
  await record('all channels, paced', all, true);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < longBytes)
    console.log(`view of ${longSamples} samples: left out, ${Math.round((bavail * bsize) / 1e9)} GB are free`);
  else for (const samples of [longSamples / 20, longSamples]) await view(samples);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function made(header: TraceHeader): TraceBlock {
  const values = Float32Array.from({ length: blockSamples }, (_, k) => 1e-3 + 1e-4 * Math.sin(k / 50));
  if (!header.channels.raw) return { values, saturated: 0 };
  const bytes = new Uint8Array(blockSamples).fill(2);
  return { values, raw: values.slice(), ranges: bytes, digital: bytes.slice(), saturated: 0 };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function record(name: string, header: TraceHeader, paced: boolean): Promise<void> {
  const path = join(folder, 'record.jbt');
  const block = made(header);
  const total = Math.ceil((rateHz * secondsOfSamples) / blockSamples) * blockSamples;
  const recorder = await recordTrace(path, header);
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  const start = performance.now();
  let mostPending = 0;
  while (recorder.samples < total) {
    const due = paced
      ? Math.min(total, ((performance.now() - start) / 1000) * rateHz)
      : recorder.samples + blockSamples;
    while (recorder.samples + blockSamples <= due) recorder.append(block);
    mostPending = Math.max(mostPending, recorder.pendingSamples);
    if (paced && due < total) await turn();
    else if (paced) break;
    else if (recorder.pendingSamples > rateHz) await recorder.drained(rateHz / 2);
    else await turn();
  }
  while (recorder.samples < total) recorder.append(block);
  const closed = await recorder.close();
  lag.disable();
  const seconds = (performance.now() - start) / 1000;
  const trace = await openTrace(path);
  const { count, gaps } = await trace.statistics(0, trace.samples);
  await trace.close();
  await rm(path);
  const lost = total - count + gaps;
  console.log(
    `record ${name}: ${(total / 1e6).toFixed(0)} M samples, ${lost} lost, ${(closed.bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s = ${(total / seconds / rateHz).toFixed(2)} of 2,000,000 samples/s; most waiting ${(mostPending / rateHz).toFixed(3)} s; main loop delay p50 ${ms(lag.percentile(50))}, p99 ${ms(lag.percentile(99))}, max ${ms(lag.max)} ms`,
  );
}

function ms(ns: number): string {
  return (ns / 1e6).toFixed(1);
}

async function view(wanted: number): Promise<void> {
  const path = join(folder, 'long.jbt');
  const recorder = await createTrace(path, base);
  const block = made(base);
  const begun = performance.now();
  while (recorder.samples < wanted) {
    recorder.append(block);
    if (recorder.pendingSamples > 4 * rateHz) await recorder.drained(rateHz);
  }
  await recorder.close();
  const { size } = await stat(path);
  console.log(
    `long file: ${recorder.samples} samples, ${(size / 1e9).toFixed(2)} GB, made in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  );
  const before = used();
  const opening = performance.now();
  const trace = await openTrace(path);
  console.log(`open: ${(performance.now() - opening).toFixed(1)} ms`);
  for (const span of [trace.samples, 3e8, 3e7, 3e6, 1.9e6, 1e5].filter((samples) => samples <= trace.samples)) {
    const first: number[] = [];
    const again: number[] = [];
    const panned: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const from = Math.floor(((trace.samples - span) * round) / 12);
      first.push(await timed(() => trace.columns(from, from + span, columns)));
      for (let k = 0; k < 5; k += 1) again.push(await timed(() => trace.columns(from, from + span, columns)));
      for (let k = 1; k <= 5; k += 1) {
        const at = Math.min(trace.samples - span, from + Math.floor((k * span) / 50));
        panned.push(await timed(() => trace.columns(at, at + span, columns)));
      }
    }
    console.log(
      `${columns} columns of ${span} samples: first touch ${median(first)} ms, after it ${median(again)} ms, moved by a fiftieth ${median(panned)} ms (medians; slowest ${Math.max(...again).toFixed(1)} ms after it)`,
    );
  }
  const sums = await timed(() => trace.statistics(12_345, trace.samples - 54_321));
  console.log(`statistics of nearly all samples: ${sums.toFixed(1)} ms`);
  console.log(`memory: ${((used() - before) / 1e6).toFixed(1)} MB more than before the file was opened`);
  await trace.close();
  await rm(path);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(times: readonly number[]): string {
  return ([...times].sort((a, b) => a - b)[times.length >> 1] ?? NaN).toFixed(2);
}

/** Bytes in use, arrays outside the heap included; exact with --expose-gc. */
function used(): number {
  for (let k = 0; k < 3; k += 1) (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
