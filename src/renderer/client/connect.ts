import { bridgeChannel, wallClock, webSocketChannel } from '../../shared/contract/index.ts';
import type { Channel } from '../../shared/contract/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import { desktopBridge } from './desktop.ts';
import { createReconnectingClient } from './reconnecting-client.ts';
import type { HostClient } from './host-client.ts';

/** A page that nobody looks at draws nothing; the host goes on after this long. */
const hiddenDrawMs = 500;

/** The client of this page: over the desktop's bridge where there is one, else over the server that the page came from. */
export function connectHost(page: Window = window): HostClient {
  const clock = wallClock(globalThis);
  return createReconnectingClient({ clock, openChannel: () => openChannel(page, clock), drawn: () => drawn(page) });
}

/** @throws Fault `app.bridgeMissing` when there is neither a bridge nor a server, `api.noAnswer` when main stays silent. */
function openChannel(page: Window, clock: Clock): Promise<Channel> {
  const bridge = desktopBridge(page);
  if (bridge || !/^https?:$/.test(page.location.protocol)) return bridgeChannel(page, bridge, clock);
  const scheme = page.location.protocol === 'https:' ? 'wss' : 'ws';
  return Promise.resolve(webSocketChannel(new WebSocket(`${scheme}://${page.location.host}/api`)));
}

function drawn(page: Window): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, hiddenDrawMs);
    page.requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
