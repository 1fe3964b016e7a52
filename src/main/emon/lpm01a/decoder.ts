import type { MonitorEvent } from '../monitor.ts';
import { asciiTickModulusMs, latin1, prompt, readAsciiLine } from './ascii.ts';
import type { AsciiSink } from './ascii.ts';
import { BinaryReader, binaryTickModulusMs } from './binary.ts';
import type { BinarySink } from './binary.ts';
import { Timeline } from './timeline.ts';
import { readValue } from './values.ts';

/** What the instrument says to whoever sent a command. */
export type Lpm01aReply =
  /** Text after the prompt: `ack volt 1800m`. */
  | { kind: 'prompt'; text: string }
  /** Any other line outside an acquisition, and `Error detail: ...`. */
  | { kind: 'line'; text: string }
  /** An answer inside the binary stream. */
  | { kind: 'frame'; of: 'targrst' | 'volt' | 'temp' | 'pwr'; value: number }
  /** The stream's end; `complaint` is the instrument's last error message in it. */
  | { kind: 'ended'; overcurrent: boolean; complaint: string | undefined }
  /** `Acquisition completed`. */
  | { kind: 'completed' };

export interface DecoderListener {
  event(event: MonitorEvent): void;
  reply(reply: Lpm01aReply): void;
}

export interface StreamForm {
  format: 'ascii' | 'binary';
  sampleRateHz: number;
  edgeLevel: 'fall' | 'rise' | 'unknown';
  /** Sample at the end of the measuring range, in the stream's unit; Infinity where it is not known. */
  fullScale: number;
}

/** Longest line that is kept in one piece; the longest known one has about 60 bytes. */
const longestLine = 256;
/** Samples of one block at most; the text stream's are also no longer than this time. */
const longestBlock = 1024;
const longestBlockS = 0.05;

const lf = 0x0a;
const cr = 0x0d;

/**
 * Turns the instrument's bytes into events and replies, whatever the chunks they come in. Outside an acquisition everything is text. After
 * `arm`, the line `ack start` begins the stream in the given form; its end leads back to text. Memory is bounded, and nothing throws.
 */
export class Lpm01aDecoder {
  readonly #listener: DecoderListener;
  readonly #line = new Uint8Array(longestLine);
  #lineBytes = 0;
  #mode: 'text' | 'ascii' | 'binary' | 'summary' = 'text';
  #armed: StreamForm | undefined;
  #timeline: Timeline | undefined;
  #binary: BinaryReader | undefined;
  #overcurrent = false;
  #complaint: string | undefined;

  constructor(listener: DecoderListener) {
    this.#listener = listener;
  }

  /** Whether a stream is being decoded. */
  get streaming(): boolean {
    return this.#mode === 'ascii' || this.#mode === 'binary';
  }

  /** Samples of the stream so far, gaps included. */
  get samples(): number {
    return this.#timeline?.index ?? 0;
  }

  /** Those of them that were handed over. */
  get delivered(): number {
    return this.samples - (this.#timeline?.pending ?? 0);
  }

  /** Bytes and samples that are kept for later: the whole of its memory. */
  get keptBytes(): number {
    return this.#lineBytes + (this.#binary?.keptBytes ?? 0) + 4 * (this.#timeline?.pending ?? 0);
  }

  /** The next `ack start` begins a stream of this form. */
  arm(form: StreamForm): void {
    this.#armed = form;
  }

  disarm(): void {
    this.#armed = undefined;
  }

  /** Gives away what is kept back and treats what follows as text: the stream is over, whatever the instrument thinks. */
  abandon(): void {
    this.#timeline?.finish();
    this.#mode = 'text';
    this.#binary = undefined;
    this.#lineBytes = 0;
  }

  push(chunk: Uint8Array): void {
    let rest: Uint8Array | undefined = chunk;
    while (rest && rest.length > 0) {
      if (this.#mode === 'binary' && this.#binary) rest = this.#binary.push(rest);
      else rest = this.#pushText(rest);
    }
  }

  /** Lines up to the one that switches to binary; returns what follows it. */
  #pushText(chunk: Uint8Array): Uint8Array | undefined {
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === lf) this.#endLine();
      else if (byte !== cr && byte !== 0) this.#line[this.#lineBytes++] = byte;
      // A line that is too long is damaged; its pieces are dealt with as lines.
      if (this.#lineBytes === longestLine) this.#endLine();
      if (this.#mode === 'binary') return chunk.subarray(at + 1);
    }
    return undefined;
  }

  #endLine(): void {
    const length = this.#lineBytes;
    this.#lineBytes = 0;
    if (this.#mode === 'ascii') readAsciiLine(this.#line, length, this.#asciiSink);
    else this.#textLine(latin1(this.#line, length).trim());
  }

  #textLine(line: string): void {
    if (line === '') return;
    const at = line.indexOf(prompt);
    if (at >= 0) this.#prompt(line.slice(at + prompt.length).trim());
    // Between `end` and `completed` stand the smallest and largest sample, which look like samples.
    else if (this.#mode === 'text') this.#listener.reply({ kind: 'line', text: line });
  }

  #prompt(text: string): void {
    if (/^acquisition completed/i.test(text)) {
      if (this.streaming) this.#endStream();
      this.#mode = 'text';
      this.#listener.reply({ kind: 'completed' });
      return;
    }
    if (this.streaming) this.#noteAnswer(text);
    else if (text === 'ack start' && this.#armed) this.#begin(this.#armed);
    this.#listener.reply({ kind: 'prompt', text });
  }

  #begin(form: StreamForm): void {
    this.#armed = undefined;
    const { sampleRateHz, edgeLevel, fullScale, format } = form;
    const blockSamples =
      format === 'binary'
        ? longestBlock
        : Math.max(1, Math.min(longestBlock, Math.floor(sampleRateHz * longestBlockS)));
    const emit = (event: MonitorEvent): void => this.#listener.event(event);
    this.#timeline = new Timeline({ sampleRateHz, edgeLevel, fullScale, blockSamples, emit });
    this.#overcurrent = false;
    this.#complaint = undefined;
    this.#mode = format;
    this.#binary = format === 'binary' ? new BinaryReader(this.#binarySink(this.#timeline)) : undefined;
  }

