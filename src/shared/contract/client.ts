import type { Clock } from '../clock/index.ts';
import { Fault, faultFromRecord } from '../fault/index.ts';
import { ByteReader } from './byte-reader.ts';
import type { Channel } from './channel.ts';
import { contract, contractVersion } from './contract.ts';
import type { ByteStreamName, CallInput, CallName, CallOutput, Contract, TopicName, TopicValue } from './contract.ts';
import { startHeartbeat } from './heartbeat.ts';
import { hostMessageSchema, longestDeadlineS, welcomeS } from './messages.ts';
import type { ClientMessage, HostMessage } from './messages.ts';
import { plainCopy } from './plain-copy.ts';
import { TopicView } from './topic-view.ts';
import type { TopicListener } from './topic-view.ts';
import type { z } from 'zod';

export interface CallOptions {
  signal?: AbortSignal;
  /** Instead of the procedure's own deadline; an hour at most. */
  deadlineS?: number;
}

/** The page's end of the contract. Every failure is a `Fault`. */
export interface Client {
  /** Resolves with the host's version once it has answered; rejects when it does not or speaks another contract. */
  readonly ready: Promise<{ version: string }>;
  call<K extends CallName>(name: K, input: CallInput<K>, options?: CallOptions): Promise<CallOutput<K>>;
  /** The chunks of one stream; leaving the loop early ends it on the host as well. */
  bytes<K extends ByteStreamName>(
    name: K,
    input: z.input<Contract[K]['input']>,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  /** Follows a topic until the returned function is called. */
  subscribe<K extends TopicName>(
    name: K,
    key: z.input<Contract[K]['key']>,
    listener: TopicListener<TopicValue<K>>,
  ): () => void;
  /** Called once when the connection is over, with the reason. */
  onClose(listener: (reason: Fault) => void): () => void;
  readonly closed: boolean;
  close(): void;
}

export interface ClientOptions {
  clock: Clock;
  /** Named in the host's log. */
  name?: string;
}

/** What waits for messages of one number. */
interface Waiting {
  receive(message: HostMessage): void;
  fail(fault: Fault): void;
}

/** Opens the page's end over a channel whose other end is served. Calls may be made at once; they wait for the welcome. */
export function createClient(channel: Channel, options: ClientOptions): Client {
  return new ContractClient(channel, options);
}

class ContractClient implements Client {
  readonly ready: Promise<{ version: string }>;
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #heartbeat;
  readonly #waiting = new Map<number, Waiting>();
  readonly #closeListeners = new Set<(reason: Fault) => void>();
  #nextId = 1;
  #closedBy: Fault | undefined;
  #welcome: (message: Extract<HostMessage, { t: 'welcome' }>) => void = () => undefined;

  constructor(channel: Channel, options: ClientOptions) {
    this.#channel = channel;
    this.#clock = options.clock;
    this.#heartbeat = startHeartbeat(
      options.clock,
      () => this.#post({ t: 'ping' }),
      () => this.#end(new Fault('api.connectionLost', {})),
    );
    this.ready = this.#greet();
    // Whoever does not wait for the welcome hears of its absence through the calls.
    this.ready.catch(() => undefined);
    channel.onMessage((message) => this.#receive(message));
    channel.onClose(() => this.#end(new Fault('api.connectionLost', {})));
    this.#post({ t: 'hello', contract: contractVersion, client: (options.name ?? '').slice(0, 80) });
  }

  get closed(): boolean {
    return this.#closedBy !== undefined;
  }

  call<K extends CallName>(name: K, input: CallInput<K>, options: CallOptions = {}): Promise<CallOutput<K>> {
    const deadlineS = Math.min(options.deadlineS ?? contract[name].deadlineS, longestDeadlineS);
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const settle = (): void => {
        this.#waiting.delete(id);
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
      };
      const giveUp = (fault: Fault): void => {
        settle();
        this.#post({ t: 'cancel', id });
        reject(fault);
      };
      const onAbort = (): void => giveUp(new Fault('operation.cancelled', {}, { cause: signal?.reason }));
      const timer = this.#clock.setTimer(deadlineS, () =>
        giveUp(new Fault('api.deadline', { procedure: name, deadlineS })),
      );
      const receive = (message: HostMessage): void => {
        if (message.t !== 'result') return;
        settle();
        resolve(message.output as CallOutput<K>);
      };
      const fail = (fault: Fault): void => {
        settle();
        reject(fault);
      };
      if (signal?.aborted) {
        fail(new Fault('operation.cancelled', {}, { cause: signal.reason }));
        return;
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#open(id, { receive, fail }, { t: 'call', id, name, input: plainCopy(input), deadlineS });
    });
  }

