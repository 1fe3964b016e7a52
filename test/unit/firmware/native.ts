import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const firmwareFolder = resolve(import.meta.dirname, '../../../firmware');

/** Why tests that compile C for this computer do not run, in the words of the committed list of expected skips. */
export const noCompilerReason =
  spawnSync('cc', ['--version']).status === 0 ? undefined : 'no C compiler: install gcc or clang as `cc`';

/** Compiles sources (relative to `firmware/`) for this computer under sanitizers; gives the program's path. */
export function compileNative(name: string, sources: readonly string[]): string {
  const program = join(mkdtempSync(join(tmpdir(), 'joulebench-native-')), name);
  const files = sources.flatMap((source) =>
    source.endsWith('/*.c')
      ? readdirSync(join(firmwareFolder, source.slice(0, -4)))
          .filter((file) => file.endsWith('.c'))
          .sort()
          .map((file) => join(source.slice(0, -4), file))
      : [source],
  );
  const flags = ['-std=c11', '-I.', '-Wall', '-Wextra', '-Werror', '-g', '-O1'];
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  execFileSync('cc', [...flags, ...sanitizers, ...files, '-o', program], { cwd: firmwareFolder });
  return program;
}

/** The image that the stub plan of `firmware/test/harness` takes: one byte, the number of results. */
export function stubImage(results: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'joulebench-stub-')), 'stub.jbm');
  writeFileSync(path, Uint8Array.of(results));
  return path;
}

/** Runs a program over a transcript; gives what it printed. Fails the test when it did not end well. */
export function converse(
  program: string,
  args: readonly string[],
  input: string | Uint8Array,
): { text: string; pins: string } {
  const run = spawnSync(program, args, { input, encoding: 'latin1', maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${program} ended with ${run.status ?? run.signal}: ${run.stderr}`);
  return { text: run.stdout, pins: run.stderr };
}
