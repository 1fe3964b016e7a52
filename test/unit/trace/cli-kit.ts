import { Command } from 'commander';
import type { CliContext } from '../../../src/main/cli/context.ts';
import { registerTrace } from '../../../src/main/cli/trace.ts';
import { createText } from '../../../src/shared/text/index.ts';

/** Runs `joulebench trace ...` in this process; a fault is thrown. */
export async function traceCli(...args: string[]): Promise<{ out: string; code: number }> {
  const result = { out: '', code: 0 };
  const context: CliContext = {
    io: { out: (text) => (result.out += text), err: () => undefined, interactive: false },
    text: createText('en'),
    app: { name: 'Joulebench', version: '0.0.0' },
    signal: new AbortController().signal,
    rendererDir: '',
    resourcesDir: '',
    platform: 'linux',
    host: () => Promise.reject(new Error('no host')),
    exit: (code) => (result.code = code),
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  registerTrace(program, context);
  await program.parseAsync(['trace', ...args], { from: 'user' });
  return result;
}
