import { resolve } from 'node:path';
import type { Command } from 'commander';
import { verifySession } from '../archive/index.ts';
import { trustKeys } from '../signing/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { writeSignature } from './sign.ts';

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
      const signers = result.signatures.map(({ publicKey, view }) => ({ publicKey, name: view.name }));
      // Who signed is asked of this computer only where somebody did: a plain verification needs no settings.
      const trusted =
        signers.length > 0 ? await trustKeys(signers, result.sessionId, await context.host('verify')) : [];
      const remarks = trusted.flatMap((one) => one.remarks.map((remark) => ({ ...remark, remark: true })));
      const problems = [...result.problems, ...remarks].map((problem) => ({
        code: problem.key,
        remark: problem.remark === true,
        text: text.t(`verify.${problem.key}`, problem.values),
      }));
      context.exit(result.holds ? exitCodes.ok : exitCodes.notHolding);
      if (options.json) {
        const signatures = result.signatures.map(({ view }, i) => ({
          ...view,
          trust: trusted[i]?.trust ?? { kind: 'new' },
        }));
        const answer = { session: folder, holds: result.holds, problems, signatures, runs: result.runs };
        io.out(`${JSON.stringify(answer)}\n`);
        return;
      }
      const key = result.holds ? 'cli.verify.holds' : 'cli.verify.fails';
      io.out(
        `${text.t(key, { session: result.sessionId || folder, runs: result.runs.length, count: problems.filter((problem) => !problem.remark).length })}\n`,
      );
      for (const problem of problems) io.out(`${text.t('cli.verify.item', { problem: problem.text })}\n`);
      io.out(`${text.t(result.signatures.length > 0 ? 'cli.verify.signatures' : 'cli.verify.unsigned')}\n`);
      result.signatures.forEach(({ view }, i) => writeSignature(context, view, trusted[i]?.trust ?? { kind: 'new' }));
    });
}
