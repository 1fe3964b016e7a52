import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../src/main/bin.mjs');

export interface CliResult {
  code: number | null;
  out: string;
  err: string;
}

/** A folder of its own for one test; `JOULEBENCH_HOME` points into it, so that no test sees another's settings or locks. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'jb-cli-'));
}

/** Starts `joulebench` as a user would. */
export function startCli(
  args: readonly string[],
  home: string,
  nodeArgs: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [...nodeArgs, bin, ...args], {
    env: { ...process.env, JOULEBENCH_HOME: join(home, 'home') },
  });
}

export async function cli(args: readonly string[], home: string, nodeArgs: readonly string[] = []): Promise<CliResult> {
  return finished(startCli(args, home, nodeArgs));
}

export function finished(child: ChildProcessWithoutNullStreams): Promise<CliResult> {
  const result: CliResult = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (result.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (result.err += chunk.toString()));
  return new Promise((done) => {
    child.on('close', (code) => done({ ...result, code }));
  });
}

/** The only session folder below a folder. */
export function onlySession(folder: string): string {
  const [name, ...more] = readdirSync(folder);
  if (name === undefined || more.length > 0) throw new Error(`${more.length + (name ? 1 : 0)} sessions in ${folder}`);
  return join(folder, name);
}
