import { parseResults } from '../../dut/index.ts';
import { Keeper } from './keeper.ts';
import type { TextLine } from './lines.ts';
import { emptyLog, mostIncidents, mostInfers, mostNameCharacters, personalPathIn } from './run-log.ts';
import type { LoggedInfer, RunLog } from './run-log.ts';

/** Lines of the runner's own clock: `MMDD.HHMMSS ulp-mlperf: `. */
const stamped = /^\d{4}\.\d{6} [a-z-]{1,32}: /;
const mostDetections = 100_000;

/**
 * Reads the current runner's log: the console's text, mostly without times, so that the DUT's clock cannot be judged by it (results and
 * submission, section 6.1). The printed windows at its end are those of `results.txt` and not read again.
 */
export class MlcLogReader {
  readonly log: RunLog = { ...emptyLog(), runner: 'mlc' };
  #loaded: { file: string; offsetBytes: number } | null = null;
  #infer: LoggedInfer | undefined;
  readonly #keep = new Keeper();

  push({ text, number }: TextLine): void {
    const { log } = this;
    log.lines = number;
    if (log.personal === null) {
      const personal = personalPathIn(text);
      if (personal !== undefined) log.personal = { text: this.#keep.text(personal), line: number };
    }
    const line = text.replace(stamped, '').trim();
    if (this.#device(line)) return;
    const load = /^Loading file (.{1,300}) segment (\d{1,9})$/.exec(line);
    if (load) {
      const file = (load[1] as string).slice(0, mostNameCharacters);
      this.#loaded = { file, offsetBytes: Number(load[2]) };
      return;
    }
    const run = /^Running inference with (\d{1,15})\/(\d{1,15}) \(warmup\/measured\)/.exec(line);
    if (run) {
      this.#begin(Number(run[2]), Number(run[1]), number);
      return;
    }
    this.#inside(line, number);
  }

  /** What is said about the session, its device and what was heard. */
  #device(line: string): boolean {
    const { log } = this;
    const start = /^Logging initialized\. Writing output to (.{0,500})$/.exec(line);
    if (start) {
      const id = /(\d{8}_\d{6})/.exec(start[1] as string)?.[1] ?? '';
      if (log.sessions.length < 1000) log.sessions.push(this.#keep.text(id));
      return true;
    }
    if (line.startsWith('Session logged in file ')) {
      log.ends += 1;
      return true;
    }
    const device = /^Device (name|profile|model) retrieved: (.{0,200})$/.exec(line);
    if (device) {
      log[device[1] as 'name' | 'profile' | 'model'] = this.#keep.text(device[2] as string);
      return true;
    }
    return false;
  }

  #begin(inferences: number, warmups: number, line: number): void {
    if (this.log.infers.length >= mostInfers) return;
    this.#infer = {
      file: this.#loaded ? this.#keep.text(this.#loaded.file) : null,
      offsetBytes: this.#loaded?.offsetBytes ?? 0,
      inferences,
      warmups,
      stampCount: 0,
      stamps: [],
      results: null,
      unreadableResults: false,
      startHostS: null,
      doneHostS: null,
      done: false,
      line,
      lastLine: line,
      printedS: null,
      edges: null,
    };
    this.log.infers.push(this.#infer);
  }

  #inside(line: string, number: number): void {
    const infer = this.#infer;
    if (line === 'done' && infer) {
      infer.done = true;
      infer.lastLine = number;
      return;
    }
    const results = /^m-results\s*: ?\[(.*)\]$/.exec(line);
    if (results && infer) {
      const values = parseResults(results[1] as string);
      infer.results = values && this.#keep.vector(values);
      infer.unreadableResults = infer.results === null;
      infer.lastLine = number;
      return;
    }
    const runtime = /^Runtime\s*:\s*(\d{1,15}(?:\.\d{1,20})?) sec\.$/.exec(line);
    // Behind the last inference the same words are printed once more, as in results.txt.
    if (runtime && infer && infer.printedS === null) {
      infer.printedS = Number(runtime[1]);
      return;
    }
    const captured = /^Captured samples:(\d{1,12}) timestamps:(\d{1,9})$/.exec(line);
    if (captured && infer) {
      infer.edges = Number(captured[2]);
      return;
    }
    if (line.startsWith('[') && this.log.detections === null && infer === undefined) this.#detections(line, number);
    if (/^e-\[|^RX:e-\[/.test(line) && this.log.incidents.length < mostIncidents) {
      const insideInfer = infer !== undefined && !infer.done;
      const text = this.#keep.text(line.slice(0, 200));
      this.log.incidents.push({ kind: 'error', text, insideInfer, line: number });
    }
  }

  /** A list of whole numbers: when the wake word was heard, in ms. */
  #detections(line: string, number: number): void {
    if (!/^\[[\d,\s]*\]$/.test(line)) return;
    const ms = line.slice(1, -1).split(',').map(Number);
    if (ms.length <= mostDetections && ms.every((value) => Number.isSafeInteger(value)))
      this.log.detections = { ms, line: number };
  }
}
