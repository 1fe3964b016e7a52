import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { AuditReport } from '../../shared/domain/audit.ts';
import { Fault } from '../../shared/fault/index.ts';
import { auditReport, auditTree, openSource } from '../audit/index.ts';
import { writeFileAtomic } from '../store/index.ts';
import { auditTable } from './audit-table.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';

interface AuditCommandOptions {
  scope: 'runs' | 'package';
  json?: string;
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
    .action(async (folder: string, options: AuditCommandOptions) => {
      if (options.round !== undefined && !/^v\d{1,2}\.\d{1,2}$/.test(options.round))
        throw new Fault('audit.badRound', { round: options.round });
      const source = await openSource({ kind: 'folder', path: resolve(folder) });
      const outcome = await auditTree(source, { scope: options.scope, round: options.round, signal: context.signal });
      const report = auditReport(outcome, text, `${context.app.name} ${context.app.version}`);
      if (options.json !== undefined) await writeReport(options.json, report, context);
      context.exit(report.counts.E > 0 ? exitCodes.notHolding : exitCodes.ok);
      if (options.json !== '-') io.out(auditTable(report, text));
    });
}

async function writeReport(file: string, report: AuditReport, { io }: CliContext): Promise<void> {
  const json = `${JSON.stringify(report)}\n`;
  if (file === '-') io.out(json);
  else await writeFileAtomic(resolve(file), json);
}
