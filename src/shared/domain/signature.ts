import { z } from 'zod';
import { sha256Schema } from './identity.ts';
import { runStatusSchema } from './run.ts';
import { qualityTargetSchema, verdictSchema } from './verdict.ts';
import { modeSchema } from './workload.ts';

/** Version of `signatures.json` and of what is signed (docs/formats/signature.md). */
export const signatureFormat = 1;
/** First line of the signed bytes: a signature of anything else can never pass for one of a session. */
export const signatureDomain = 'joulebench.signature/1';
export const reportSealDomain = 'joulebench.signed-report/1';

/** The operator says that they measured, the reviewer that they looked it through. */
export const signerRoleSchema = z.enum(['operator', 'reviewer']);
export type SignerRole = z.infer<typeof signerRoleSchema>;

/**
 * How the private key was kept when it signed: by the operating system's safe store, in a file encrypted with a passphrase, or not at all
 * (in memory until the program ended).
 */
export const keyKeepingSchema = z.enum(['system', 'passphrase', 'memory']);
export type KeyKeeping = z.infer<typeof keyKeepingSchema>;

/** Name of a person: one line without blanks around it, as it stands on the report. */
export const signerNameSchema = z
  .string()
  .min(1)
  .max(120)
  .refine((name) => name === name.trim() && !/\p{Cc}/u.test(name));
export const remarkSchema = z.string().max(1000);
/** Shorter ones are guessed too fast. */
export const leastPassphraseLength = 8;

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** What a person signs. Only texts, whole numbers, truth values, lists and objects: its canonical form leaves nothing open. */
export const signedStatementSchema = z.strictObject({
  format: z.literal(signatureFormat),
  sessionId: z.string().min(1).max(160),
  simulated: z.boolean(),
  app: z.strictObject({ name: z.string().max(80), version: z.string().max(80) }),
  /** Hash of the bytes of `manifest.json`. */
  manifestSha256: sha256Schema,
  /** Records of the journal and the hash of the last one, which covers all before it. */
  journal: z.strictObject({ entries: count, hash: sha256Schema }),
  /** The sealed files once more, so that a later change can be named even where the manifest was made anew. */
  files: z.array(z.strictObject({ path: z.string().min(1).max(400), sha256: sha256Schema })).max(10_000),
  verdicts: z
    .array(
      z.strictObject({
        runId: z.string().max(16),
        workload: z.string().max(120),
        mode: modeSchema,
        status: runStatusSchema,
        /** Null where the run was never judged. */
        verdict: verdictSchema.nullable(),
        qualityTarget: qualityTargetSchema.nullable(),
      }),
    )
    .max(10_000),
  role: signerRoleSchema,
  name: signerNameSchema,
  /** The sentence that the person put their name to, as they read it. */
  statement: z.string().min(1).max(400),
  /** What they added; empty when nothing. */
  remark: remarkSchema,
  keyKeeping: keyKeepingSchema,
  signedAt: z.iso.datetime(),
});
export type SignedStatement = z.infer<typeof signedStatementSchema>;

const base64 = (bytes: number) =>
  z
    .string()
    .length(Math.ceil(bytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/);
/** Raw Ed25519 public key (RFC 8032), base64. */
export const publicKeySchema = base64(32);
export const signatureBytesSchema = base64(64);

export const signatureSchema = z.strictObject({
  statement: signedStatementSchema,
  publicKey: publicKeySchema,
  signature: signatureBytesSchema,
});
export type Signature = z.infer<typeof signatureSchema>;

/** The report that was made with the signatures on it, signed by the key of whoever signed last. */
export const signedReportSchema = z.strictObject({
  path: z.string().min(1).max(120),
  bytes: count,
  sha256: sha256Schema,
  paper: z.enum(['A4', 'Letter']),
  publicKey: publicKeySchema,
  signature: signatureBytesSchema,
});
export type SignedReport = z.infer<typeof signedReportSchema>;

/** `signatures.json`: beside the sealed files, no part of the seal. One signature a role. */
export const signaturesFileSchema = z
  .strictObject({
    format: z.literal(signatureFormat),
    signatures: z.array(signatureSchema).max(2),
    report: signedReportSchema.nullable(),
  })
  .refine(({ signatures }) => new Set(signatures.map(({ statement }) => statement.role)).size === signatures.length);
export type SignaturesFile = z.infer<typeof signaturesFileSchema>;

/** What this computer knows of a key. */
export const keyTrustSchema = z.discriminatedUnion('kind', [
  /** Its private key is kept here. */
  z.object({ kind: z.literal('own'), name: z.string() }),
  /** Seen before; `name` is what it is known as. */
  z.object({ kind: z.literal('known'), name: z.string(), firstSeenAt: z.iso.datetime() }),
  /** Never seen on this computer. */
  z.object({ kind: z.literal('new') }),
]);
export type KeyTrust = z.infer<typeof keyTrustSchema>;

/** A signature as a page, a report or the command line shows it. */
export const signatureViewSchema = z.object({
  role: signerRoleSchema,
  name: z.string(),
  statement: z.string(),
  remark: z.string(),
  signedAt: z.iso.datetime(),
  /** Eight groups of four hexadecimal digits. */
  fingerprint: z.string(),
  keyKeeping: keyKeepingSchema,
  /** False when the signature is wrong, or something that it covers was changed later. */
  holds: z.boolean(),
});
export type SignatureView = z.infer<typeof signatureViewSchema>;
