import type { ByteStreamName, CallName, CallOutput, ParsedInput, TopicKey, TopicName, TopicValue } from './contract.ts';
import type { LiveTopic } from './live-topic.ts';

/** One page: a window, a browser tab, a test. */
export interface ClientInfo {
  /** Unique among the clients of this host. */
  readonly id: string;
  readonly carrier: 'electron' | 'websocket' | 'memory';
}

export interface CallContext {
  /** Aborted with a fault as reason: at the deadline, when the page cancels, when the page is gone, when the host closes. */
  readonly signal: AbortSignal;
  readonly client: ClientInfo;
}

/** What stands behind the contract: one function a procedure. Inputs are checked before they arrive. */
export interface Handlers {
  readonly calls: {
    readonly [K in CallName]: (input: ParsedInput<K>, context: CallContext) => Promise<CallOutput<K>>;
  };
  readonly bytes: {
    readonly [K in ByteStreamName]: (input: ParsedInput<K>, context: CallContext) => AsyncIterable<Uint8Array>;
  };
  readonly topics: {
    readonly [K in TopicName]: (
      key: TopicKey<K>,
      context: CallContext,
    ) => LiveTopic<TopicValue<K>> | Promise<LiveTopic<TopicValue<K>>>;
  };
}
