import { resolve } from 'node:path';
import type { Command } from 'commander';
import { signerRoleSchema } from '../../shared/domain/signature.ts';
import type { KeyTrust, SignatureView, SignerRole } from '../../shared/domain/signature.ts';
import { Fault } from '../../shared/fault/index.ts';
import { formatDateTime } from '../../shared/units/index.ts';
import type { KeyRing } from '../signing/index.ts';
import type { CliContext } from './context.ts';
import { parseChoice } from './options.ts';

interface SignOptions {
  role: SignerRole;
  name: string;
  remark: string;
  replace?: boolean;
  json?: boolean;
}

/** `joulebench sign SESSION`: put one's name to a finished session. */
export function registerSign(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('sign <session>')
    .description(text.t('cli.command.sign'))
    .requiredOption('--role <role>', text.t('cli.option.role'), parseChoice(...signerRoleSchema.options))
    .requiredOption('--name <name>', text.t('cli.option.signerName'))
    .option('--remark <text>', text.t('cli.option.remark'), '')
    .option('--replace', text.t('cli.option.replace'))
    .option('--json', text.t('cli.option.json'))
    .action(async (session: string, options: SignOptions) => {
      const host = await context.host('sign');
      const name = options.name.trim();
      const { role, remark, replace } = options;
      const passphrase = await passphraseFor(context, host.keys, name);
      const folder = resolve(session);
      const result = await host.sign({ folder, role, name, remark, replace, passphrase });
      const { signature, key, report } = result;
      if (options.json) {
        const { keyMade, sameKey } = result;
        io.out(`${JSON.stringify({ session: folder, signature, keyMade, sameKey, report })}\n`);
        return;
      }
      const { fingerprint } = signature;
      const values = { session: folder, name, role: text.t(`signing.role.${role}`), fingerprint };
      io.out(`${text.t('signing.cli.signed', values)}\n`);
      io.out(`${text.t(`signing.kept.${key.keeping}`)}\n`);
      if (result.sameKey) io.out(`${text.t('signing.cli.sameKey')}\n`);
      io.out(`${text.t('cli.run.report', { path: report })}\n`);
    });
}

/** What opens the key: from the environment, from a person, or nothing. @throws Fault `signing.passphraseNeeded`. */
async function passphraseFor({ io, text }: CliContext, keys: KeyRing, name: string): Promise<string | undefined> {
  const given = io.variable?.('JOULEBENCH_PASSPHRASE');
  if (given) return given;
  const own = await keys.find(name);
  if (own?.keeping === 'system') return undefined;
  if (own?.keeping === 'passphrase') return io.askSecret?.(text.t('signing.cli.passphrase', { name }));
  const first = await io.askSecret?.(text.t('signing.cli.newPassphrase', { name }));
  if (!first) return undefined;
  const again = await io.askSecret?.(text.t('signing.cli.again'));
  if (again !== first) throw new Fault('signing.passphrasesDiffer', {});
  return first;
}

/** One signature as `joulebench verify` prints it. */
export function writeSignature({ io, text }: CliContext, view: SignatureView, trust: KeyTrust): void {
  const { locale } = text;
  const known = trust.kind === 'known' ? { name: trust.name, date: formatDateTime(trust.firstSeenAt, { locale }) } : {};
  const values = {
    role: text.t(`signing.role.${view.role}`),
    name: view.name,
    date: formatDateTime(view.signedAt, { locale }),
    state: text.t(view.holds ? 'signing.holds' : 'signing.broken'),
    fingerprint: view.fingerprint,
    trust: text.t(`signing.trust.${trust.kind}`, known),
  };
  io.out(`${text.t('signing.cli.line', values)}\n`);
  if (view.remark !== '') io.out(`${text.t('signing.cli.remark', { remark: view.remark })}\n`);
}
