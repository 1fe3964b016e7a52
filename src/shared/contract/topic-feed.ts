import type { Clock, ClockTimer } from '../clock/index.ts';
import { isFault, toFault } from '../fault/index.ts';
import type { Fault } from '../fault/index.ts';
import type { Change } from './change.ts';
import { mergeChange } from './compact.ts';
import type { LiveTopic } from './live-topic.ts';
import { initialCredit } from './messages.ts';
import type { HostMessage } from './messages.ts';

/** Changes that may wait for credit; a viewer that falls further behind gets the whole value anew instead. */
const mostWaiting = 200;

export interface TopicFeedOptions {
  id: number;
  clock: Clock;
  /** Shortest time between two messages; steps in between travel together. */
  intervalS: number;
  /** Throws a fault when the message is too large or cannot be sent. */
  post(message: HostMessage): void;
  /** True while the medium is full. */
  full(): boolean;
  /** Called once when the topic cannot be sent at all. */
  onFault(fault: Fault): void;
}

/**
 * Host side of one subscription: a snapshot, then numbered changes, at most one message for each credit of the page.
 * Without credit the changes wait, merged; nothing waits without bound.
 */
export class TopicFeed {
  readonly #topic: LiveTopic<unknown>;
  readonly #options: TopicFeedOptions;
  readonly #unsubscribe: () => void;
  #credit = initialCredit;
  #waiting: Change[] = [];
  /** Number of the last step that was sent; undefined asks for a snapshot. */
  #sentSeq: number | undefined;
  #timer: ClockTimer | undefined;
  #sentAtS = -Infinity;
  #closed = false;

  constructor(topic: LiveTopic<unknown>, options: TopicFeedOptions) {
    this.#topic = topic;
    this.#options = options;
    this.#unsubscribe = topic.subscribe((_seq, changes) => this.#take(changes));
    this.#flush();
  }

  addCredit(n: number): void {
    this.#credit = Math.min(initialCredit, this.#credit + n);
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    this.#timer?.cancel();
  }

  #take(changes: readonly Change[]): void {
    if (this.#sentSeq !== undefined) {
      for (const change of changes) mergeChange(this.#waiting, change);
      if (this.#waiting.length > mostWaiting || this.#values() > 5 * mostWaiting) this.#askForSnapshot();
    }
    this.#schedule();
  }

  /** Array elements waiting to be appended: a merged append is one change however long it grew. */
  #values(): number {
    return this.#waiting.reduce((sum, change) => sum + (change.op === 'append' ? change.values.length : 1), 0);
  }

  #askForSnapshot(): void {
    this.#sentSeq = undefined;
    this.#waiting = [];
  }

  #schedule(): void {
    if (this.#closed || this.#timer || this.#credit === 0 || this.#sentSeq === this.#topic.seq) return;
    const waitS = this.#sentAtS + this.#options.intervalS - this.#options.clock.nowS();
    if (waitS <= 0 && !this.#options.full()) {
      this.#flush();
      return;
    }
    this.#timer = this.#options.clock.setTimer(Math.max(waitS, this.#options.intervalS), () => {
      this.#timer = undefined;
      this.#schedule();
    });
  }

  #flush(): void {
    this.#credit -= 1;
    this.#sentAtS = this.#options.clock.nowS();
    try {
      if (this.#sentSeq !== undefined) this.#postChanges(this.#sentSeq);
      if (this.#sentSeq === undefined) this.#postSnapshot();
    } catch (error) {
      this.close();
      this.#options.onFault(toFault(error));
    }
  }

  /** Sends what waits. Changes that exceed the largest message are given up for a snapshot, which may be smaller. */
  #postChanges(after: number): void {
    const changes = this.#waiting;
    this.#waiting = [];
    try {
      this.#options.post({ t: 'changes', id: this.#options.id, after, seq: this.#topic.seq, changes });
      this.#sentSeq = this.#topic.seq;
    } catch (error) {
      if (!isFault(error, 'api.messageTooLarge')) throw error;
      this.#askForSnapshot();
    }
  }

  #postSnapshot(): void {
    this.#options.post({ t: 'snapshot', id: this.#options.id, seq: this.#topic.seq, value: this.#topic.value });
    this.#sentSeq = this.#topic.seq;
  }
}
