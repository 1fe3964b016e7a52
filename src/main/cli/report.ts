import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createPdfRenderer, energyExtras, reportName, signatureViews } from '../archive/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import { sessionView } from '../report/index.ts';
import { foldSession } from '../session/index.ts';
import { readSession, writeFileAtomic } from '../store/index.ts';
import type { CliContext } from './context.ts';
import { parseChoice } from './options.ts';

/** `joulebench report SESSION`: the PDF again, also of a session that was interrupted. */
export function registerReport(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('report <session>')
    .description(text.t('cli.command.report'))
    .option('--out <dir>', text.t('cli.option.outDir'), '.')
    .option('--paper <size>', text.t('cli.option.paper'), parseChoice('A4', 'Letter'))
    .option('--json', text.t('cli.option.json'))
    .action(async (session: string, options: { out: string; paper?: 'A4' | 'Letter'; json?: boolean }) => {
      const folder = resolve(session);
      const record = foldSession((await readSession(folder)).entries);
      if (!record) throw new Fault('store.notASession', { path: folder });
      const signatures = await signatureViews(folder, record);
      const view = {
        ...sessionView(record, await energyExtras(folder, record)),
        ...(signatures.length > 0 ? { signatures } : {}),
      };
      const { paper, units } = (await context.host('report')).settings.get();
      const render = createPdfRenderer(() => ({ locale: text.locale, paper: options.paper ?? paper, units }));
      const path = join(resolve(options.out), `${view.sessionId}-${reportName(view.simulated)}`);
      await writeFileAtomic(path, await render(view));
      io.out(
        options.json
          ? `${JSON.stringify({ session: folder, report: path, simulated: view.simulated })}\n`
          : `${text.t('cli.run.report', { path })}\n`,
      );
    });
}
