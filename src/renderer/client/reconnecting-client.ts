import type { Clock, ClockTimer } from '../../shared/clock/index.ts';
import { createClient } from '../../shared/contract/index.ts';
import type { CallInput, CallName, CallOutput, Channel, Client, TopicName } from '../../shared/contract/index.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import type { FaultCode } from '../../shared/fault/index.ts';
import type { Connection, FollowKey, HostClient, TopicListener } from './host-client.ts';

export interface ReconnectOptions {
  clock: Clock;
  /** Opens a pipe to the host; rejects with a fault when there is none to be had. */
  openChannel(): Promise<Channel>;
  /** Resolves when what was given has been drawn; only then the host sends more. */
  drawn?: () => Promise<void>;
}

/** Seconds before each further attempt; the last one is kept. */
const delaysS = [0.5, 1, 2, 4, 8];

/** Faults that a further attempt does not mend. */
const hopeless: ReadonlySet<FaultCode> = new Set<FaultCode>(['api.contractMismatch', 'app.bridgeMissing']);

interface Followed {
  start(client: Client): void;
  stop(): void;
}

/** A client that outlives its connections: it connects anew by itself and takes up every topic that is followed. */
export function createReconnectingClient(options: ReconnectOptions): HostClient {
  return new ReconnectingClient(options);
}

class ReconnectingClient implements HostClient {
  readonly #options: ReconnectOptions;
  readonly #listeners = new Set<(connection: Connection) => void>();
  readonly #followed = new Set<Followed>();
  #connection: Connection = { state: 'connecting' };
  #client: Client | undefined;
  #attempt = 0;
  #retry: ClockTimer | undefined;

  constructor(options: ReconnectOptions) {
    this.#options = options;
    void this.#connect();
  }

  call<K extends CallName>(
    name: K,
    input: CallInput<K>,
    options: { signal?: AbortSignal } = {},
  ): Promise<CallOutput<K>> {
    if (!this.#client) return Promise.reject(new Fault('api.connectionLost', {}));
    return this.#client.call(name, input, options);
  }

  follow<K extends TopicName>(name: K, key: FollowKey<K>, listener: TopicListener<K>): () => void {
    let unsubscribe: (() => void) | undefined;
    const followed: Followed = {
      start: (client) => {
        unsubscribe = client.subscribe(name, key, {
          onValue: (value) => {
            listener.value(value);
            return this.#options.drawn?.();
          },
          onFault: (fault) => {
            // A lost connection ends no subscription: it is taken up again with the next one.
            if (client.closed) return;
            this.#followed.delete(followed);
            listener.fault?.(fault);
          },
        });
      },
      stop: () => unsubscribe?.(),
    };
    this.#followed.add(followed);
    if (this.#client) followed.start(this.#client);
    return () => {
      this.#followed.delete(followed);
      followed.stop();
    };
  }

  onConnection(listener: (connection: Connection) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#connection);
    return () => this.#listeners.delete(listener);
  }

  reconnect(): void {
    if (this.#client !== undefined) return;
    this.#retry?.cancel();
    void this.#connect();
  }

  async #connect(): Promise<void> {
    this.#retry = undefined;
    let client: Client;
    try {
      client = createClient(await this.#options.openChannel(), { clock: this.#options.clock, name: 'page' });
      await client.ready;
    } catch (error) {
      this.#lost(toFault(error));
      return;
    }
    this.#client = client;
    this.#attempt = 0;
    client.onClose((reason) => {
      this.#client = undefined;
      this.#lost(reason);
    });
    for (const followed of [...this.#followed]) followed.start(client);
    this.#tell({ state: 'connected' });
  }

  #lost(fault: Fault): void {
    if (hopeless.has(fault.code)) {
      this.#tell({ state: 'unavailable', fault });
      return;
    }
    const delayS = delaysS[Math.min(this.#attempt, delaysS.length - 1)] ?? 8;
    this.#attempt += 1;
    this.#tell({ state: 'lost', attempt: this.#attempt, fault });
    this.#retry = this.#options.clock.setTimer(delayS, () => void this.#connect());
  }

  #tell(connection: Connection): void {
    this.#connection = connection;
    for (const listener of [...this.#listeners]) listener(connection);
  }
}
