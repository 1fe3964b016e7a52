import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signatureFormat, signaturesFileSchema } from '../../shared/domain/signature.ts';
import type { SignaturesFile } from '../../shared/domain/signature.ts';
import { signaturesName, storeFault, writeFileAtomic } from '../store/index.ts';

/** Far more than two signatures of a session with thousands of files need. */
const mostBytes = 16_000_000;

export type SignaturesContent =
  | { kind: 'none' }
  | { kind: 'file'; file: SignaturesFile }
  /** Another program's, a newer version's, or damaged: nothing in it can be trusted. */
  | { kind: 'unreadable'; reason: string };

/** Reads a session's signatures. What cannot be read is a finding and no fault: the session itself may well hold. */
export async function readSignatures(folder: string): Promise<SignaturesContent> {
  const path = join(folder, signaturesName);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
    throw storeFault(error, path);
  }
  return parseSignatures(bytes);
}

/** Parses the bytes of `signatures.json`; never throws. */
export function parseSignatures(bytes: Uint8Array): SignaturesContent {
  if (bytes.byteLength > mostBytes) return { kind: 'unreadable', reason: 'tooLarge' };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { kind: 'unreadable', reason: 'notJson' };
  }
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (typeof format === 'number' && format > signatureFormat) return { kind: 'unreadable', reason: `format ${format}` };
  const parsed = signaturesFileSchema.safeParse(value);
  if (!parsed.success)
    return { kind: 'unreadable', reason: parsed.error.issues[0]?.path.map(String).join('.') || 'shape' };
  return { kind: 'file', file: parsed.data };
}

/** Writes it whole or not at all. @throws Fault of area `store`. */
export async function writeSignatures(folder: string, file: SignaturesFile): Promise<void> {
  await writeFileAtomic(join(folder, signaturesName), `${JSON.stringify(file, undefined, 2)}\n`);
}
