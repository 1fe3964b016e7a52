import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { publicKeySchema, signerNameSchema } from '../../shared/domain/signature.ts';
import type { KeyTrust } from '../../shared/domain/signature.ts';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault, writeFileAtomic } from '../store/index.ts';
import { fingerprintOf } from './fingerprint.ts';

export const knownKeysFormat = 1;

const knownKeySchema = z.strictObject({
  publicKey: publicKeySchema,
  /** What the key's owner called themselves when it was first seen. */
  name: signerNameSchema,
  /** What the person at this computer calls it; absent until they say so. */
  knownAs: signerNameSchema.optional(),
  firstSeenAt: z.iso.datetime(),
  /** The session that it was first seen in. */
  firstSeenIn: z.string().max(160),
});
export type KnownKey = z.infer<typeof knownKeySchema>;

export const knownKeysSchema = z.strictObject({
  format: z.literal(knownKeysFormat),
  keys: z.array(knownKeySchema).max(100_000),
});

/** What a key's owner says of it, and where. */
export interface SeenKey {
  publicKey: string;
  name: string;
}

export interface KeyOpinion {
  trust: KeyTrust;
  /** Other keys that have signed under this name before, as fingerprints. */
  otherKeysOfName: string[];
}

/** Keys of other people, trusted on first use: what is remembered is that it is the same key as before. */
export interface KnownKeys {
  list(): Promise<KnownKey[]>;
  /** What is known of keys, in their order; those that were never seen are remembered from now on. */
  see(keys: readonly SeenKey[], sessionId: string): Promise<KeyOpinion[]>;
  /** Gives a key a name of one's own. @throws Fault `signing.keyUnknown`. */
  rename(fingerprint: string, knownAs: string): Promise<KnownKey>;
}

export function openKnownKeys(path: string, epochMs: () => number): KnownKeys {
  const read = async (): Promise<KnownKey[]> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw storeFault(error, path);
    }
    return parseKnownKeys(path, text);
  };
  const write = async (keys: KnownKey[]): Promise<void> => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    } catch (error) {
      throw storeFault(error, path);
    }
    await writeFileAtomic(path, `${JSON.stringify({ format: knownKeysFormat, keys }, undefined, 2)}\n`);
  };
  // One after the other: what one call remembers the next one knows.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  return {
    list: read,
    see: (seen, sessionId) =>
      inTurn(async () => {
        const keys = await read();
        const opinions = seen.map((one) => opinionOf(one, keys));
        const firstSeenAt = new Date(epochMs()).toISOString();
        const fresh = new Map(
          seen
            .filter(({ publicKey }) => !keys.some((key) => key.publicKey === publicKey))
            .map(({ publicKey, name }) => [publicKey, { publicKey, name, firstSeenAt, firstSeenIn: sessionId }]),
        );
        if (fresh.size > 0) await write([...keys, ...fresh.values()]);
        return opinions;
      }),
    rename: (fingerprint, knownAs) =>
      inTurn(async () => {
        const keys = await read();
        const wanted = fingerprint.replaceAll(/\s/g, '').toLowerCase();
        const matches = keys.filter(
          ({ publicKey }) => wanted.length >= 4 && fingerprintOf(publicKey).replaceAll(' ', '').startsWith(wanted),
        );
        const [found] = matches;
        if (!found || matches.length > 1)
          throw new Fault('signing.keyUnknown', { fingerprint, matches: matches.length });
        if (!signerNameSchema.safeParse(knownAs).success) throw new Fault('signing.nameInvalid', {});
        const renamed = { ...found, knownAs };
        await write(keys.map((key) => (key === found ? renamed : key)));
        return renamed;
      }),
  };
}

/** @throws Fault `signing.keyDamaged`. */
export function parseKnownKeys(path: string, text: string): KnownKey[] {
  try {
    return knownKeysSchema.parse(JSON.parse(text)).keys;
  } catch {
    throw new Fault('signing.keyDamaged', { path });
  }
}

function opinionOf({ publicKey, name }: SeenKey, keys: readonly KnownKey[]): KeyOpinion {
  const known = keys.find((key) => key.publicKey === publicKey);
  return {
    trust: known
      ? { kind: 'known', name: known.knownAs ?? known.name, firstSeenAt: known.firstSeenAt }
      : { kind: 'new' },
    otherKeysOfName: keys
      .filter((key) => key.publicKey !== publicKey && (key.name === name || key.knownAs === name))
      .map((key) => fingerprintOf(key.publicKey)),
  };
}
