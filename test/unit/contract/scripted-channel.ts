import { ChannelListeners } from '../../../src/shared/contract/index.ts';
import type { Channel } from '../../../src/shared/contract/index.ts';

/** A channel whose other end is the test: what is posted is kept, what the test says arrives. */
export class ScriptedChannel implements Channel {
  bufferedBytes = 0;
  readonly posted: Record<string, unknown>[] = [];
  readonly listeners = new ChannelListeners();
  closed = false;

  post(message: unknown): void {
    this.posted.push(structuredClone(message) as Record<string, unknown>);
  }

  /** A message from the other end. */
  say(message: unknown): void {
    this.listeners.message(message);
  }

  onMessage(listener: (message: unknown) => void): () => void {
    return this.listeners.onMessage(listener);
  }

  onClose(listener: () => void): () => void {
    return this.listeners.onClose(listener);
  }

  close(): void {
    this.closed = true;
    this.listeners.end();
  }

  /** The posted messages of one kind. */
  of(kind: string): Record<string, unknown>[] {
    return this.posted.filter(({ t }) => t === kind);
  }
}
