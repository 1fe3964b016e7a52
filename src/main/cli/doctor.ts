import type { Command } from 'commander';
import { formatDuration } from '../../shared/units/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseInteger } from './options.ts';

/** Diagnoses after which a run can be started as things are. */
const fine: readonly string[] = ['healthy', 'healthyNoBaud', 'resetOnOpen'];

/** `joulebench doctor PORT`: examine a connection; ends in one sentence with the next step. */
export function registerDoctor(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('doctor <port>')
    .description(text.t('cli.command.doctor'))
    .option('--baud <rate>', text.t('cli.option.baud'), parseInteger(110, 12_000_000))
    .option('--json', text.t('cli.option.json'))
    .action(async (port: string, options: { baud?: number; json?: boolean }) => {
      const host = await context.host('doctor');
      const report = await host.examine(port, {
        baud: options.baud,
        signal: context.signal,
        onStep: (step) =>
          io.err(
            `${text.t('cli.doctor.step', {
              step: text.t(`doctor.step.${step.kind}`),
              baud: step.baud === null ? '' : ` (${step.baud})`,
              outcome: text.t(`doctor.outcome.${step.outcome}`),
              took: formatDuration(step.endS - step.startS),
            })}\n`,
          ),
      });
      const { code, facts } = report.diagnosis;
      const sentence = text.t(`doctor.diagnosis.${code}`, facts);
      context.exit(fine.includes(code) ? exitCodes.ok : exitCodes.instrument);
      io.out(options.json ? `${JSON.stringify({ ...report, sentence })}\n` : `${sentence}\n`);
    });
}
