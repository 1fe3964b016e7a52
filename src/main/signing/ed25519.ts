import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** An Ed25519 key pair (RFC 8032) as its raw 32 bytes each, base64. */
export interface RawKeyPair {
  publicKey: string;
  privateKey: string;
}

const curve = { kty: 'OKP', crv: 'Ed25519' } as const;
const toUrl = (base64: string): string => Buffer.from(base64, 'base64').toString('base64url');
const fromUrl = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('base64');

export function makeKeyPair(): RawKeyPair {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { publicKey: fromUrl(x), privateKey: fromUrl(d) };
}

/** The public key that belongs to a private one; undefined when that is none. */
export function publicKeyOf(privateKey: string): string | undefined {
  try {
    const { x } = createPublicKey(privateKeyObject(privateKey)).export({ format: 'jwk' });
    return x === undefined ? undefined : fromUrl(x);
  } catch {
    return undefined;
  }
}

/** @returns the 64 bytes of the signature, base64. */
export function signBytes(privateKey: string, bytes: Uint8Array): string {
  return sign(null, bytes, privateKeyObject(privateKey)).toString('base64');
}

/** Whether a signature of these bytes was made with the private key behind `publicKey`; false for anything malformed. */
export function verifyBytes(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== 32 || smallOrder.has(raw.toString('hex'))) return false;
  try {
    const key = createPublicKey({ key: { ...curve, x: toUrl(publicKey) }, format: 'jwk' });
    return verify(null, bytes, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** The public key as other programs read it (SPKI, PEM). */
export function publicKeyPem(publicKey: string): string {
  const key = createPublicKey({ key: { ...curve, x: toUrl(publicKey) }, format: 'jwk' });
  return key.export({ format: 'pem', type: 'spki' }).toString();
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKeyObject(privateKey: string): KeyObject {
  const raw = Buffer.from(privateKey, 'base64');
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, raw]), format: 'der', type: 'pkcs8' });
}

/** Points of small order: with one of them as its key a signature could hold for many texts. OpenSSL does not refuse them. */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
]);
