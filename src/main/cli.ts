import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { createText } from '../shared/text/index.ts';
import type { CliContext } from './cli/context.ts';
import { askSecret } from './cli/ask-secret.ts';
import { exitCodeOf, exitCodes } from './cli/exit-code.ts';
import { registerCommands } from './cli/index.ts';
import { faultJson, writeFault } from './cli/io.ts';
import type { CliIo } from './cli/io.ts';
import { createHost } from './host.ts';
import { rendererDir, resourcesDir } from './places.ts';
import { defaultFolders, openSettings } from './store/index.ts';
import { appIdentity } from './version.ts';

/**
 * The headless entry: parses the arguments, runs one command and returns its exit code. Everything it does is in the host's services.
 * @param args Without interpreter and script.
 */
export async function main(args: readonly string[], io: CliIo = processIo()): Promise<number> {
  const app = appIdentity();
  const folders = defaultFolders({ platform: process.platform, home: homedir(), env: process.env });
  const systemLocale = Intl.DateTimeFormat().resolvedOptions().locale;
  const text = createText(await chosenLanguage(folders.config, systemLocale));
  const program = new Command('joulebench');
  const abort = new AbortController();
  const stopListening = listenForStop(abort);
  let exitCode: number = exitCodes.ok;
  const context: CliContext = {
    io,
    text,
    app,
    signal: abort.signal,
    rendererDir: rendererDir(),
    resourcesDir: resourcesDir(),
    platform: process.platform,
    host: (command) =>
      createHost({
        app,
        program: `joulebench ${command}`,
        folders,
        resourcesDir: resourcesDir(),
        platform: process.platform,
        systemLocale,
      }),
    exit: (code) => (exitCode = code),
  };
  program
    .description(text.t('cli.program'))
    .version(app.version)
    .addHelpText('after', `\n${text.t('cli.footer')}`)
    .exitOverride()
    .configureOutput({ writeOut: (line) => io.out(line), writeErr: (line) => io.err(line) });
  registerCommands(program, context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (args.includes('--json')) io.out(`${JSON.stringify(faultJson(text, error))}\n`);
    writeFault(io, text, error);
    return exitCodeOf(error);
  } finally {
    stopListening();
  }
}

/** The language of the settings; settings that cannot be read are the complaint of whoever needs them, and that in English. */
function chosenLanguage(configFolder: string, systemLocale: string): Promise<string | undefined> {
  return openSettings(join(configFolder, 'settings.json'), systemLocale).then(
    (settings) => settings.get().language,
    () => undefined,
  );
}

function processIo(): CliIo {
  // Whoever reads may stop reading (`joulebench ... | head`): the work goes on to its end, unheard.
  const ignoreClosed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
  };
  process.stdout.on('error', ignoreClosed);
  process.stderr.on('error', ignoreClosed);
  return {
    out: (line) => void process.stdout.write(line),
    err: (line) => void process.stderr.write(line),
    interactive: process.stderr.isTTY,
    askSecret: (question) => askSecret(question, process.stdin, process.stderr),
    variable: (name) => process.env[name],
  };
}

/** The first Ctrl+C asks the command to end in good order; the second one ends the process. */
function listenForStop(abort: AbortController): () => void {
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(exitCodes.stopped);
    abort.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
