import type { BrowserWindow } from 'electron';
import type { HostApi } from '../api/host-api.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { QuitQuestion } from './quit-question.ts';

/** Seconds for safe state, journal and ports before the process ends all the same. */
export const shutdownS = 5;

export interface LifeCycleOptions {
  electron: Pick<ElectronParts, 'app' | 'powerMonitor' | 'powerSaveBlocker'>;
  host: HostApi;
  question: QuitQuestion;
  window(): BrowserWindow | undefined;
  /** Writes down what the next start needs. */
  remember(): Promise<void>;
}

export interface LifeCycle {
  /** To be called for every new window. */
  watch(window: BrowserWindow): void;
  /** Leaves at once, without a question: signals, and the system going down. */
  leave(): Promise<void>;
}

/**
 * Quitting, sleeping and going down. Nothing ends before the host has brought the instruments to their safe state, or its
 * deadline has passed; what runs is never cut short without a question, except by the system.
 */
export function createLifeCycle({ electron, host, question, window, remember }: LifeCycleOptions): LifeCycle {
  const { app, powerMonitor, powerSaveBlocker } = electron;
  let asking = false;
  let finishing: AbortController | undefined;
  let leaving: Promise<void> | undefined;
  let left = false;

  async function shutDown(): Promise<void> {
    finishing?.abort();
    try {
      await Promise.all([host.shutdown(shutdownS), remember()]);
    } catch (error) {
      host.log('error', 'desktop.shutdownFault', { message: String(error) });
    }
    left = true;
    app.quit();
  }

  function leave(): Promise<void> {
    leaving ??= shutDown();
    return leaving;
  }

  async function requestQuit(): Promise<void> {
    if (asking || leaving) return;
    const activity = host.busy();
    if (!activity.running) {
      await leave();
      return;
    }
    asking = true;
    try {
      const decision = await question.ask(activity.titles);
      if (decision === 'stay') return;
      if (decision === 'finish' && !leaving) {
        finishing = new AbortController();
        await host.finishWindow(finishing.signal).catch((error: unknown) => {
          host.log('warn', 'desktop.finishFault', { message: String(error) });
        });
      }
    } finally {
      asking = false;
    }
    await leave();
  }

  function hold(event: { preventDefault(): void }): void {
    if (left) return;
    event.preventDefault();
    void requestQuit();
  }

  app.on('before-quit', hold);
  app.on('window-all-closed', () => app.quit());
  powerMonitor.on('suspend', () => void host.suspend());
  powerMonitor.on('resume', () => void host.resume());
  // Electron hands an event to this listener that its types do not show: preventing it delays the shutdown.
  const onShutdown = (event?: { preventDefault(): void }): void => {
    if (!left) event?.preventDefault();
    void leave();
  };
  powerMonitor.on('shutdown', onShutdown as () => void);

  let blocker: number | undefined;
  host.onActivity(({ running }) => {
    if (running) {
      blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    } else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  });

  return {
    watch(opened) {
      opened.on('close', hold);
      // Windows does not emit before-quit when the session ends.
      opened.on('query-session-end', (event) => {
        if (!left && host.busy().running) event.preventDefault();
        void leave();
      });
      opened.on('session-end', () => void leave());
      opened.on('unresponsive', () => host.log('warn', 'desktop.unresponsive'));
      opened.on('responsive', () => host.log('info', 'desktop.responsive'));
    },
    leave() {
      window()?.hide();
      return leave();
    },
  };
}
