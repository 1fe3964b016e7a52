import { createHash } from 'node:crypto';

/**
 * What people compare to know a key: the first 128 bits of the SHA-256 of the raw public key, as eight groups of four hexadecimal digits.
 * To find a second key with a given fingerprint takes 2^128 tries.
 */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 32);
  return digest.match(/.{4}/g)?.join(' ') ?? digest;
}
