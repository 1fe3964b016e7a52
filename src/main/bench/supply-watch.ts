import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import { workerUrl } from '../../shared/worker-url/index.ts';
import type { EnergyMonitor } from '../emon/index.ts';

/** A process of its own that switches a supply off when this one dies, however it dies. */
export interface SupplyWatch {
  /** Number of the watching process. */
  readonly pid: number | undefined;
  /** Sends it home: the supply is off, or someone else answers for it. Idempotent; resolves when it is gone. */
  disarm(): Promise<void>;
}

export interface SupplyWatchOptions {
  clock: Clock;
  /** What an operator calls the instrument. */
  label: string;
  platform: NodeJS.Platform;
  /** Program that runs the entry; this one's by default (Electron's own binary runs as plain Node then). */
  execPath?: string;
  /** Environment of this process. */
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
}

/** Starting a process on a busy computer takes seconds. */
const startS = 20;
/** It has only to read a line. */
const leaveS = 3;

/** How the watchdog is started: apart, so that it is tested for every platform. */
export function watchCommand(options: Pick<SupplyWatchOptions, 'execPath' | 'env' | 'platform'>): {
  command: string;
  args: string[];
  options: { detached: true; windowsHide: true; cwd: string; env: NodeJS.ProcessEnv };
} {
  const { platform, execPath = process.execPath, env = process.env } = options;
  return {
    command: execPath,
    args: [fileURLToPath(workerUrl('supply-watch-child', import.meta.url))],
    options: {
      // A group of its own: Ctrl+C and the end of a terminal reach this process, not that one.
      detached: true,
      windowsHide: true,
      // A working folder that nobody wants to remove or unmount meanwhile.
      cwd: platform === 'win32' ? (env['SystemRoot'] ?? 'C:\\') : '/',
      env: { ...env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    },
  };
}

/**
 * Starts the watchdog for an instrument on a real port; undefined for one without a port, which dies with this process. It holds the end of
 * a pipe: when that breaks without `disarm`, it opens the port and writes the instrument's panic bytes.
 * @throws Fault `emon.noSupplyWatch`, or the signal's reason.
 */
export async function startSupplyWatch(
  panic: EnergyMonitor['panic'],
  options: SupplyWatchOptions,
): Promise<SupplyWatch | undefined> {
  const { path, baud, bytes } = panic;
  if (path === null) return undefined;
  options.signal?.throwIfAborted();
  const release = options.clock.hold();
  try {
    const { command, args, options: spawnOptions } = watchCommand(options);
    const child = spawn(command, args, { ...spawnOptions, stdio: ['pipe', 'pipe', 'ignore'] });
    const watch = new WatchProcess(child, options.clock);
    child.stdin?.write(`${JSON.stringify({ path, baud, hex: Buffer.from(bytes).toString('hex') })}\n`);
    try {
      await armed(child, options);
    } catch (error) {
      await watch.disarm();
      throw error;
    }
    return watch;
  } finally {
    release();
  }
}

function armed(child: ChildProcess, { clock, label, signal }: SupplyWatchOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
      child.stdout?.removeAllListeners('data');
      // It must not keep this process alive, nor be kept waiting by it.
      child.stdout?.destroy();
      finish();
    };
    const fail = (reason: string): void =>
      settle(() => reject(new Fault('emon.noSupplyWatch', { instrument: label, reason })));
    const onAbort = (): void => settle(() => reject(signal?.reason as Error));
    const timer = clock.setTimer(startS, () => fail(`${startS} s`));
    signal?.addEventListener('abort', onAbort, { once: true });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`exit ${code}`));
    child.stdin?.on('error', () => undefined);
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (said.includes('armed')) settle(resolve);
    });
  });
}

class WatchProcess implements SupplyWatch {
  readonly #child: ChildProcess;
  readonly #clock: Clock;
  #leaving: Promise<void> | undefined;

  constructor(child: ChildProcess, clock: Clock) {
    this.#child = child;
    this.#clock = clock;
    child.on('error', () => undefined);
    // It may outlive this process, and must not keep it alive.
    child.unref();
    (child.stdin as { unref?: () => void } | null)?.unref?.();
    (child.stdout as { unref?: () => void } | null)?.unref?.();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  disarm(): Promise<void> {
    this.#leaving ??= this.#leave();
    return this.#leaving;
  }

  async #leave(): Promise<void> {
    const child = this.#child;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    // Somebody waits for it now.
    child.ref();
    child.stdin?.end('disarm\n');
    const release = this.#clock.hold();
    const timer = this.#clock.setTimer(leaveS, () => child.kill('SIGKILL'));
    try {
      await gone;
    } finally {
      timer.cancel();
      release();
    }
  }
}
