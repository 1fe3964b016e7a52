import type { z } from 'zod';
import type { Clock } from '../clock/index.ts';
import { Fault, toFault } from '../fault/index.ts';
import { ByteFeed } from './byte-feed.ts';
import type { Channel } from './channel.ts';
import { contract, contractVersion } from './contract.ts';
import type { Contract } from './contract.ts';
import type { CallContext, ClientInfo, Handlers } from './handlers.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { LiveTopic } from './live-topic.ts';
import { clientMessageSchema, largestBufferBytes } from './messages.ts';
import type { ClientMessage, HostMessage } from './messages.ts';
import { TopicFeed } from './topic-feed.ts';

/** Calls, streams and subscriptions that one page may have open at a time. */
const mostOpen = 256;
const defaultIntervalS = 1 / 30;

export interface ServeOptions {
  /** The clock of the real world: deadlines and heartbeats are the operator's time, not a bench's. */
  clock: Clock;
  /** Version of the host, told to the page. */
  version: string;
  client: ClientInfo;
  /** Called once when the page is gone; all its signals have been aborted by then. */
  onGone?: (client: ClientInfo) => void;
  /** Hears of what the page did wrong and of faults that are ours. */
  log?: (event: string, facts: Record<string, unknown>) => void;
  /** Shortest time between two messages of one subscription, in seconds. */
  topicIntervalS?: number;
}

export interface Served {
  readonly client: ClientInfo;
  /** Aborts everything the page has open and closes the channel. */
  close(): void;
}

/** One open call, stream or subscription. */
interface Open {
  readonly id: number;
  readonly controller: AbortController;
  /** Set by whatever sends on the page's credit. */
  feed?: { addCredit(n: number): void };
}

type Entry = Contract[keyof Contract];
type Request = Extract<ClientMessage, { t: 'call' | 'bytes' | 'subscribe' }>;
type AnyHandler<R> = (input: unknown, context: CallContext) => R;

/**
 * Serves the contract to one page over one channel. Inputs are checked here, each call has its deadline and its signal, and
 * nothing of a page outlives its channel.
 */
export function serve(channel: Channel, handlers: Handlers, options: ServeOptions): Served {
  return new Server(channel, handlers, options);
}

class Server implements Served {
  readonly client: ClientInfo;
  readonly #channel: Channel;
  readonly #handlers: Handlers;
  readonly #options: ServeOptions;
  readonly #heartbeat;
  readonly #open = new Map<number, Open>();
  #greeted = false;
  #gone = false;

  constructor(channel: Channel, handlers: Handlers, options: ServeOptions) {
    this.client = options.client;
    this.#channel = channel;
    this.#handlers = handlers;
    this.#options = options;
    this.#heartbeat = startHeartbeat(
      options.clock,
      () => this.#post({ t: 'ping' }),
      () => this.#end('silent'),
    );
    channel.onMessage((message) => this.#receive(message));
    channel.onClose(() => this.#end('closed'));
  }

  close(): void {
    this.#end('host closes');
  }

  #receive(raw: unknown): void {
    if (this.#gone) return;
    this.#heartbeat.heard();
    const parsed = clientMessageSchema.safeParse(raw);
    // A page that does not speak the protocol is not ours, or broken: there is nobody to answer.
    if (!parsed.success || (!this.#greeted && parsed.data.t !== 'hello')) {
      this.#end('not the contract');
      return;
    }
    this.#dispatch(parsed.data);
  }

  #dispatch(message: ClientMessage): void {
    switch (message.t) {
      case 'hello':
        this.#greeted = true;
        this.#post({ t: 'welcome', contract: contractVersion, version: this.#options.version });
        return;
      case 'ping':
        this.#post({ t: 'pong' });
        return;
      case 'pong':
        return;
      case 'credit':
        this.#open.get(message.id)?.feed?.addCredit(message.n);
        return;
      case 'cancel':
        this.#cancel(message.id);
        return;
      default:
        this.#start(message);
    }
  }

  #start(message: Request): void {
    if (this.#open.has(message.id)) {
      this.#end('number used twice');
      return;
    }
    const open: Open = { id: message.id, controller: new AbortController() };
    this.#open.set(message.id, open);
    if (this.#open.size > mostOpen) {
      this.#fault(open, new Fault('api.tooManyCalls', { limit: mostOpen }));
      return;
    }
    this.#run(message, open).catch((error: unknown) => this.#fault(open, error));
  }

