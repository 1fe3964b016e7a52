import { EventEmitter } from 'node:events';
import { PreventableEvent } from './app.ts';
import type { StandInApp } from './app.ts';
import type { Problems } from './problems.ts';

type ProtocolHandler = (request: Request) => unknown;

/** `protocol`. */
export class StandInProtocol {
  readonly schemes: { scheme: string; privileges: Record<string, boolean> }[] = [];
  readonly #handlers = new Map<string, ProtocolHandler>();
  readonly #app: StandInApp;
  readonly #problems: Problems;

  constructor(app: StandInApp, problems: Problems) {
    this.#app = app;
    this.#problems = problems;
  }

  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: Record<string, boolean> }[]): void {
    if (this.#app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (this.schemes.length > 0) this.#problems.add('registerSchemesAsPrivileged twice');
    this.schemes.push(...schemes);
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (!this.#app.isReady()) throw new Error('protocol.handle can only be used after app is ready');
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  /** For the test: what a page gets for a request. */
  async fetch(url: string, init: { method?: string; headers?: Record<string, string> } = {}): Promise<Response> {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error('ERR_UNKNOWN_URL_SCHEME');
    const { method = 'GET', headers = {} } = init;
    const response: unknown = await Promise.resolve({ url, method, headers: new Headers(headers) })
      .then((request) => handler(request as Request))
      .catch(() => undefined);
    if (!(response instanceof Response)) throw new Error('ERR_UNEXPECTED');
    if (response.type === 'error') throw new Error('ERR_FAILED');
    return response;
  }
}

type AnyFunction = (...args: never[]) => unknown;

/** `session.defaultSession`. */
export class StandInSession extends EventEmitter {
  readonly handlers: Record<string, AnyFunction> = {};
  readonly webRequest = {
    onBeforeRequest: (handler: AnyFunction): void => {
      this.handlers['beforeRequest'] = handler;
    },
    onHeadersReceived: (handler: AnyFunction): void => {
      this.handlers['headersReceived'] = handler;
    },
  };

  setPermissionRequestHandler(handler: AnyFunction): void {
    this.handlers['permissionRequest'] = handler;
  }

  setPermissionCheckHandler(handler: AnyFunction): void {
    this.handlers['permissionCheck'] = handler;
  }

  setDevicePermissionHandler(handler: AnyFunction): void {
    this.handlers['devicePermission'] = handler;
  }

  setDisplayMediaRequestHandler(handler: AnyFunction): void {
    this.handlers['displayMedia'] = handler;
  }

  /** For the test: whether a request is let through. */
  allows(url: string): boolean {
    const answers: boolean[] = [];
    const handler = this.handlers['beforeRequest'] as
      ((details: object, callback: (answer: { cancel?: boolean }) => void) => void) | undefined;
    handler?.({ url }, ({ cancel }) => answers.push(cancel === true));
    return !answers.includes(true);
  }
}

/** `dialog`: the test says beforehand what a person chooses. */
export class StandInDialog {
  readonly asked: { kind: string; options: Record<string, unknown>; withWindow: boolean }[] = [];
  answers: unknown[] = [];

  showMessageBox(...args: unknown[]): Promise<unknown> {
    return this.#ask('message', args, { response: 0 });
  }

  showOpenDialog(...args: unknown[]): Promise<unknown> {
    return this.#ask('open', args, { canceled: true, filePaths: [] });
  }

  showSaveDialog(...args: unknown[]): Promise<unknown> {
    return this.#ask('save', args, { canceled: true, filePath: '' });
  }

  showErrorBox(title: string, content: string): void {
    this.asked.push({ kind: 'error', options: { title, content }, withWindow: false });
  }

  #ask(kind: string, args: unknown[], left: unknown): Promise<unknown> {
    this.asked.push({ kind, options: args.at(-1) as Record<string, unknown>, withWindow: args.length > 1 });
    return Promise.resolve(this.answers.shift() ?? left);
  }
}

/** `powerMonitor`, with the system going down as an event that can be held up. */
export class StandInPowerMonitor extends EventEmitter {
  shutDown(): boolean {
    const event = new PreventableEvent();
    this.emit('shutdown', event);
    return event.defaultPrevented;
  }
}

/** `powerSaveBlocker`. */
export class StandInPowerSaveBlocker {
  readonly active = new Map<number, string>();
  #next = 0;

  start(kind: string): number {
    this.#next += 1;
    this.active.set(this.#next, kind);
    return this.#next;
  }

  stop(id: number): void {
    this.active.delete(id);
  }
}

export type StandInBackend = 'gnome_libsecret' | 'basic_text' | 'unavailable';

/** `safeStorage`, its asynchronous half; what it encrypts, another one cannot decrypt. */
export class StandInSafeStorage {
  readonly #app: StandInApp;
  readonly #backend: StandInBackend;
  readonly #secrets = new Map<string, string>();
  #ready = false;

  constructor(app: StandInApp, backend: StandInBackend) {
    this.#app = app;
    this.#backend = backend;
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    this.#ready = this.#app.isReady();
    return Promise.resolve(this.#ready && this.#backend !== 'unavailable');
  }

  getSelectedStorageBackend(): string {
    return this.#ready && this.#backend !== 'unavailable' ? this.#backend : 'unknown';
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    await this.#need();
    const sealed = Buffer.from(`v10-${this.#secrets.size}`);
    this.#secrets.set(sealed.toString('base64'), text);
    return sealed;
  }

  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    await this.#need();
    if (!Buffer.isBuffer(sealed)) throw new TypeError('Error processing argument at index 0');
    const result = this.#secrets.get(sealed.toString('base64'));
    if (result === undefined) throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
    return { result, shouldReEncrypt: false };
  }

  async #need(): Promise<void> {
    if (!(await this.isAsyncEncryptionAvailable())) throw new Error('Encryption is not available.');
  }
}

/** `utilityProcess` and what the child sees: an option that is not used now, kept honest for when it is. */
export class StandInUtilityProcess {
  readonly #app: StandInApp;

  constructor(app: StandInApp) {
    this.#app = app;
  }

  fork(path: string, args: readonly string[] = []): StandInChild {
    if (!this.#app.isReady()) throw new Error('utilityProcess cannot be created before app is ready');
    return new StandInChild(this.#app, path, args);
  }
}

export class StandInChild extends EventEmitter {
  readonly path: string;
  readonly args: readonly string[];
  readonly #app: StandInApp;

  constructor(app: StandInApp, path: string, args: readonly string[]) {
    super();
    this.#app = app;
    this.path = path;
    this.args = args;
  }

  /** The child's `process.parentPort`: it cannot transfer anything. */
  parentPort(problems: Problems): { postMessage(message: unknown, ...more: unknown[]): void } {
    return {
      postMessage: (message, ...more) => {
        if (more.length > 0) problems.add('parentPort.postMessage takes no transfer list');
        this.emit('message', structuredClone(message));
      },
    };
  }

  /** For the test: the child ends. */
  die(exitCode: number): void {
    this.emit('exit', exitCode);
    this.#app.emit(
      'child-process-gone',
      {},
      { type: 'Utility', name: this.path, reason: exitCode === 0 ? 'clean-exit' : 'crashed', exitCode },
    );
  }
}
