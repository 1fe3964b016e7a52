import type { ByteStream } from './byte-stream.ts';

/** How an instrument talks: what ends a line, and what of its stream is no conversation. */
export type Speech = 'dut' | 'ioManager' | 'lpm01a' | 'ppk2';

export interface TapOptions {
  /** Which instrument of the bench is heard. */
  channel: 'dut' | 'monitor' | 'ioManager';
  speech: Speech;
  /** Of the bench that the line belongs to. */
  clock: { epochMs(): number };
}

/** Makes a stream be heard, by the console for one. */
export type Tap = (stream: ByteStream, options: TapOptions) => ByteStream;

export interface TapListener {
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  /** Once. The reason is absent where `close()` asked for it. */
  closed(reason: Error | undefined): void;
}

/**
 * The same stream, overheard. Received bytes are told once, however many subscribe, and never before somebody subscribes: the first subscriber
 * gets what came early.
 */
export function tapStream(stream: ByteStream, listener: TapListener): ByteStream {
  const subscribers: object[] = [];
  stream.onClose((reason) => listener.closed(reason));
  return {
    label: stream.label,
    baud: stream.baud,
    write(bytes, signal) {
      listener.sent(bytes);
      return stream.write(bytes, signal);
    },
    onData(hear) {
      const mine = {};
      subscribers.push(mine);
      const stop = stream.onData((chunk) => {
        if (subscribers[0] === mine) listener.received(chunk);
        hear(chunk);
      });
      return () => {
        const at = subscribers.indexOf(mine);
        if (at >= 0) subscribers.splice(at, 1);
        stop();
      };
    },
    onClose: (hear) => stream.onClose(hear),
    close: () => stream.close(),
  };
}
