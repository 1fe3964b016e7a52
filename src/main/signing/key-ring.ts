import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { leastPassphraseLength, signerNameSchema } from '../../shared/domain/signature.ts';
import type { KeyKeeping } from '../../shared/domain/signature.ts';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault } from '../store/index.ts';
import { makeKeyPair, signBytes } from './ed25519.ts';
import type { RawKeyPair } from './ed25519.ts';
import { keyFileSchema, openKeyFile, sealWithPassphrase, sealWithSystem } from './key-file.ts';
import type { KeyFile, SecretStore } from './key-file.ts';
import type { Signer } from './statement.ts';

/** A key whose private half is kept on this computer, or in this process. */
export interface OwnKey {
  name: string;
  publicKey: string;
  keeping: KeyKeeping;
  createdAt: string;
}

export interface OpenKey extends Signer {
  own: OwnKey;
  /** It was made just now. */
  made: boolean;
}

/** One key a person, made on first use. */
export interface KeyRing {
  /** How a new key would be kept when no passphrase is given. */
  keeping(): Promise<'system' | 'memory'>;
  list(): Promise<OwnKey[]>;
  find(name: string): Promise<OwnKey | undefined>;
  /**
   * The key of a person, ready to sign. Without a safe store of the system and without a passphrase a new key is held in memory only;
   * given a passphrase later, it is kept.
   * @throws Faults of area `signing` and `store`.
   */
  open(name: string, passphrase?: string): Promise<OpenKey>;
}

export interface KeyRingOptions {
  /** Folder of the key files; made with the first one. */
  folder: string;
  /** The system's safe store; undefined where there is none that is safe. */
  secrets?: (() => Promise<SecretStore | undefined>) | undefined;
  epochMs(): number;
}

export function createKeyRing({ folder, secrets, epochMs }: KeyRingOptions): KeyRing {
  const inMemory = new Map<string, { own: OwnKey; pair: RawKeyPair }>();
  const storeOf = (): Promise<SecretStore | undefined> => secrets?.() ?? Promise.resolve(undefined);
  const pathOf = (name: string): string =>
    join(folder, `${createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 24)}.key.json`);

  const read = async (path: string): Promise<KeyFile | undefined> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw storeFault(error, path);
    }
    return parseKeyFile(path, text);
  };

  const openKey = (own: OwnKey, { privateKey }: RawKeyPair, made: boolean): OpenKey => ({
    own,
    made,
    publicKey: own.publicKey,
    sign: (bytes) => signBytes(privateKey, bytes),
  });

  const openFile = async (path: string, file: KeyFile, passphrase: string | undefined): Promise<OpenKey> =>
    openKey(ownOf(file), await openKeyFile(path, file, { passphrase, store: await storeOf() }), false);

  return {
    keeping: async () => ((await storeOf()) ? 'system' : 'memory'),
    async list() {
      const names = await readdir(folder).catch(() => [] as string[]);
      const files = await Promise.all(
        names
          .filter((name) => name.endsWith('.key.json'))
          // One file that somebody damaged does not hide the others.
          .map((name) => read(join(folder, name)).catch(() => undefined)),
      );
      const kept = files.flatMap((file) => (file ? [ownOf(file)] : []));
      return [...kept, ...[...inMemory.values()].map(({ own }) => own)].sort((a, b) => a.name.localeCompare(b.name));
    },
    async find(name) {
      const file = await read(pathOf(name));
      return file ? ownOf(file) : inMemory.get(name)?.own;
    },
    async open(name, passphrase) {
      if (!signerNameSchema.safeParse(name).success) throw new Fault('signing.nameInvalid', {});
      const path = pathOf(name);
      const file = await read(path);
      if (file) return openFile(path, file, passphrase);
      const held = inMemory.get(name);
      const pair = held?.pair ?? makeKeyPair();
      const createdAt = held?.own.createdAt ?? new Date(epochMs()).toISOString();
      const head = { name, publicKey: pair.publicKey, createdAt };
      const store = await storeOf();
      if (!store && passphrase === undefined) {
        const own: OwnKey = { ...head, keeping: 'memory' };
        inMemory.set(name, { own, pair });
        return openKey(own, pair, !held);
      }
      if (!store && (passphrase?.length ?? 0) < leastPassphraseLength)
        throw new Fault('signing.passphraseShort', { least: leastPassphraseLength });
      const made = store
        ? await sealWithSystem(head, pair.privateKey, store)
        : await sealWithPassphrase(head, pair.privateKey, passphrase ?? '', randomBytes);
      // Another process of the same person may have been faster: then its key counts.
      if (!(await writeOnce(folder, path, `${JSON.stringify(made, undefined, 2)}\n`))) {
        const other = await read(path);
        if (other) return openFile(path, other, passphrase);
      }
      inMemory.delete(name);
      return openKey(ownOf(made), pair, !held);
    },
  };
}

/** @throws Fault `signing.keyDamaged`. */
export function parseKeyFile(path: string, text: string): KeyFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault('signing.keyDamaged', { path });
  }
  const parsed = keyFileSchema.safeParse(value);
  if (!parsed.success) throw new Fault('signing.keyDamaged', { path });
  return parsed.data;
}

function ownOf({ name, publicKey, createdAt, private: { kept } }: KeyFile): OwnKey {
  return { name, publicKey, createdAt, keeping: kept };
}

/** Writes a file that was not there, readable by its owner only, whole or not at all. @returns false when it was there. */
async function writeOnce(folder: string, path: string, text: string): Promise<boolean> {
  const draft = join(folder, `.${randomBytes(8).toString('hex')}.draft`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw storeFault(error, path);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