  /** Answers that are measurements are events too, so that the trace has them. */
  #noteAnswer(text: string): void {
    const volt = /^ack volt get (\S+)$/.exec(text);
    const temperature = /^ack temp degc (\S+)$/.exec(text);
    const value = readValue((volt ?? temperature)?.[1] ?? '');
    if (value !== undefined) this.#timeline?.status(volt ? { voltageV: value } : { temperatureC: value });
    const power = /^ack pwr (on|off)\b/.exec(text);
    if (power) this.#timeline?.status({ powered: power[1] === 'on' });
  }

  #endStream(): void {
    this.#timeline?.finish();
    this.#mode = 'summary';
    this.#binary = undefined;
    this.#listener.reply({ kind: 'ended', overcurrent: this.#overcurrent, complaint: this.#complaint });
  }

  #complain(text: string): void {
    this.#complaint = text;
    if (/over-?\s?current/i.test(text)) {
      this.#overcurrent = true;
      this.#timeline?.status({ text, overcurrent: true });
    } else this.#timeline?.status({ text });
  }

  readonly #asciiSink: AsciiSink = {
    sample: (value) => this.#timeline?.sample(value),
    fragment: () => this.#timeline?.fragment(),
    damaged: () => this.#timeline?.unknownLoss('malformed'),
    tick: (ms, buffer) => this.#timeline?.tick(ms, asciiTickModulusMs, buffer),
    edge: (count) => this.#timeline?.edge(count),
    prompt: (text) => this.#prompt(text),
    detail: (text) => this.#listener.reply({ kind: 'line', text }),
    error: (text) => this.#complain(text),
    power: (powered) => this.#timeline?.status({ powered }),
    text: (text) => this.#timeline?.status({ text }),
    end: () => this.#endStream(),
  };

  #binarySink(timeline: Timeline): BinarySink {
    const answer = (of: 'targrst' | 'volt' | 'temp' | 'pwr', value: number): void =>
      this.#listener.reply({ kind: 'frame', of, value });
    return {
      sample: (value) => timeline.sample(value),
      tick: (ms, _overflow, buffer) => timeline.tick(ms, binaryTickModulusMs, buffer),
      error: (text) => this.#complain(text),
      information: (lines) => {
        timeline.status({ text: lines.join(' ') });
        for (const line of lines) {
          const at = line.indexOf(prompt);
          if (at >= 0) this.#listener.reply({ kind: 'prompt', text: line.slice(at + prompt.length) });
          else if (/^error detail:/i.test(line)) this.#listener.reply({ kind: 'line', text: line });
        }
      },
      overcurrent: () => {
        this.#overcurrent = true;
        timeline.status({ overcurrent: true });
      },
      targetReset: () => answer('targrst', 0),
      voltage: (voltageV) => {
        timeline.status({ voltageV });
        answer('volt', voltageV);
      },
      temperature: (temperatureC) => {
        timeline.status({ temperatureC });
        answer('temp', temperatureC);
      },
      power: (powered) => {
        timeline.status({ powered });
        answer('pwr', powered ? 1 : 0);
      },
      unknown: (frame) => timeline.status({ text: Buffer.from(frame).toString('hex') }),
      misaligned: () => timeline.distrust(),
      end: () => this.#endStream(),
    };
  }
}
