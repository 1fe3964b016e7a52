import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { bridgeCopy } from './context-bridge.ts';
import { electronClone } from './clone.ts';
import { coreOf, PagePort, portForPage, prepare } from './message-port.ts';
import type { MessagePortMain } from './message-port.ts';
import { originOf } from './origin.ts';
import type { StandInFrame } from './window.ts';

/** Names of the parameters that a sandboxed preload is compiled with. */
export const preloadParameters = [
  'require',
  'process',
  'exports',
  'module',
  'Buffer',
  'global',
  'setImmediate',
  'clearImmediate',
];

interface PageEvent {
  data: unknown;
  origin: string;
  source: unknown;
  ports: PagePort[];
}

/** A page's `window` as far as the app uses it. */
export class PageWindow {
  readonly location: { origin: string; href: string };
  readonly #listeners = new Set<(event: PageEvent) => void>();

  constructor(url: string) {
    this.location = { origin: originOf(url), href: url };
  }

  addEventListener(_type: string, listener: (event: PageEvent) => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: string, listener: (event: PageEvent) => void): void {
    this.#listeners.delete(listener);
  }

  /** Delivers to this window itself, later. A target origin that is not its own drops the message. */
  postMessage(message: unknown, targetOrigin: string, transfer: readonly PagePort[] = []): void {
    const { data } = prepare(message, transfer, 'page');
    const ports = transfer.map((port) => new PagePort(coreOf(port).detach('page')));
    setImmediate(() => {
      if (targetOrigin !== this.location.origin && targetOrigin !== '*') return;
      for (const listener of [...this.#listeners])
        listener({ data, origin: this.location.origin, source: this, ports });
    });
  }
}

/** One loaded page: its window, what its preload exposed, and its end of the process's channels. */
export class StandInPage {
  readonly window: PageWindow;
  readonly exposed: Record<string, unknown> = {};
  readonly #frame: StandInFrame;
  readonly #channels = new Map<string, ((event: unknown, ...args: unknown[]) => void)[]>();

  constructor(frame: StandInFrame) {
    this.#frame = frame;
    this.window = new PageWindow(frame.url);
  }

  /** Runs a built preload the way a sandboxed renderer does. What it throws is returned: the page loads all the same. */
  runPreload(file: string, argv: readonly string[]): Error | undefined {
    const run = compileFunction(readFileSync(file, 'utf8'), preloadParameters, {
      filename: file,
      contextExtensions: [{ window: this.window, location: this.window.location }],
    }) as (...parameters: unknown[]) => void;
    const module = { exports: {} };
    const preloadProcess = { argv: [...argv], platform: process.platform, type: 'renderer', sandboxed: true };
    try {
      run(this.#require(), preloadProcess, module.exports, module, Buffer, {}, setImmediate, clearImmediate);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  /** A message of main, with its ports already the page's. */
  deliver(channel: string, args: readonly unknown[], ports: readonly MessagePortMain[] = []): void {
    const pagePorts = ports.map(portForPage);
    setImmediate(() => {
      for (const listener of this.#channels.get(channel) ?? []) listener({ ports: pagePorts, sender: {} }, ...args);
    });
  }

  #require(): (name: string) => unknown {
    return (name) => {
      const plain = name.replace(/^node:/, '');
      if (['electron', 'electron/common', 'electron/renderer'].includes(name)) return this.#electron();
      if (['events', 'timers', 'url'].includes(plain)) return process.getBuiltinModule(plain);
      throw new Error(`module not found: ${name}`);
    };
  }

  #electron(): Record<string, unknown> {
    return {
      contextBridge: {
        exposeInMainWorld: (key: string, api: unknown) => {
          if (Object.hasOwn(this.exposed, key)) {
            throw new Error('Cannot bind an API on top of an existing property on the window object');
          }
          this.exposed[key] = bridgeCopy(api);
        },
      },
      ipcRenderer: {
        send: (channel: string, ...args: unknown[]) => this.#frame.toMain(channel, clone(args)),
        invoke: (channel: string, ...args: unknown[]) => this.#frame.invokeMain(channel, clone(args)),
        postMessage: (channel: string, message: unknown, transfer: readonly PagePort[] = []) => {
          const { data } = prepare(message, transfer, 'page');
          this.#frame.toMain(channel, [data]);
        },
        on: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => {
          this.#channels.set(channel, [...(this.#channels.get(channel) ?? []), listener]);
        },
      },
      webUtils: {
        getPathForFile(file: unknown) {
          if (!(file instanceof File))
            throw new TypeError("Failed to execute 'getPathForFile': parameter 1 is not of type 'File'.");
          return '';
        },
      },
    };
  }
}

function clone(args: readonly unknown[]): unknown[] {
  return args.map((arg) => electronClone(arg, 'page'));
}
