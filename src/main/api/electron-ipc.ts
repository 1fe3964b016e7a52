import { MessageChannelMain } from 'electron';
import type { IpcMainEvent, MessagePortMain } from 'electron';
import type { Clock } from '../../shared/clock/index.ts';
import { ChannelListeners, checkMessage, serve } from '../../shared/contract/index.ts';
import type { Channel, Served } from '../../shared/contract/index.ts';
import type { HostApi } from './host-api.ts';

/** The host's end of the Electron carrier over one port. Nothing is put into a transfer list: buffers are cloned. */
export function portChannel(port: MessagePortMain): Channel {
  const listeners = new ChannelListeners();
  port.on('message', ({ data }) => listeners.message(data));
  port.on('close', () => listeners.end());
  // Until then nothing arrives, and a port that is not started may be collected, which closes it.
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
      listeners.end();
      port.close();
    },
  };
}

export interface PageHostOptions extends Pick<HostApi, 'handlers' | 'log'> {
  clock: Clock;
  version: string;
}

/** Serves the contract to the pages of this process's windows: one port for each, made when the page asks for it. */
export interface PageHost {
  /**
   * Answers a page's request for a port. The caller has checked the sender, in the same turn of the event loop: later the
   * frame may be another one.
   */
  connect(event: IpcMainEvent, nonce: string): void;
  /** The page of that web contents is gone (navigated, crashed, closed). */
  drop(webContentsId: number): void;
  close(): void;
}

export function createPageHost({ handlers, log, clock, version }: PageHostOptions): PageHost {
  const served = new Map<number, Served>();
  let count = 0;

  function drop(webContentsId: number): void {
    const old = served.get(webContentsId);
    served.delete(webContentsId);
    old?.close();
  }

  return {
    connect(event, nonce) {
      const frame = event.senderFrame;
      if (!frame) return;
      const webContentsId = event.sender.id;
      drop(webContentsId);
      count += 1;
      const client = { id: `window-${count}`, carrier: 'electron' as const };
      const { port1, port2 } = new MessageChannelMain();
      const page = serve(portChannel(port2), handlers, {
        clock,
        version,
        client,
        onGone: () => {
          if (served.get(webContentsId)?.client === client) served.delete(webContentsId);
        },
        log: (name, facts) => log(name === 'api.fault' ? 'error' : 'info', name, facts),
      });
      served.set(webContentsId, page);
      frame.postMessage('jb:port', { id: client.id, nonce }, [port1]);
    },
    drop,
    close() {
      for (const webContentsId of [...served.keys()]) drop(webContentsId);
    },
  };
}
