import { resolve } from 'node:path';
import type { Command } from 'commander';
import { verifySession } from '../archive/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';

/** `joulebench verify SESSION`: compute everything again and say what does not hold. */
export function registerVerify(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('verify <session>')
    .description(text.t('cli.command.verify'))
    .option('--json', text.t('cli.option.json'))
    .action(async (session: string, options: { json?: boolean }) => {
      const folder = resolve(session);
      const result = await verifySession(folder, context.app.version);
      const problems = result.problems.map((problem) => ({
        code: problem.key,
        remark: problem.remark === true,
        text: text.t(`verify.${problem.key}`, problem.values),
      }));
      context.exit(result.holds ? exitCodes.ok : exitCodes.notHolding);
      if (options.json) {
        io.out(`${JSON.stringify({ session: folder, holds: result.holds, problems, runs: result.runs })}\n`);
        return;
      }
      const key = result.holds ? 'cli.verify.holds' : 'cli.verify.fails';
      io.out(
        `${text.t(key, { session: result.sessionId || folder, runs: result.runs.length, count: problems.filter((problem) => !problem.remark).length })}\n`,
      );
      for (const problem of problems) io.out(`${text.t('cli.verify.item', { problem: problem.text })}\n`);
    });
}
