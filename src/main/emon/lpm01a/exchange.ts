import type { Clock, ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { Lpm01aReply } from './decoder.ts';

export interface CommandOptions {
  signal?: AbortSignal | undefined;
  deadlineS?: number;
  /** In the binary stream the answer may be a frame of this kind, and of this value where one is given. */
  frame?: { of: 'targrst' | 'volt' | 'temp' | 'pwr'; value?: number };
  /** The answer is the end of the acquisition: whether real boards acknowledge `stop` is not known. */
  untilCompleted?: boolean;
  /** Lines that follow the acknowledgement are part of the answer, until there is silence for so long. */
  linesUntilQuietS?: number;
}

/** What an instrument answered: the text behind the acknowledged command, the value of a frame, and further lines. */
export interface Answer {
  text: string;
  value: number | undefined;
  lines: string[];
}

const commandDeadlineS = 2;
/** The detail of a refusal stands on the next line. */
const detailGraceS = 0.5;
const mostLines = 200;

/** One command that waits for its answer. It settles once, and lets go of its timer and signal then. */
export class Exchange {
  readonly promise: Promise<Answer>;
  readonly #command: string;
  readonly #label: string;
  readonly #clock: Clock;
  readonly #options: CommandOptions;
  readonly #answer: Answer = { text: '', value: undefined, lines: [] };
  #resolve: (answer: Answer) => void = () => undefined;
  #reject: (reason: Error) => void = () => undefined;
  #timer: ClockTimer | undefined;
  #state: 'sent' | 'acknowledged' | 'refused' | 'settled' = 'sent';

  constructor(command: string, label: string, clock: Clock, options: CommandOptions) {
    this.#command = command;
    this.#label = label;
    this.#clock = clock;
    this.#options = options;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal, deadlineS = commandDeadlineS } = options;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#arm(deadlineS, () => this.fail(new Fault('emon.silent', { instrument: label, command, waitedS: deadlineS })));
    if (signal?.aborted) this.#onAbort();
  }

  fail(reason: Error): void {
    if (this.#state === 'settled') return;
    this.#settle();
    this.#reject(reason);
  }

  hear(reply: Lpm01aReply): void {
    if (this.#state === 'sent') this.#hearFirst(reply);
    else if (reply.kind !== 'line') return;
    else if (this.#state === 'refused') this.#refuse(reply.text.replace(/^error detail:\s*/i, ''));
    else if (this.#state === 'acknowledged') {
      if (this.#answer.lines.length < mostLines) this.#answer.lines.push(reply.text);
      this.#arm(this.#options.linesUntilQuietS ?? 0, () => this.#succeed());
    }
  }

  #hearFirst(reply: Lpm01aReply): void {
    const { frame, untilCompleted, linesUntilQuietS } = this.#options;
    if (reply.kind === 'completed' && untilCompleted) return this.#succeed();
    if (reply.kind === 'frame') {
      if (frame?.of !== reply.of || (frame.value ?? reply.value) !== reply.value) return;
      this.#answer.value = reply.value;
      return this.#succeed();
    }
    if (reply.kind !== 'prompt') return;
    const match = readPrompt(reply.text, this.#command);
    if (!match) return;
    if (match.refused) {
      this.#state = 'refused';
      this.#arm(detailGraceS, () => this.#refuse(reply.text));
      return;
    }
    if (untilCompleted) return;
    this.#answer.text = match.rest;
    if (linesUntilQuietS === undefined) return this.#succeed();
    this.#state = 'acknowledged';
    this.#arm(linesUntilQuietS, () => this.#succeed());
  }

  #refuse(reply: string): void {
    this.fail(new Fault('emon.refused', { instrument: this.#label, command: this.#command, reply }));
  }

  #succeed(): void {
    if (this.#state === 'settled') return;
    this.#settle();
    this.#resolve(this.#answer);
  }

  #settle(): void {
    this.#state = 'settled';
    this.#timer?.cancel();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }

  #arm(delayS: number, fire: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.setTimer(delayS, fire);
  }

  readonly #onAbort = (): void => this.fail(this.#options.signal?.reason as Error);
}

/**
 * Whether the text behind the prompt answers this command: `ack` or `error` (the manual: `err`), the command verbatim, and perhaps a
 * value. `version` is acknowledged as `ack version: 1.0.6` (energy monitors, 2.3).
 */
function readPrompt(text: string, command: string): { refused: boolean; rest: string } | undefined {
  const word = /^(ack|error|err)\s+/i.exec(text);
  if (!word) return undefined;
  const behind = text.slice(word[0].length);
  if (!behind.startsWith(command)) return undefined;
  const rest = behind.slice(command.length);
  if (rest !== '' && !/^[\s:]/.test(rest)) return undefined;
  return { refused: word[1]?.toLowerCase() !== 'ack', rest: rest.replace(/^[\s:]+/, '').trim() };
}
