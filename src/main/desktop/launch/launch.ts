import type { Clock } from '../../../shared/clock/index.ts';
import type { FetchOutcome } from './fetch-electron.ts';

/** An Electron that fails sooner than this never showed a window. */
const earlyS = 3;

export interface LaunchParts {
  args: readonly string[];
  version: string;
  clock: Clock;
  /** Path of Electron's program, or undefined. */
  binary(): string | undefined;
  fetch(): Promise<FetchOutcome>;
  /** Why no window can open on this computer at all. */
  obstacle(): 'noDisplay' | 'root' | undefined;
  sandboxPossible(program: string): boolean;
  /** Runs a program to its end; its exit code. */
  runElectron(program: string): Promise<number>;
  /** `joulebench serve --open`; its exit code. */
  runBrowser(): Promise<number>;
  say(key: string, values?: Record<string, unknown>): void;
  t(key: string, values?: Record<string, unknown>): string;
}

/**
 * `npm start`: the desktop window where it can be had, else one line that says why and the same app in the browser.
 * @returns the exit code of whichever ran.
 */
export async function launch(parts: LaunchParts): Promise<number> {
  const { args, version, clock } = parts;
  if (args.includes('--browser')) return parts.runBrowser();
  const browser = (reason: string, values: Record<string, unknown> = {}): Promise<number> => {
    parts.say('desktop.start.unavailable', {
      reason: parts.t(`desktop.start.reason.${reason}`, { version, ...values }),
    });
    return parts.runBrowser();
  };
  const obstacle = parts.obstacle();
  if (obstacle) return browser(obstacle);
  if (parts.binary() === undefined) {
    const fetched = await parts.fetch();
    if (!fetched.ok) return browser(fetched.reason, { detail: fetched.detail });
  }
  const program = parts.binary();
  if (program === undefined) return browser('noBinary', { detail: '' });
  if (!parts.sandboxPossible(program)) return browser('noSandbox');
  const startS = clock.nowS();
  const code = await parts.runElectron(program);
  if (code !== 0 && clock.nowS() - startS < earlyS) return browser('ended', { code });
  return code;
}
