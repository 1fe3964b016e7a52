import type { Command } from 'commander';
import { Fault } from '../../shared/fault/index.ts';
import { formatDateTime } from '../../shared/units/index.ts';
import { fingerprintOf, publicKeyPem } from '../signing/index.ts';
import type { CliContext } from './context.ts';

/** `joulebench keys`: own and known signing keys. */
export function registerKeys(program: Command, context: CliContext): void {
  const { io, text } = context;
  const { locale } = text;
  const line = (key: string, values: Record<string, string> = {}): void => io.out(`${text.t(key, values)}\n`);
  const keys = program
    .command('keys')
    .description(text.t('cli.command.keys'))
    .option('--json', text.t('cli.option.json'))
    .action(async (options: { json?: boolean }) => {
      const host = await context.host('keys');
      const own = await host.keys.list();
      const known = await host.knownKeys.list();
      if (options.json) {
        const withFingerprint = <T extends { publicKey: string }>(key: T): T & { fingerprint: string } => ({
          ...key,
          fingerprint: fingerprintOf(key.publicKey),
        });
        io.out(`${JSON.stringify({ own: own.map(withFingerprint), known: known.map(withFingerprint) })}\n`);
        return;
      }
      line('signing.keys.heading');
      if (own.length === 0) line('signing.keys.noOwn');
      for (const { publicKey, name, keeping, createdAt } of own) {
        const kept = text.t(`signing.keptShort.${keeping}`);
        const date = formatDateTime(createdAt, { locale });
        line('signing.keys.own', { fingerprint: fingerprintOf(publicKey), name, kept, date });
      }
      line('signing.keys.known');
      if (known.length === 0) line('signing.keys.noOther');
      for (const { publicKey, name, knownAs, firstSeenAt, firstSeenIn } of known) {
        const date = formatDateTime(firstSeenAt, { locale });
        const values = { name: knownAs ?? name, date, session: firstSeenIn };
        line('signing.keys.other', { fingerprint: fingerprintOf(publicKey), ...values });
      }
    });
  keys
    .command('export <name>')
    .description(text.t('cli.command.keysExport'))
    .action(async (name: string) => {
      const own = await (await context.host('keys')).keys.find(name.trim());
      if (!own) throw new Fault('signing.noKey', { name });
      io.out(publicKeyPem(own.publicKey));
    });
  keys
    .command('rename <fingerprint> <name>')
    .description(text.t('cli.command.keysRename'))
    .action(async (fingerprint: string, name: string) => {
      const renamed = await (await context.host('keys')).knownKeys.rename(fingerprint, name.trim());
      line('signing.keys.renamed', { fingerprint: fingerprintOf(renamed.publicKey), name: name.trim() });
    });
}
