/**
 * Who stands for a session: keys of people, signatures over the sealed evidence, and what is known of other people's keys. It knows no
 * session's content: what is signed is handed in.
 */
export { publicKeyPem } from './ed25519.ts';
export { fingerprintOf } from './fingerprint.ts';
export { keyFileSchema } from './key-file.ts';
export type { KeyFile, SecretStore } from './key-file.ts';
export { createKeyRing, parseKeyFile } from './key-ring.ts';
export type { KeyRing, KeyRingOptions, OpenKey, OwnKey } from './key-ring.ts';
export { knownKeysSchema, openKnownKeys, parseKnownKeys } from './known-keys.ts';
export type { KeyOpinion, KnownKey, KnownKeys, SeenKey } from './known-keys.ts';
export { parseSignatures, readSignatures, writeSignatures } from './signatures-file.ts';
export type { SignaturesContent } from './signatures-file.ts';
export { isReportSealed, isSignedBy, sealReport, signedBytes, signStatement } from './statement.ts';
export type { Signer } from './statement.ts';
export { trustKeys } from './trust.ts';
export type { TrustedKey, TrustPlaces } from './trust.ts';
