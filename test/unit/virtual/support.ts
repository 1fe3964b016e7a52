import { createHash, type Hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compilePlan, readTflite } from '../../../src/main/model/index.ts';
import {
  openVirtualBench,
  readCostTable,
  readVirtualFirmware,
  type VirtualBench,
  type VirtualBenchOptions,
} from '../../../src/main/virtual/index.ts';
import type { ByteStream } from '../../../src/main/transport/byte-stream.ts';

export const resources = resolve(import.meta.dirname, '../../../resources');
export const firmwareFolder = join(resources, 'firmware/virtual');
export const firmware = await readVirtualFirmware(firmwareFolder);
export const costTable = await readCostTable(join(resources, 'firmware/cost/cortex-m4.json'));

const demoFolder = join(resources, 'workloads/demo01');
const workload = JSON.parse(readFileSync(join(demoFolder, 'workload.json'), 'utf8')) as { int8Correct: number };

export const demo = {
  image: compilePlan(readTflite(readFileSync(join(demoFolder, 'model.tflite'))), {
    workloadId: 'demo01',
  }).image,
  inputs: inputsOf(join(demoFolder, 'dataset')),
  /** As the workload's own description has it, by an independent implementation. */
  correct: workload.int8Correct,
};

export interface LabelledInput {
  file: string;
  label: number;
  bytes: Buffer;
}

/** Inputs of a folder in the official layout, in the order of its list. */
export function inputsOf(folder: string): LabelledInput[] {
  return readFileSync(join(folder, 'y_labels.csv'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [file = '', , label] = line.split(',').map((part) => part.trim());
      return { file, label: Number(label), bytes: readFileSync(join(folder, file)) };
    });
}

export function openDemoBench(options: Partial<VirtualBenchOptions> = {}): Promise<VirtualBench> {
  return openVirtualBench({ image: demo.image, model: 'demo01', firmware, costTable, useWorker: false, ...options });
}

/** A host that speaks as little of the protocol as a test needs, and records everything with its time. */
export class Talk {
  readonly bench: VirtualBench;
  readonly stream: ByteStream;
  readonly transcript: { timeNs: number; text: string }[] = [];
  readonly #hash: Hash = createHash('sha256');
  #text = '';
  #waiter: { until: (text: string) => boolean; resolve: () => void } | undefined;
  ended: { reason: Error | undefined } | undefined;

  constructor(bench: VirtualBench, stream: ByteStream) {
    this.bench = bench;
    this.stream = stream;
    stream.onData((chunk) => {
      const text = Buffer.from(chunk).toString('latin1');
      const timeNs = bench.clock.nowNs();
      this.transcript.push({ timeNs, text });
      this.#hash.update(`${String(timeNs)} ${text}`);
      this.#text += text;
      this.#check();
    });
    stream.onClose((reason) => {
      this.ended = { reason };
    });
  }

  static async open(bench: VirtualBench, options: { baud?: number } = {}): Promise<Talk> {
    return new Talk(bench, await bench.openDut(undefined, options));
  }

  /** Of all that came, with the virtual time of each piece. */
  get hash(): string {
    return this.#hash.copy().digest('hex');
  }

  get lastTimeNs(): number {
    return this.transcript.at(-1)?.timeNs ?? 0;
  }

  /** What comes until the text satisfies the condition; rejects when nothing can happen any more. */
  async until(condition: (text: string) => boolean, what = 'text'): Promise<string> {
    const arrived = new Promise<void>((resolve) => {
      this.#waiter = { until: condition, resolve };
    });
    this.#check();
    await this.bench.clock.whileExpecting(what, arrived);
    const text = this.#text;
    this.#text = '';
    return text;
  }

  ready(what = 'm-ready'): Promise<string> {
    return this.until((text) => text.endsWith('m-ready\r\n'), what);
  }

  async command(command: string): Promise<string[]> {
    await this.stream.write(Buffer.from(`${command}%`, 'latin1'));
    return (await this.ready(command)).split('\r\n').slice(0, -1);
  }

  async load(bytes: Uint8Array, chunk = 31): Promise<void> {
    await this.command(`db load ${String(bytes.length)}`);
    for (let at = 0; at < bytes.length; at += chunk) {
      await this.command(`db ${Buffer.from(bytes.subarray(at, at + chunk)).toString('hex')}`);
    }
  }

  /** What is there without waiting for more. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #check(): void {
    if (!this.#waiter?.until(this.#text)) return;
    const { resolve } = this.#waiter;
    this.#waiter = undefined;
    resolve();
  }
}

export const laps = (lines: readonly string[]): number[] =>
  lines.filter((line) => line.startsWith('m-lap-us-')).map((line) => Number(line.slice('m-lap-us-'.length)));

export function results(lines: readonly string[]): number[] {
  const line = lines.find((candidate) => candidate.startsWith('m-results-['));
  return (line ?? '').slice('m-results-['.length, -1).split(',').map(Number);
}

/** First index of the highest value. */
export const argMax = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** Lets `seconds` of virtual time pass. */
export function pass(bench: VirtualBench, seconds: number): Promise<void> {
  return new Promise((resolve) => bench.clock.setTimer(seconds, resolve));
}
