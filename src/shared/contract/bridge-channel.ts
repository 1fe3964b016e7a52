import type { Clock } from '../clock/index.ts';
import { Fault } from '../fault/index.ts';
import type { BridgeMessage, DesktopBridge } from './bridge.ts';
import type { Channel } from './channel.ts';
import { messagePortChannel } from './message-port-channel.ts';
import type { MessagePortLike } from './message-port-channel.ts';
import { welcomeS } from './messages.ts';

export interface WindowMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: unknown;
  readonly ports: readonly MessagePortLike[];
}

/** What is used of the page's `window`. */
export interface WindowLike {
  readonly location: { readonly origin: string };
  addEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
}

/**
 * The page's half of the handshake: it listens, then asks, so that nothing is lost; a reload does the same again.
 * @throws Fault `app.bridgeMissing` outside the desktop app, `api.noAnswer` when no port comes.
 */
export function bridgeChannel(window: WindowLike, bridge: DesktopBridge | undefined, clock: Clock): Promise<Channel> {
  if (!bridge) return Promise.reject(new Fault('app.bridgeMissing', {}));
  return new Promise((resolve, reject) => {
    const onMessage = (event: WindowMessage): void => {
      const message = bridgeMessage(window, event);
      const port = event.ports[0];
      if (!message || !('port' in message) || !port || event.ports.length !== 1) return;
      done();
      resolve(messagePortChannel(port));
    };
    const timer = clock.setTimer(welcomeS, () => {
      done();
      reject(new Fault('api.noAnswer', { waitS: welcomeS }));
    });
    const done = (): void => {
      timer.cancel();
      window.removeEventListener('message', onMessage);
    };
    window.addEventListener('message', onMessage);
    bridge.connect();
  });
}

/** Hears menu commands and the question before quitting, until the returned function is called. */
export function onBridgeMessage(window: WindowLike, listener: (message: BridgeMessage) => void): () => void {
  const onMessage = (event: WindowMessage): void => {
    const message = bridgeMessage(window, event);
    if (message && !('port' in message)) listener(message);
  };
  window.addEventListener('message', onMessage);
  return () => window.removeEventListener('message', onMessage);
}

/** Only the page's own window, under its own origin, speaks for the preload. */
function bridgeMessage(window: WindowLike, event: WindowMessage): BridgeMessage | undefined {
  if (event.source !== window || event.origin !== window.location.origin) return undefined;
  const { data } = event;
  if (typeof data !== 'object' || data === null || !('joulebench' in data)) return undefined;
  const message = data.joulebench;
  return typeof message === 'object' && message !== null ? (message as BridgeMessage) : undefined;
}