  bytes<K extends ByteStreamName>(
    name: K,
    input: z.input<Contract[K]['input']>,
    signal?: AbortSignal,
  ): AsyncIterable<Uint8Array> {
    const start = (): ByteReader => {
      const id = this.#nextId++;
      const reader = new ByteReader({
        procedure: name,
        clock: this.#clock,
        signal,
        credit: () => this.#post({ t: 'credit', id, n: 1 }),
        cancel: () => {
          if (this.#waiting.delete(id)) this.#post({ t: 'cancel', id });
        },
        done: () => this.#waiting.delete(id),
      });
      this.#open(id, reader, { t: 'bytes', id, name, input: plainCopy(input) });
      return reader;
    };
    return { [Symbol.asyncIterator]: start };
  }

  subscribe<K extends TopicName>(
    name: K,
    key: z.input<Contract[K]['key']>,
    listener: TopicListener<TopicValue<K>>,
  ): () => void {
    const plainKey = plainCopy(key);
    const view = new TopicView<TopicValue<K>>({
      topic: name,
      listener,
      subscribe: () => {
        const id = this.#nextId++;
        this.#open(id, view, { t: 'subscribe', id, name, key: plainKey });
        return id;
      },
      unsubscribe: (id) => {
        if (this.#waiting.delete(id)) this.#post({ t: 'cancel', id });
      },
      credit: (id) => {
        if (this.#waiting.has(id)) this.#post({ t: 'credit', id, n: 1 });
      },
    });
    view.start();
    return () => view.stop();
  }

  onClose(listener: (reason: Fault) => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  close(): void {
    this.#end(new Fault('operation.cancelled', {}));
  }

  #greet(): Promise<{ version: string }> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimer(welcomeS, () => this.#end(new Fault('api.noAnswer', { waitS: welcomeS })));
      this.#closeListeners.add((reason) => {
        timer.cancel();
        reject(reason);
      });
      this.#welcome = (message) => {
        timer.cancel();
        if (message.contract === contractVersion) resolve({ version: message.version });
        else this.#end(new Fault('api.contractMismatch', { page: contractVersion, host: message.contract }));
      };
    });
  }

  /** Sends a request and keeps who waits for its answers; a message that cannot be sent fails at once. */
  #open(id: number, waiting: Waiting, message: ClientMessage): void {
    if (this.#closedBy) {
      waiting.fail(this.#closedBy);
      return;
    }
    this.#waiting.set(id, waiting);
    try {
      this.#channel.post(message);
    } catch (error) {
      this.#waiting.delete(id);
      waiting.fail(error instanceof Fault ? error : new Fault('internal.unexpected', { message: String(error) }));
    }
  }

  #receive(raw: unknown): void {
    if (this.#closedBy) return;
    this.#heartbeat.heard();
    const parsed = hostMessageSchema.safeParse(raw);
    // A host of another version may say things this page does not know; its welcome has told so.
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.t === 'welcome') this.#welcome(message);
    else if (message.t === 'ping') this.#post({ t: 'pong' });
    else if (message.t === 'fault') this.#fail(message.id, faultFromRecord(message.fault));
    else if (message.t !== 'pong') this.#waiting.get(message.id)?.receive(message);
  }

  #fail(id: number, fault: Fault): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.fail(fault);
  }

  #post(message: ClientMessage): void {
    if (!this.#closedBy) this.#channel.post(message);
  }

  #end(reason: Fault): void {
    if (this.#closedBy) return;
    this.#closedBy = reason;
    this.#heartbeat.stop();
    this.#channel.close();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const each of waiting) each.fail(reason);
    for (const listener of [...this.#closeListeners]) listener(reason);
  }
}
