import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One made-up run whose files are as large as they get, and what it is. */
export interface LargeRun {
  name: string;
  folder: string;
  bytes: number;
}

const wantedBytes = 100e6;
const clips = 248;
const segments = 196;

/** Writes a run of each kind of large file below `root`: none of them is ever held in memory as a whole here either. */
export function writeLargeRuns(root: string): LargeRun[] {
  const runs: readonly [string, string, (folder: string) => void][] = [
    ['anomaly log and script', 'v1.1/closed/Org/results/Board/ad/accuracy', anomalyLog],
    ['anomaly results.json', 'v1.3/closed/Org/results/Board/ad/accuracy', anomalyJson],
    ['energy results.json', 'v1.3/closed/Org/results/Board/ic/energy', energyJson],
    ['a single line of 60 MB in log, results and script', 'v1.1/closed/Org/results/Board/kws/performance', oneLine],
  ];
  return runs.map(([name, folder, write], k) => {
    const inside = join(root, String(k), folder);
    mkdirSync(inside, { recursive: true });
    write(inside);
    const files = ['log.txt', 'results.txt', 'script.async', 'results.json'];
    const bytes = files.reduce(
      (sum, file) => sum + (statSync(join(inside, file), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { name, folder: join(root, String(k)), bytes };
  });
}

/** Lines until the file has its size; `line` gives the k-th stretch of it, undefined at the end. */
function write(path: string, stretches: Iterable<string>): void {
  const file = openSync(path, 'w');
  let waiting = '';
  for (const stretch of stretches) {
    waiting += stretch;
    if (waiting.length < 1_000_000) continue;
    writeSync(file, waiting);
    waiting = '';
  }
  writeSync(file, waiting);
  closeSync(file);
}

const vector = Array.from({ length: 160 }, (_, k) => (k / 7).toFixed(6)).join(',');

function clip(k: number): string {
  return `normal_id_01_${String(k).padStart(8, '0')}_hist_librosa.bin`;
}

/** 248 clips of 196 segments, each loaded and inferred on its own; the DUT says so much that the log has 100 MB. */
function anomalyLog(folder: string): void {
  write(join(folder, 'log.txt'), logLines());
  write(join(folder, 'script.async'), scriptLines());
  writeFileSync(join(folder, 'results.txt'), '09999.000 ulp-mlperf: Top-1: 50.0%\n09999.000 ulp-mlperf: AUC: 0.50\n');
}

function* eachSegment(): Generator<[number, number, number]> {
  for (let k = 0; k < clips; k += 1) for (let s = 0; s < segments; s += 1) yield [k, s, k * segments + s];
}

function* logLines(): Generator<string> {
  yield '00000.001 session: m-session-start-id[20230101120000]\n00000.002 parser: m-bm-cfg-name[ulp-mlperf]-key[model]-val[ad01]\n00000.003 dut: m-model-[ad01]\n';
  const chunks = Array.from(
    { length: 24 },
    (_, k) => `db ${String(k).padStart(2, '0')}${'0123456789abcdef'.repeat(3)}`,
  );
  for (const [k, s, n] of eachSegment()) {
    const at = (10 + n / 10).toFixed(3).padStart(9, '0');
    yield `${at} parser: Command "bload dut "/data/ad01/${clip(k)}" 2560 ${512 * s}"\n`;
    yield chunks.map((chunk) => `${at} io: [dut]: ${chunk}\n`).join('');
    yield `${at} parser: m-bload-done\n${at} parser: Command "dut infer 1 0"\n${at} dut: m-infer-start-1\n`;
    yield `${at} dut: m-lap-us-${1000 * n}\n${at} dut: m-lap-us-${1000 * n + 900}\n${at} dut: m-infer-done\n`;
    yield `${at} dut: m-results-[${(n % 97) / 7}]\n${at} dut: m-ready\n`;
  }
  yield '99999.000 session: m-session-stop-id[20230101120000]';
}

function* scriptLines(): Generator<string> {
  yield '[\n';
  const padding = ' '.repeat(Math.max(0, Math.floor(wantedBytes / clips / segments) - 190));
  for (const [k, s] of eachSegment()) {
    yield `    { cmd: 'bload dut "C:\\\\data\\\\ad01\\\\${clip(k)}" 2560 ${512 * s}', ms: 7840 },${padding}\n`;
    yield `    { cmd: 'dut infer 1 0', ms: -1, ack: /dut.?: m-ready/ },\n`;
  }
  yield `    { cmd: 'dut profile' }\n]`;
}

/** The current runner's file of the same run: one object a segment. */
function anomalyJson(folder: string): void {
  write(join(folder, 'results.json'), jsonSegments());
  writeFileSync(join(folder, 'log.txt'), 'Logging initialized. Writing output to x\nDevice model retrieved: ad01\n');
  writeFileSync(join(folder, 'results.txt'), '0101.120000 ulp-mlperf: AUC = 0.5\n');
}

function* jsonSegments(): Generator<string> {
  const values = `[${vector.replaceAll(',', ', ')}]`;
  const padding = ' '.repeat(Math.max(0, Math.floor(wantedBytes / clips / segments) - values.length - 330));
  yield '[';
  for (const [k, s, n] of eachSegment())
    yield (
      `${n === 0 ? '' : ', '}{"file": "${clip(k)}", "classes": "2", "class": "${k % 2}", "bytes_to_send": "2560", "stride": "512", ` +
      `"total_length": ${segments}, "infer": {"results": ${values}, "iterations": 1, "warmups": 0, "total_inferences": 1, ` +
      `"start_time": ${1000 * n}, "end_time": ${1000 * n + 900}, "elapsed_time": 900}, "segment": ${s}, "mode": "a"}${padding}`
    );
  yield ']';
}

/** Five windows of a million samples each, with twenty bytes a sample. */
function energyJson(folder: string): void {
  write(join(folder, 'results.json'), jsonWindows());
  writeFileSync(join(folder, 'log.txt'), 'Logging initialized. Writing output to x\nDevice model retrieved: ic01\n');
  writeFileSync(join(folder, 'results.txt'), 'Power Edition Output\n');
}

function* jsonWindows(): Generator<string> {
  const samples = 1_000_000;
  for (let window = 0; window < 5; window += 1) {
    yield `${window === 0 ? '[' : ', '}{"file": "emu_s_00200${window}.bin", "classes": "10", "class": "3", "infer": {"results": [0.0, 1.0], "iterations": 200, "warmups": 10}, "power": {"samples": [0.0`;
    for (let k = 1; k < samples; k += 100)
      yield Array.from({ length: 100 }, (_, n) => `, 0.00001234567${(k + n) % 10_000}`).join('');
    yield `], "timestamps": [["${2 * window}", 1000], ["${2 * window + 1}", ${samples - 1000}]], "extracted_power": null, "voltage": 3.0}, "mode": "e"}`;
  }
  yield ']';
}

/** Files without a line's end, as a broken transfer or somebody's ill will makes them. */
function oneLine(folder: string): void {
  const piece = 'x'.repeat(1_000_000);
  function* line(start: string): Generator<string> {
    yield start;
    for (let k = 0; k < 60; k += 1) yield piece;
  }
  write(
    join(folder, 'log.txt'),
    line('00000.001 session: m-session-start-id[20230101120000]\n00000.002 dut: m-results-['),
  );
  write(join(folder, 'results.txt'), line('00000.001 ulp-mlperf: Median throughput is '));
  write(join(folder, 'script.async'), line("[ { cmd: '"));
}
