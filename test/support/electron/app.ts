import { EventEmitter } from 'node:events';
import type { Problems } from './problems.ts';
import type { StandInWindow } from './window.ts';

export interface AppOptions {
  isPackaged: boolean;
  firstInstance: boolean;
  problems: Problems;
}

/** An event whose default can be prevented. */
export class PreventableEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** `app`: readiness, paths, the single instance, and the documented order of quitting. */
export class StandInApp extends EventEmitter {
  readonly isPackaged: boolean;
  readonly windows = new Set<StandInWindow>();
  readonly paths = new Map<string, string>();
  readonly calls: string[] = [];
  readonly #options: AppOptions;
  readonly #ready: Promise<void>;
  #becomeReady: () => void = () => undefined;
  #isReady = false;
  #quitting = false;
  #ended = false;

  constructor(options: AppOptions) {
    super();
    this.#options = options;
    this.isPackaged = options.isPackaged;
    this.#ready = new Promise((resolve) => (this.#becomeReady = resolve));
  }

  /** For the test: Electron has finished its start. */
  makeReady(): void {
    this.#isReady = true;
    this.emit('ready');
    this.#becomeReady();
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  requestSingleInstanceLock(): boolean {
    this.calls.push('requestSingleInstanceLock');
    return this.#options.firstInstance;
  }

  setPath(name: string, path: string): void {
    this.#earlyOnly(`setPath ${name}`);
    this.paths.set(name, path);
  }

  getPath(name: string): string {
    return this.paths.get(name) ?? '';
  }

  enableSandbox(): void {
    this.#earlyOnly('enableSandbox');
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  setAppUserModelId(id: string): void {
    this.calls.push(`setAppUserModelId ${id}`);
  }

  get ended(): boolean {
    return this.#ended;
  }

  get quitting(): boolean {
    return this.#quitting;
  }

  /** `before-quit`, the windows' `close`, `will-quit`, `quit`; whoever prevents the default stops it. */
  quit(): void {
    if (this.#ended) return;
    this.#quitting = true;
    if (this.#prevented('before-quit') || ![...this.windows].every((window) => window.requestClose())) {
      this.#quitting = false;
      return;
    }
    this.#end();
  }

  exit(): void {
    this.#ended = true;
    this.emit('quit');
  }

  /** A window is gone; the last one leads to `window-all-closed`, unless the app is quitting anyway. */
  windowClosed(window: StandInWindow): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.#quitting) this.emit('window-all-closed');
  }

  #end(): void {
    if (this.#prevented('will-quit')) {
      this.#quitting = false;
      return;
    }
    this.#ended = true;
    this.emit('quit');
  }

  #prevented(name: string): boolean {
    const event = new PreventableEvent();
    this.emit(name, event);
    return event.defaultPrevented;
  }

  #earlyOnly(call: string): void {
    this.calls.push(call);
    if (this.#isReady) this.#options.problems.add(`${call} after ready`);
  }
}
