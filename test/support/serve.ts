import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scratch, startCli } from './cli.ts';

/** `joulebench serve` in a process of its own, with settings, sessions and locks below one folder. */
export interface ServedApp {
  /** Opens the app once. */
  readonly url: string;
  readonly home: string;
  readonly sessions: string;
  /** Ends the process the way Ctrl+C does. */
  stop(): Promise<void>;
  /** Ends it the way a crash does. */
  kill(): Promise<void>;
}

export interface ServeOptions {
  /** A folder of an earlier one, to go on with its sessions. */
  home?: string;
  settings?: Record<string, unknown>;
}

/** Serves the built page; `npm run build` comes first. */
export async function serveApp(options: ServeOptions = {}): Promise<ServedApp> {
  const page = resolve(import.meta.dirname, '../../out/renderer/index.html');
  if (!existsSync(page)) throw new Error('The page is not built: run npm run build');
  const home = options.home ?? scratch();
  const config = join(home, 'home', 'config');
  const sessions = join(home, 'home', 'sessions');
  if (options.settings) {
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'settings.json'), JSON.stringify({ version: 1, ...options.settings }));
  }
  const child = startCli(['serve', '--json'], home);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const url = await new Promise<string>((found, failed) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) found((JSON.parse(out.split('\n')[0] ?? '') as { url: string }).url);
    });
    child.once('exit', (code) => failed(new Error(`joulebench serve ended with ${code}: ${errors}`)));
  });
  const end = (signal: NodeJS.Signals) => (): Promise<void> =>
    new Promise((done) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        done();
        return;
      }
      child.once('exit', () => done());
      child.kill(signal);
    });
  return { url, home, sessions, stop: end('SIGTERM'), kill: end('SIGKILL') };
}
