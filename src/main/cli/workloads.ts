import type { Command } from 'commander';
import type { CliContext } from './context.ts';

/** `joulebench workloads`: what can be measured. */
export function registerWorkloads(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('workloads')
    .description(text.t('cli.command.workloads'))
    .option('--json', text.t('cli.option.json'))
    .action(async (options: { json?: boolean }) => {
      const host = await context.host('workloads');
      if (options.json) {
        io.out(`${JSON.stringify({ workloads: host.catalogue.workloads })}\n`);
        return;
      }
      for (const workload of host.catalogue.workloads) {
        const note = !workload.runnable
          ? 'cli.workloads.notRunnable'
          : host.embedded.some((own) => own.workload.id === workload.id)
            ? 'cli.workloads.builtIn'
            : undefined;
        io.out(
          `${text.t('cli.workloads.line', { id: workload.id, title: workload.title, note: note ? text.t(note) : '' })}\n`,
        );
      }
    });
}
