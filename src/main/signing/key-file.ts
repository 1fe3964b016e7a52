import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shared/canonical-json/index.ts';
import { publicKeySchema, signerNameSchema } from '../../shared/domain/signature.ts';
import { Fault } from '../../shared/fault/index.ts';
import { publicKeyOf } from './ed25519.ts';
import type { RawKeyPair } from './ed25519.ts';

export const keyFileFormat = 1;

/** The system's safe store: what it encrypts only this person's login on this computer can decrypt. */
export interface SecretStore {
  encrypt(text: string): Promise<Uint8Array>;
  decrypt(bytes: Uint8Array): Promise<string>;
}

/** scrypt (RFC 7914) with these: 64 MiB and about a quarter of a second for each guess. */
const cost = { N: 65_536, r: 8, p: 1 } as const;
const mostMemory = 256 * 1024 * 1024;
const bytesOf = (least: number, most: number) =>
  z
    .base64()
    .max(Math.ceil(most / 3) * 4)
    .min(Math.ceil(least / 3) * 4);

/** A person's key on the disk (docs/formats/signature.md). The private key stands in it encrypted, or not at all. */
export const keyFileSchema = z.strictObject({
  format: z.literal(keyFileFormat),
  name: signerNameSchema,
  publicKey: publicKeySchema,
  createdAt: z.iso.datetime(),
  private: z.discriminatedUnion('kept', [
    z.strictObject({ kept: z.literal('system'), sealed: bytesOf(1, 4096) }),
    z.strictObject({
      kept: z.literal('passphrase'),
      kdf: z.strictObject({
        name: z.literal('scrypt'),
        // Bounds: a file from elsewhere must not make this program wait or swallow the memory.
        N: z.union([z.literal(16_384), z.literal(32_768), z.literal(65_536), z.literal(131_072)]),
        r: z.literal(8),
        p: z.literal(1),
        salt: bytesOf(16, 16),
      }),
      cipher: z.strictObject({ name: z.literal('aes-256-gcm'), iv: bytesOf(12, 12), tag: bytesOf(16, 16) }),
      sealed: bytesOf(1, 256),
    }),
  ]),
});
export type KeyFile = z.infer<typeof keyFileSchema>;
type Head = Pick<KeyFile, 'name' | 'publicKey' | 'createdAt'>;

export async function sealWithSystem(head: Head, privateKey: string, store: SecretStore): Promise<KeyFile> {
  const sealed = Buffer.from(await store.encrypt(privateKey)).toString('base64');
  return { format: keyFileFormat, ...head, private: { kept: 'system', sealed } };
}

export async function sealWithPassphrase(
  head: Head,
  privateKey: string,
  passphrase: string,
  random: (bytes: number) => Buffer,
): Promise<KeyFile> {
  const [salt, iv] = [random(16), random(12)];
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, cost), iv);
  cipher.setAAD(bound(head));
  const sealed = Buffer.concat([cipher.update(privateKey, 'utf8'), cipher.final()]);
  return {
    format: keyFileFormat,
    ...head,
    private: {
      kept: 'passphrase',
      kdf: { name: 'scrypt', ...cost, salt: salt.toString('base64') },
      cipher: { name: 'aes-256-gcm', iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
      sealed: sealed.toString('base64'),
    },
  };
}

export interface OpenWith {
  passphrase?: string | undefined;
  store?: SecretStore | undefined;
}

/**
 * The key pair behind a key file.
 * @throws Fault `signing.keyElsewhere`, `signing.passphraseNeeded`, `signing.passphraseWrong`, `signing.keyDamaged`.
 */
export async function openKeyFile(path: string, file: KeyFile, { passphrase, store }: OpenWith): Promise<RawKeyPair> {
  const { name, publicKey } = file;
  let privateKey: string;
  if (file.private.kept === 'system') {
    if (!store) throw new Fault('signing.keyElsewhere', { name });
    const sealed = Buffer.from(file.private.sealed, 'base64');
    privateKey = await store.decrypt(sealed).catch((error: unknown) => {
      throw new Fault('signing.keyElsewhere', { name }, { cause: error });
    });
  } else {
    if (passphrase === undefined) throw new Fault('signing.passphraseNeeded', { name });
    privateKey = await decrypt(file, file.private, passphrase);
  }
  if (publicKeyOf(privateKey) !== publicKey) throw new Fault('signing.keyDamaged', { path });
  return { publicKey, privateKey };
}

async function decrypt(
  head: Head,
  { kdf, cipher, sealed }: Extract<KeyFile['private'], { kept: 'passphrase' }>,
  passphrase: string,
): Promise<string> {
  const key = await derive(passphrase, Buffer.from(kdf.salt, 'base64'), kdf);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(cipher.iv, 'base64'));
    decipher.setAAD(bound(head));
    decipher.setAuthTag(Buffer.from(cipher.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Fault('signing.passphraseWrong', { name: head.name }, { cause: error });
  }
}

/** Name and public key are bound to the private key: a file whose head was edited does not open. */
function bound({ name, publicKey, createdAt }: Head): Buffer {
  return Buffer.from(canonicalJson({ name, publicKey, createdAt }), 'utf8');
}

function derive(passphrase: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters typed on another system are the same passphrase.
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: mostMemory }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
