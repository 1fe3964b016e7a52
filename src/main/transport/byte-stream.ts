/**
 * One end of a byte stream to an instrument: a serial port, a TCP socket or an in-process pipe. Bytes arrive through
 * `onData` in chunks of any size; the stream keeps nothing: whoever subscribes late has lost what came before, except
 * that data arriving before the first subscriber is buffered up to `earlyBufferBytes`.
 */
export interface ByteStream {
  /** What an operator calls it: `COM7`, `/dev/ttyACM0`, `tcp:127.0.0.1:7000`, `virtual DUT`. */
  readonly label: string;
  /** Line rate in baud where the medium has one; a pipe and TCP have none. */
  readonly baud: number | undefined;
  /**
   * Resolves when the bytes have been handed to the medium. Rejects with a transport fault when the stream is closed or
   * the device is gone, or with the signal's reason when aborted.
   */
  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Subscribes to received bytes. The chunk belongs to the subscriber. Returns the unsubscribe function. */
  onData(listener: (chunk: Uint8Array) => void): () => void;
  /** Called once when the stream has ended, with the reason unless `close()` asked for it. */
  onClose(listener: (reason: Error | undefined) => void): () => void;
  /** Idempotent; resolves when the medium is released. */
  close(): Promise<void>;
}

/** Received bytes kept for the first subscriber, so that a boot block sent at once on opening is not lost. */
export const earlyBufferBytes = 65_536;
