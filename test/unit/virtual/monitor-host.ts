import type { VirtualBench } from '../../../src/main/virtual/index.ts';
import type { ByteStream } from '../../../src/main/transport/byte-stream.ts';

/** What a host reads from an LPM01A, by a reader of its own: neither the emulator's code nor the driver's. */
export class Lpm01aHost {
  readonly bench: Pick<VirtualBench, 'clock'>;
  readonly stream: ByteStream;
  text = '';
  bytes = 0;
  ended: { reason: Error | undefined } | undefined;
  #waiter: (() => boolean) | undefined;

  constructor(bench: Pick<VirtualBench, 'clock'>, stream: ByteStream) {
    this.bench = bench;
    this.stream = stream;
    stream.onData((chunk) => {
      this.bytes += chunk.length;
      this.text += Buffer.from(chunk).toString('latin1');
      if (this.#waiter?.()) this.#waiter = undefined;
    });
    stream.onClose((reason) => {
      this.ended = { reason };
    });
  }

  async until(pattern: RegExp): Promise<void> {
    const arrived = new Promise<void>((resolve) => {
      const check = (): boolean => {
        if (!pattern.test(this.text)) return false;
        resolve();
        return true;
      };
      if (!check()) this.#waiter = check;
    });
    await this.bench.clock.whileExpecting(String(pattern), arrived);
  }

  /** Sends a command and gives what came up to the end of its answer. */
  async command(text: string): Promise<string> {
    const from = this.text.length;
    await this.stream.write(Buffer.from(`${text}\r\n`, 'latin1'));
    const arrived = new Promise<void>((resolve) => {
      this.#waiter = () => {
        const answer = /PowerShield > (ack|error)[^\n]*\r\n(Error detail: [^\n]*\r\n)?\r\n/;
        if (!answer.test(this.text.slice(from))) return false;
        resolve();
        return true;
      };
    });
    await this.bench.clock.whileExpecting(text, arrived);
    return this.text.slice(from);
  }

  async commands(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.command(text);
  }
}

export interface AsciiTrace {
  samples: number[];
  /** Samples completed before each event. */
  events: number[];
  sequence: string[];
  ticks: { ms: number; sample: number }[];
}

/** Reads an ASCII stream from `ack start` to `end`, as energy-monitors 2.5 describes it. */
export function readAscii(text: string): AsciiTrace {
  const trace: AsciiTrace = { samples: [], events: [], sequence: [], ticks: [] };
  const body = text.slice(text.indexOf('ack start\r\n'));
  for (const raw of body.split('\n').slice(1)) {
    const line = raw.replaceAll('\r', '').replaceAll('\0', '');
    if (line === 'end') break;
    const sample = /^(\d{4})([+-])(\d{2})$/.exec(line);
    if (sample) trace.samples.push(Number(`${String(sample[1])}e${String(sample[2])}${String(sample[3])}`));
    const event = /^event (\d\d) ris$/.exec(line);
    if (event?.[1]) {
      trace.events.push(trace.samples.length);
      trace.sequence.push(event[1]);
    }
    const tick = /^TimeStamp:[ ><](\d{3})s (\d{3})ms, buff (\d\d)%$/.exec(line);
    if (tick) trace.ticks.push({ ms: Number(tick[1]) * 1000 + Number(tick[2]), sample: trace.samples.length });
  }
  return trace;
}

export const scoreSetup = (voltage = '3000m'): readonly string[] => [
  'htc',
  `volt ${voltage}`,
  'trigsrc sw',
  'trigdelay 0',
  'acqtime inf',
  'eventsrc d7 fal',
  'output energy',
  'format ascii_dec',
  'freq 1k',
];
