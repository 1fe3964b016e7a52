/**
 * The pipe under the contract: one per client. Messages are plain data; `ArrayBuffer`s and typed arrays inside them arrive as
 * such (Electron clones them, the WebSocket carrier sends them as binary). Order is kept, nothing is dropped while it is open.
 */
export interface Channel {
  /** Sends one message. A message larger than `largestMessageBytes` is refused with a fault by the sender. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  /** Called once when the other end is gone. */
  onClose(listener: () => void): () => void;
  close(): void;
  /** Bytes handed over but not yet taken by the medium, where it can tell (a second fuse beside the credits); else 0. */
  readonly bufferedBytes: number;
}
