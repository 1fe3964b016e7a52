import type { Channel } from './channel.ts';
import { ChannelListeners } from './listeners.ts';
import { checkMessage } from './measure.ts';

/** What is used of a page's `MessagePort`. `close` events are Electron's and recent browsers' extension. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/**
 * The page's end of the Electron carrier. Nothing is ever put into a transfer list: a buffer that a page transfers to the
 * host arrives as null (Electron), so buffers are cloned.
 */
export function messagePortChannel(port: MessagePortLike): Channel {
  const listeners = new ChannelListeners();
  port.addEventListener('message', ({ data }) => listeners.message(data));
  port.addEventListener('close', () => listeners.end());
  port.start();
  return {
    bufferedBytes: 0,
    post(message) {
      if (listeners.ended) return;
      checkMessage(message);
      port.postMessage(message);
    },
    onMessage: (listener) => listeners.onMessage(listener),
    onClose: (listener) => listeners.onClose(listener),
    close() {
      if (listeners.ended) return;
      port.close();
      listeners.end();
    },
  };
}
