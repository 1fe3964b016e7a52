import { Fault } from '../fault/index.ts';
import { applyChanges } from './change.ts';
import type { HostMessage } from './messages.ts';

export interface TopicListener<T> {
  /** The whole value after each message. Further messages come on the credit returned when this is done (drawn). */
  onValue(value: T, seq: number): void | Promise<void>;
  /** The subscription has ended: refused by the host, or the connection is lost. */
  onFault(fault: Fault): void;
}

/** Snapshots asked for in a row because of gaps, before the topic is given up. */
const mostGaps = 3;

export interface TopicViewOptions<T> {
  topic: string;
  listener: TopicListener<T>;
  /** Sends a subscription and returns its number. */
  subscribe(): number;
  unsubscribe(id: number): void;
  credit(id: number): void;
}

/** Page's side of one subscription: rebuilds the value from the snapshot and the numbered changes, and notices a gap. */
export class TopicView<T> {
  readonly #options: TopicViewOptions<T>;
  #id = 0;
  #state: { value: T; seq: number } | undefined;
  #gaps = 0;
  #stopped = false;

  constructor(options: TopicViewOptions<T>) {
    this.#options = options;
  }

  start(): void {
    this.#state = undefined;
    this.#id = this.#options.subscribe();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.unsubscribe(this.#id);
  }

  receive(message: HostMessage): void {
    if (this.#stopped || !('id' in message) || message.id !== this.#id) return;
    if (message.t === 'snapshot') {
      this.#show({ value: message.value as T, seq: message.seq });
    } else if (message.t === 'changes') {
      const next = this.#step(message);
      if (!next) {
        this.#again();
        return;
      }
      this.#gaps = 0;
      this.#show(next);
    }
  }

  fail(fault: Fault): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.listener.onFault(fault);
  }

  /** The value after the changes, or undefined where they do not follow on what is here. */
  #step(message: Extract<HostMessage, { t: 'changes' }>): { value: T; seq: number } | undefined {
    if (this.#state?.seq !== message.after) return undefined;
    try {
      return { value: applyChanges(this.#state.value, message.changes), seq: message.seq };
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  #again(): void {
    this.#options.unsubscribe(this.#id);
    this.#gaps += 1;
    if (this.#gaps > mostGaps) this.fail(new Fault('api.topicBroken', { topic: this.#options.topic }));
    else this.start();
  }

  /** The credit goes back when the listener is done, whether it liked the value or not. */
  #show(state: { value: T; seq: number }): void {
    this.#state = state;
    const id = this.#id;
    const giveBack = (): void => {
      if (!this.#stopped && id === this.#id) this.#options.credit(id);
    };
    const done = this.#options.listener.onValue(state.value, state.seq);
    if (done instanceof Promise) void done.finally(giveBack);
    else giveBack();
  }
}
