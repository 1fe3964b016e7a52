import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { createBatchRenderer, createPdfRenderer, energyExtras, reportName, signatureViews } from '../archive/index.ts';
import type { BatchState } from '../../shared/domain/batch.ts';
import { languages } from '../../shared/domain/settings.ts';
import type { Language } from '../../shared/domain/settings.ts';
import { Fault } from '../../shared/fault/index.ts';
import { batchFileName, sessionView, writeBatchCsv } from '../report/index.ts';
import { foldSession } from '../session/index.ts';
import { makeFolder, readSession, writeFileAtomic } from '../store/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseChoice } from './options.ts';

interface ReportOptions {
  batch?: string;
  csv?: boolean;
  pdf?: boolean;
  out: string;
  paper?: 'A4' | 'Letter';
  language?: Language;
  json?: boolean;
}

type Looks = ReturnType<Parameters<typeof createPdfRenderer>[0]>;

/** `joulebench report SESSION`: the PDF again, also of a session that was interrupted; `--batch` writes those of a batch. */
export function registerReport(program: Command, context: CliContext): void {
  const { text } = context;
  program
    .command('report [session]')
    .description(text.t('cli.command.report'))
    .option('--batch <id>', text.t('cli.option.ofBatch'))
    .option('--csv', text.t('cli.option.csv'))
    .option('--pdf', text.t('cli.option.pdf'))
    .option('--out <dir>', text.t('cli.option.outDir'), '.')
    .option('--paper <size>', text.t('cli.option.paper'), parseChoice('A4', 'Letter'))
    .option('--language <name>', text.t('cli.option.reportLanguage'), parseChoice(...languages))
    .option('--json', text.t('cli.option.json'))
    .action((session: string | undefined, options: ReportOptions, command: Command) => {
      if (options.batch !== undefined && session === undefined) return reportBatch(options.batch, options, context);
      if (session === undefined) return command.error(text.t('cli.recipe.whatReport'), { exitCode: exitCodes.usage });
      return reportSession(session, options, context);
    });
}

async function reportSession(session: string, options: ReportOptions, context: CliContext): Promise<void> {
  const { io, text } = context;
  const folder = resolve(session);
  const record = foldSession((await readSession(folder)).entries);
  if (!record) throw new Fault('store.notASession', { path: folder });
  const signatures = await signatureViews(folder, record);
  const view = {
    ...sessionView(record, await energyExtras(folder, record)),
    ...(signatures.length > 0 ? { signatures } : {}),
  };
  const render = createPdfRenderer(await looks(options, context));
  const path = join(resolve(options.out), `${view.sessionId}-${reportName(view.simulated)}`);
  await makeFolder(dirname(path));
  await writeFileAtomic(path, await render(view));
  io.out(
    options.json
      ? `${JSON.stringify({ session: folder, report: path, simulated: view.simulated })}\n`
      : `${text.t('cli.run.report', { path })}\n`,
  );
}

async function reportBatch(named: string, options: ReportOptions, context: CliContext): Promise<void> {
  const { io, text } = context;
  const { batches } = await context.host('report');
  const found = (await batches.list()).batches.find(({ batchId, name }) => batchId === named || name === named);
  const batch: BatchState = { ...(await batches.read(found?.batchId ?? named)), underWay: null, fault: null };
  if (batch.attempts.length === 0) throw new Fault('recipe.batchEmpty', { batch: batch.name });
  const files: string[] = [];
  const write = async (ending: string, content: string | Uint8Array): Promise<void> => {
    const path = join(resolve(options.out), batchFileName(batch, ending));
    await makeFolder(dirname(path));
    await writeFileAtomic(path, content);
    files.push(path);
  };
  if (options.csv) await write('csv', writeBatchCsv(batch));
  if (options.pdf || !options.csv) await write('pdf', await createBatchRenderer(await looks(options, context))(batch));
  if (options.json) io.out(`${JSON.stringify({ batch: batch.batchId, files, simulated: batch.simulated })}\n`);
  else for (const path of files) io.out(`${text.t('cli.recipe.file', { path })}\n`);
}

async function looks({ paper, language }: ReportOptions, { host, text }: CliContext): Promise<() => Looks> {
  const settings = (await host('report')).settings.get();
  return () => ({ locale: language ?? text.locale, paper: paper ?? settings.paper, units: settings.units });
}
