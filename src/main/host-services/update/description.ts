import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { InstallerKind } from '../../../shared/domain/update.ts';

/** A plain name: an installer lies beside its description, never elsewhere. */
const fileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!\.)[^/\\:*?"<>|]+$/);
const version = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+][0-9A-Za-z.+-]{1,60})?$/);

/** The fields of electron-builder's `latest*.yml` that matter here. SHA-512 is base64. */
const descriptionSchema = z.object({
  version,
  files: z
    .array(
      z.object({
        url: fileName,
        sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
        size: z.number().int().positive().optional(),
      }),
    )
    .min(1)
    .max(20),
});
export type UpdateDescription = z.infer<typeof descriptionSchema>;

/** Descriptions are some hundred bytes; aliases are refused, so that a small file cannot grow. */
export const largestDescriptionBytes = 64 * 1024;

/** @returns the description, or in a few words of the parsers what is wrong with it. */
export function parseUpdateDescription(text: string): UpdateDescription | { problem: string } {
  const document = parseDocument(text, { strict: true, schema: 'core' });
  const [error] = document.errors;
  if (error) return { problem: error.message.split('\n')[0] ?? '' };
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 0 });
  } catch (refusal) {
    return { problem: String(refusal) };
  }
  const parsed = descriptionSchema.safeParse(plain);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: issue ? `${issue.path.join('.')}: ${issue.message}` : '' };
}

/** Orders versions by their three numbers; a version with a suffix after `-` comes before the same one without. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => {
    const [numbers = '', suffix = ''] = text.split('+')[0]?.split(/-(.*)/s) ?? [];
    return { numbers: numbers.split('.').map(Number), suffix };
  });
  for (const at of [0, 1, 2]) {
    const difference = (a?.numbers[at] ?? 0) - (b?.numbers[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  if (a?.suffix === b?.suffix) return 0;
  if (a?.suffix === '') return 1;
  if (b?.suffix === '') return -1;
  return (a?.suffix ?? '') < (b?.suffix ?? '') ? -1 : 1;
}

/** The kind of an installer, by its name. */
export function installerKind(name: string): InstallerKind {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === 'appimage') return 'appimage';
  if (ending === 'deb' || ending === 'dmg' || ending === 'zip') return ending;
  return ending === 'exe' ? 'nsis' : 'unknown';
}

/** Whether an operating system can take a kind of installer. */
export function fitsPlatform(kind: InstallerKind, platform: NodeJS.Platform): boolean {
  if (platform === 'linux') return kind === 'appimage' || kind === 'deb';
  if (platform === 'win32') return kind === 'nsis';
  return platform === 'darwin' && (kind === 'dmg' || kind === 'zip');
}
