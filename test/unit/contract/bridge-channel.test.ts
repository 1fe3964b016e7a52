import { describe, expect, it } from 'vitest';
import { bridgeChannel, onBridgeMessage } from '../../../src/shared/contract/index.ts';
import type {
  BridgeMessage,
  DesktopBridge,
  MessagePortLike,
  WindowLike,
  WindowMessage,
} from '../../../src/shared/contract/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

class FakeWindow implements WindowLike {
  readonly location = { origin: 'app://joulebench' };
  readonly listeners = new Set<(event: WindowMessage) => void>();

  addEventListener(_type: 'message', listener: (event: WindowMessage) => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: (event: WindowMessage) => void): void {
    this.listeners.delete(listener);
  }

  say(data: unknown, ports: MessagePortLike[] = [], change: Partial<WindowMessage> = {}): void {
    const event: WindowMessage = { data, ports, origin: this.location.origin, source: this, ...change };
    for (const listener of [...this.listeners]) listener(event);
  }
}

function fakePort(): MessagePortLike & { started: boolean } {
  return {
    started: false,
    postMessage: () => undefined,
    addEventListener: () => undefined,
    start() {
      this.started = true;
    },
    close: () => undefined,
  };
}

const bridge = (connect: () => void): DesktopBridge => ({ connect }) as DesktopBridge;

describe('the page’s half of the handshake', () => {
  it('listens before it asks, and takes the one port that its own window brings', async () => {
    const window = new FakeWindow();
    const port = fakePort();
    const opened = bridgeChannel(
      window,
      bridge(() => window.say({ joulebench: { port: 'window-1' } }, [port])),
      new ManualClock(),
    );
    await opened;
    expect(port.started).toBe(true);
    expect(window.listeners.size).toBe(0);
  });

  it('takes no port from elsewhere', async () => {
    const window = new FakeWindow();
    const clock = new ManualClock();
    const opened = bridgeChannel(
      window,
      bridge(() => undefined),
      clock,
    );
    const refused = expect(opened).rejects.toMatchObject({ code: 'api.noAnswer' });
    const stranger = fakePort();
    const message = { joulebench: { port: 'x' } };
    window.say(message, [stranger], { origin: 'https://evil.example' });
    window.say(message, [stranger], { source: {} });
    window.say(message, [stranger, fakePort()]);
    window.say(message, []);
    window.say({ port: 'x' }, [stranger]);
    window.say('joulebench', [stranger]);
    window.say({ joulebench: null }, [stranger]);
    window.say({ joulebench: { command: 'go.run' } }, [stranger]);
    await clock.advance(5);
    await refused;
    expect(stranger.started).toBe(false);
    expect(window.listeners.size).toBe(0);
  });

  it('says so where there is no bridge', async () => {
    await expect(bridgeChannel(new FakeWindow(), undefined, new ManualClock())).rejects.toMatchObject({
      code: 'app.bridgeMissing',
    });
  });

  it('hears commands and the question before quitting', () => {
    const window = new FakeWindow();
    const heard: BridgeMessage[] = [];
    const stop = onBridgeMessage(window, (message) => heard.push(message));
    window.say({ joulebench: { command: 'go.run' } });
    window.say({ joulebench: { port: 'x' } }, [fakePort()]);
    window.say({ joulebench: { askQuit: { id: 1, titles: ['Run'] } } }, [], { source: null });
    window.say({ joulebench: { askQuit: { id: 2, titles: ['Run'] } } });
    stop();
    window.say({ joulebench: { command: 'go.bench' } });
    expect(heard).toEqual([{ command: 'go.run' }, { askQuit: { id: 2, titles: ['Run'] } }]);
  });
});
