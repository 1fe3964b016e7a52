import type { Command } from 'commander';
import type { CliContext } from './context.ts';
import { parseInteger } from './options.ts';
import { createHostApi } from '../host-api.ts';
import { openLogFile } from '../log-file.ts';
import { startServer } from '../api/http.ts';
import { openInBrowser } from './open-browser.ts';

/** `joulebench serve`: the same app in a browser of this computer. */
export function registerServe(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('serve')
    .description(text.t('cli.command.serve'))
    .option('--port <port>', text.t('cli.option.port'), parseInteger(0, 65_535), 0)
    .option('--open', text.t('cli.option.open'))
    .option('--json', text.t('cli.option.json'))
    .action(async (options: { port: number; open?: boolean; json?: boolean }) => {
      const host = await context.host('serve');
      const api = createHostApi(host, 'browser', openLogFile(host.options.folders.logs, 'serve'));
      const server = await startServer({
        host: api,
        rendererFolder: context.rendererDir,
        port: options.port,
        clock: host.clock,
        version: context.app.version,
      });
      if (options.json) io.out(`${JSON.stringify({ url: server.url, port: server.port })}\n`);
      else io.out(`${text.t('cli.serve.listening', { url: server.url })}\n${text.t('cli.serve.once')}\n`);
      if (options.open) openInBrowser(server.url, context.platform);
      await new Promise<void>((resolve) => {
        if (context.signal.aborted) resolve();
        context.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await api.shutdown(5);
      await server.close();
    });
}
