import { spawn } from 'node:child_process';
import { Fault } from '../../shared/fault/index.ts';

/** The programs that make an image; all of one distribution package. */
export type Tool = 'arm-none-eabi-gcc' | 'arm-none-eabi-objcopy';

export interface ToolResult {
  code: number;
  output: string;
}

/** Runs a tool in a folder; injected, so that planning and errors are tested without a compiler. */
export type RunTool = (tool: Tool, args: readonly string[], cwd: string, signal?: AbortSignal) => Promise<ToolResult>;

/** Limits what a mad compiler may print. */
const outputLimit = 200_000;

/**
 * Starts tools of the PATH. A tool that is not there gives `firmware.toolchainMissing`.
 * @param env the environment to search; the locale is fixed, because the sort order and words of tools depend on it.
 */
export function systemTools(env: NodeJS.ProcessEnv): RunTool {
  return (tool, args, cwd, signal) =>
    new Promise((resolve, reject) => {
      const child = spawn(tool, args, {
        cwd,
        env: { ...env, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
        ...(signal ? { signal } : {}),
      });
      let output = '';
      const collect = (chunk: Buffer): void => {
        if (output.length < outputLimit) output += chunk.toString('utf8');
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.on('error', (cause: NodeJS.ErrnoException) => {
        const missing = cause.code === 'ENOENT';
        reject(missing ? new Fault('firmware.toolchainMissing', { tool }, { cause }) : cause);
      });
      child.on('close', (code) => resolve({ code: code ?? -1, output }));
    });
}

/** The compiler's first line, `arm-none-eabi-gcc (15:12.2.rel1-1) 12.2.1 20221205`. */
export async function compilerVersion(run: RunTool, cwd: string, signal?: AbortSignal): Promise<string> {
  const { output } = await run('arm-none-eabi-gcc', ['--version'], cwd, signal);
  return (output.split('\n')[0] ?? '').trim();
}
