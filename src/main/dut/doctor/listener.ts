import type { Clock } from '../../../shared/clock/index.ts';
import type { DoctorOutcome, DoctorStep, DoctorStepKind } from '../../../shared/domain/doctor.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/index.ts';
import { contains, exchange, findMessage } from '../exchange.ts';
import type { Reply } from '../exchange.ts';
import { DutLink } from '../link.ts';
import type { DutLog, ReceivedLine } from '../link.ts';

/** What one probe heard. */
export interface Heard {
  outcome: DoctorOutcome;
  text: string;
}

const mostText = 80;
const nameSilenceS = 1;
const graceS = 0.5;
const mostBootPauseS = 5;

/** One opened stream under examination: every probe becomes a step of the report. */
export class Listener {
  readonly link: DutLink;
  /** From opening to the end of a boot block, when one came. */
  bootTookS: number | undefined;
  readonly #openedS: number;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #steps: (step: DoctorStep) => void;

  constructor(
    stream: ByteStream,
    clock: Clock,
    options: { signal?: AbortSignal | undefined; log?: DutLog | undefined; onStep: (step: DoctorStep) => void },
  ) {
    this.link = new DutLink(stream, clock, options.log);
    this.#clock = clock;
    this.#openedS = clock.nowS();
    this.#signal = options.signal;
    this.#steps = options.onStep;
  }

  /** Listens for at least `leastS`, then until the line is quiet or `mostS` have passed. */
  async listen(leastS: number, mostS: number): Promise<Heard> {
    return this.#step('listen', async () => {
      const startS = this.#clock.nowS();
      await this.#quiet(leastS, mostS);
      const bytes = this.link.bytesReceived;
      let lines = this.link.takeIdleLines();
      // A boot block that has begun may pause before it ends.
      while (bootUnfinished(lines) && this.#clock.nowS() - startS < mostS) {
        await this.#quiet(0.5, mostS);
        lines = [...lines, ...this.link.takeIdleLines()];
      }
      const heard = this.#describe(lines, bytes > 0);
      if (heard.outcome === 'boot') this.bootTookS = this.link.lastByteS - this.#openedS;
      return heard;
    });
  }

  /** Sends `name` up to `tries` times. */
  async askName(tries: number): Promise<Heard> {
    return this.#step('name', async () => {
      let best: Heard = { outcome: 'silent', text: '' };
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const heard = await this.#askOnce();
        if (heard.outcome === 'dut' || heard.outcome === 'otherDevice') return heard;
        if (heard.outcome !== 'silent') best = heard;
      }
      return best;
    });
  }

  /** Whether a line end brings more than itself: a console does, a loop of wire does not. */
  async sendLineEnd(): Promise<Heard> {
    return this.#step('lineEnd', async () => {
      const before = this.link.pending();
      await this.link.stream.write(Buffer.from('\r\n'), this.#signal);
      await this.#quiet(nameSilenceS, nameSilenceS * 3);
      const texts = this.link.takeIdleLines().map((line) => line.text);
      const rest = [...texts, this.link.pending()].join(' ').replace(before, '').trim();
      return rest === '' ? { outcome: 'echo', text: '' } : { outcome: 'text', text: rest.slice(0, mostText) };
    });
  }

  /** Sends `name` `times` times and counts how often the DUT's name did not come. */
  async repeatName(times: number): Promise<number> {
    let failed = 0;
    await this.#step('repeat', async () => {
      for (let count = 0; count < times; count += 1) if ((await this.#askOnce()).outcome !== 'dut') failed += 1;
      return { outcome: failed === 0 ? 'done' : 'failed', text: failed === 0 ? '' : `${failed}/${times}` };
    });
    return failed;
  }

  async #askOnce(): Promise<Heard> {
    try {
      const reply = await exchange(this.link, 'name', {
        signal: this.#signal,
        silenceS: nameSilenceS,
        deadlineS: nameSilenceS * 3,
        graceS,
        answered: contains('name'),
      });
      return readName(reply);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code === 'dut.rebooted') {
        await this.#quiet(0.5, mostBootPauseS);
        this.bootTookS = this.link.lastByteS - this.#openedS;
      }
      return this.#explain(error);
    }
  }

  #explain(fault: Fault): Heard {
    switch (fault.code) {
      case 'dut.echoOnly':
        return { outcome: 'echo', text: '' };
      case 'dut.garbled':
        return { outcome: 'garbage', text: '' };
      case 'dut.silent':
        return { outcome: 'silent', text: '' };
      case 'dut.unknownReply':
        return { outcome: 'text', text: (fault as Fault<'dut.unknownReply'>).facts.text };
      case 'dut.rebooted':
        return { outcome: 'boot', text: '' };
      case 'dut.babbling':
      case 'dut.timeout':
      case 'dut.noReady':
        return { outcome: 'text', text: firstText(this.link.takeIdleLines()) };
      default:
        throw fault;
    }
  }

  #describe(lines: readonly ReceivedLine[], any: boolean): Heard {
    const pending = this.link.pending();
    if (lines.some(({ reply }) => reply.messages.some(({ kind }) => kind === 'timestampMode' || kind === 'initDone'))) {
      return { outcome: 'boot', text: firstText(lines) };
    }
    if (lines.some(({ frame }) => frame.undecodable) || pending.includes('\ufffd'))
      return { outcome: 'garbage', text: '' };
    const text = firstText(lines) || pending.trim().slice(0, mostText);
    if (text !== '') return { outcome: 'text', text };
    return { outcome: any ? 'garbage' : 'silent', text };
  }

  async #quiet(quietS: number, mostS: number): Promise<void> {
    try {
      await this.link.quiet(quietS, mostS, this.#signal);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'dut.babbling') throw error;
    }
  }

  async #step<T extends Heard>(kind: DoctorStepKind, work: () => Promise<T>): Promise<T> {
    const startS = this.#clock.nowS();
    const bytesBefore = this.link.bytesReceived;
    const heard = await work();
    this.#steps({
      kind,
      baud: this.link.stream.baud ?? null,
      outcome: heard.outcome,
      startS,
      endS: this.#clock.nowS(),
      bytes: this.link.bytesReceived - bytesBefore,
      text: heard.text.slice(0, mostText),
    });
    return heard;
  }
}

function bootUnfinished(lines: readonly ReceivedLine[]): boolean {
  const last = lines.findLastIndex(({ reply }) =>
    reply.messages.some(({ kind }) => kind === 'timestampMode' || kind === 'initDone'),
  );
  return last >= 0 && !lines.slice(last).some(({ reply }) => reply.ready);
}

function readName(reply: Reply): Heard {
  const name = findMessage(reply, 'name');
  if (name)
    return name.deviceClass === 'dut'
      ? { outcome: 'dut', text: name.vendor }
      : { outcome: 'otherDevice', text: name.deviceClass };
  if (findMessage(reply, 'error')) return { outcome: 'text', text: reply.lines[0]?.text ?? '' };
  // It knows `m-ready`, so it speaks the protocol of some board.
  const said = reply.lines.find(({ text }) => !text.endsWith('m-ready'))?.text ?? 'm-ready';
  return { outcome: 'otherDevice', text: said.slice(0, mostText) };
}

function firstText(lines: readonly ReceivedLine[]): string {
  return (
    lines
      .find(({ text }) => text.trim() !== '')
      ?.text.trim()
      .slice(0, mostText) ?? ''
  );
}
