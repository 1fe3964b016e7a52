import { inject } from 'vue';
import type { App, InjectionKey } from 'vue';
import type { z } from 'zod';
import type { CallInput, CallName, CallOutput, Contract, TopicName, TopicValue } from '../../shared/contract/index.ts';
import type { Fault } from '../../shared/fault/index.ts';

/** How the page stands with the host. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'connected' }
  /** Gone; a new attempt is made by itself. `attempt` counts from 1. */
  | { state: 'lost'; attempt: number; fault: Fault }
  /** Nothing to connect to: the preload bridge or the server is missing, or speaks another contract. */
  | { state: 'unavailable'; fault: Fault };

/** What a topic is asked for with. */
export type FollowKey<K extends TopicName> = z.input<Contract[K]['key']>;

export interface TopicListener<K extends TopicName> {
  value(value: TopicValue<K>): void;
  /** The host refused or ended the subscription for a reason of its own. */
  fault?(fault: Fault): void;
}

/** All that the page can do with the outside world. It outlives connections: what is followed is followed again. */
export interface HostClient {
  /** One call of the contract. Rejects with a `Fault`. */
  call<K extends CallName>(name: K, input: CallInput<K>, options?: { signal?: AbortSignal }): Promise<CallOutput<K>>;
  /** Follows a topic until the returned function is called. */
  follow<K extends TopicName>(name: K, key: FollowKey<K>, listener: TopicListener<K>): () => void;
  /** Calls at once with the present state, then at every change. */
  onConnection(listener: (connection: Connection) => void): () => void;
  /** Tries again at once. */
  reconnect(): void;
}

const clientKey: InjectionKey<HostClient> = Symbol('host-client');

export function provideClient(app: App, client: HostClient): void {
  app.provide(clientKey, client);
}

export function useClient(): HostClient {
  const client = inject(clientKey);
  if (!client) throw new Error('provideClient was not called');
  return client;
}

/** Where both carriers serve the finished report of a session. */
export function reportUrl(sessionId: string): string {
  return `/session/${encodeURIComponent(sessionId)}/report.pdf`;
}