  async #run(message: Request, open: Open): Promise<void> {
    if (message.t === 'call') await this.#call(message, open);
    else if (message.t === 'bytes') await this.#bytes(message, open);
    else await this.#subscribe(message, open);
  }

  async #call({ name, input: raw, deadlineS: asked }: Extract<Request, { t: 'call' }>, open: Open): Promise<void> {
    const procedure = find(name, 'call');
    const input = parseInput(name, procedure.input, raw);
    const deadlineS = asked ?? procedure.deadlineS;
    const timer = this.#options.clock.setTimer(deadlineS, () => {
      open.controller.abort(new Fault('api.deadline', { procedure: name, deadlineS }));
    });
    try {
      const handler = this.#handlers.calls[name as keyof Handlers['calls']] as unknown as AnyHandler<Promise<unknown>>;
      const output = await orAborted(handler(input, this.#context(open)), open.controller.signal);
      this.#post({ t: 'result', id: open.id, output: checkOutput(name, procedure.output, output) });
      this.#open.delete(open.id);
    } finally {
      timer.cancel();
    }
  }

  async #bytes({ name, input: raw }: Extract<Request, { t: 'bytes' }>, open: Open): Promise<void> {
    const input = parseInput(name, find(name, 'bytes').input, raw);
    const handler = this.#handlers.bytes[name as keyof Handlers['bytes']] as unknown as AnyHandler<
      AsyncIterable<Uint8Array>
    >;
    const feed = new ByteFeed({
      id: open.id,
      clock: this.#options.clock,
      signal: open.controller.signal,
      post: (message) => this.#post(message),
      full: () => this.#full(),
    });
    open.feed = feed;
    await feed.run(handler(input, this.#context(open)));
    this.#open.delete(open.id);
  }

  async #subscribe({ name, key: raw }: Extract<Request, { t: 'subscribe' }>, open: Open): Promise<void> {
    const key = parseInput(name, find(name, 'topic').key, raw);
    const handler = this.#handlers.topics[name as keyof Handlers['topics']] as unknown as AnyHandler<
      LiveTopic<unknown>
    >;
    const { signal } = open.controller;
    const topic = await orAborted(Promise.resolve(handler(key, this.#context(open))), signal);
    signal.throwIfAborted();
    const feed = new TopicFeed(topic, {
      id: open.id,
      clock: this.#options.clock,
      intervalS: this.#options.topicIntervalS ?? defaultIntervalS,
      post: (message) => this.#post(message),
      full: () => this.#full(),
      onFault: (fault) => this.#fault(open, fault),
    });
    open.feed = feed;
    signal.addEventListener('abort', () => feed.close(), { once: true });
  }

  #context(open: Open): CallContext {
    return { signal: open.controller.signal, client: this.client };
  }

  /** Ends one call, stream or subscription without an answer: the page has already let go of it. */
  #cancel(id: number): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.controller.abort(new Fault('operation.cancelled', {}));
  }

  /** Answers with a fault, unless the page has let go of the number meanwhile. */
  #fault(open: Open, error: unknown): void {
    if (!this.#open.delete(open.id)) return;
    const fault = toFault(error);
    if (fault.kind === 'internal') this.#options.log?.('api.fault', { client: this.client.id, ...fault.toRecord() });
    this.#post({ t: 'fault', id: open.id, fault: fault.toRecord() });
    open.controller.abort(fault);
  }

  #full(): boolean {
    return this.#channel.bufferedBytes > largestBufferBytes;
  }

  #post(message: HostMessage): void {
    if (!this.#gone) this.#channel.post(message);
  }

  #end(reason: string): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#heartbeat.stop();
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { controller } of open) controller.abort(new Fault('operation.cancelled', {}));
    this.#channel.close();
    this.#options.log?.('api.gone', { client: this.client.id, reason });
    this.#options.onGone?.(this.client);
  }
}

/** The contract's entry of that name and kind. */
function find<K extends Entry['kind']>(name: string, kind: K): Extract<Entry, { kind: K }> {
  const entry: Entry | undefined = Object.hasOwn(contract, name) ? contract[name as keyof Contract] : undefined;
  if (entry?.kind !== kind) throw new Fault('api.unknownProcedure', { procedure: name });
  return entry as Extract<Entry, { kind: K }>;
}

function parseInput(procedure: string, schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Fault('api.badInput', { procedure, ...firstIssue(parsed.error) });
}

/** What a handler returns is held to the contract too; properties that it does not name stay in the host. */
function checkOutput(procedure: string, schema: z.ZodType, output: unknown): unknown {
  const parsed = schema.safeParse(output);
  if (parsed.success) return parsed.data;
  throw new Fault('api.badOutput', { procedure, ...firstIssue(parsed.error) });
}

function firstIssue(error: z.ZodError): { field: string; problem: string } {
  const issue = error.issues[0];
  return { field: issue?.path.join('.') || '.', problem: issue?.message ?? '' };
}

/** The promise's outcome, or the signal's reason if that comes first. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Fault);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
