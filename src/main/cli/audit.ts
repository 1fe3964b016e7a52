import { basename, resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { isoTime } from '../../shared/clock/index.ts';
import type { AuditReport } from '../../shared/domain/audit.ts';
import { Fault } from '../../shared/fault/index.ts';
import { createAuditRenderer } from '../archive/index.ts';
import { auditFolder, auditReport } from '../audit/index.ts';
import { writeFileAtomic } from '../store/index.ts';
import { auditJunit } from './audit-junit.ts';
import { auditTable } from './audit-table.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseChoice } from './options.ts';

interface AuditCommandOptions {
  scope: 'runs' | 'package';
  json?: string;
  junit?: string;
  pdf?: string;
  paper?: 'A4' | 'Letter';
  round?: string;
}

/** `joulebench audit DIR`: compute a submission again from its raw files and judge it by the rules. */
export function registerAudit(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('audit <folder>')
    .description(text.t('cli.command.audit'))
    .addOption(
      new Option('--scope <scope>', text.t('cli.option.auditScope')).choices(['runs', 'package']).default('package'),
    )
    .option('--round <round>', text.t('cli.option.auditRound'))
    .option('--json <file>', text.t('cli.option.auditJson'))
    .option('--pdf <file>', text.t('cli.option.auditPdf'))
    .option('--paper <size>', text.t('cli.option.paper'), parseChoice('A4', 'Letter'))
    .option('--junit <file>', text.t('cli.option.auditJunit'))
    .action(async (folder: string, options: AuditCommandOptions) => {
      if (options.round !== undefined && !/^v\d{1,2}\.\d{1,2}$/.test(options.round))
        throw new Fault('audit.badRound', { round: options.round });
      const spec = { kind: 'folder', path: resolve(folder) } as const;
      const outcome = await auditFolder(spec, { scope: options.scope, round: options.round, signal: context.signal });
      const report = auditReport(outcome, text, `${context.app.name} ${context.app.version}`);
      if (options.json !== undefined) await writeReport(options.json, report, context);
      if (options.junit !== undefined) await writeFileAtomic(resolve(options.junit), auditJunit(report, text));
      if (options.pdf !== undefined)
        await writePdf(options.pdf, report, basename(resolve(folder)), options.paper, context);
      context.exit(report.counts.E > 0 ? exitCodes.notHolding : exitCodes.ok);
      if (options.json !== '-') io.out(auditTable(report, text));
    });
}

async function writePdf(
  file: string,
  report: AuditReport,
  folder: string,
  paper: AuditCommandOptions['paper'],
  { host, text }: CliContext,
): Promise<void> {
  const { settings, clock } = await host('audit');
  const { paper: usual, units } = settings.get();
  const render = createAuditRenderer(() => ({ locale: text.locale, paper: paper ?? usual, units }));
  const createdAt = isoTime(clock);
  await writeFileAtomic(resolve(file), await render({ report, folder, createdAt }));
}

async function writeReport(file: string, report: AuditReport, { io }: CliContext): Promise<void> {
  const json = `${JSON.stringify(report)}\n`;
  if (file === '-') io.out(json);
  else await writeFileAtomic(resolve(file), json);
}
