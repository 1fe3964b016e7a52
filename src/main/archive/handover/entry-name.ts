/** Why a name in a zip file is not taken; each has its words under `fault`. */
export type NameProblem =
  'empty' | 'absolute' | 'parent' | 'separator' | 'character' | 'reserved' | 'tooLong' | 'tooDeep';

const longestPart = 200;
const longestPath = 400;
const deepest = 8;

/** Names that Windows keeps for devices, with whatever follows a point. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;

/**
 * Whether a path of a zip file may be written below a folder on every platform: relative, with `/`, without `..`, drive, stream, control
 * character, device name or an end that Windows cuts off. A path for one platform only is refused on all, so that a session travels.
 * @returns undefined when it may
 */
export function nameProblem(path: string, mostParts = deepest): NameProblem | undefined {
  if (path === '') return 'empty';
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path)) return 'absolute';
  if (path.includes('\\')) return 'separator';
  if (path.length > longestPath) return 'tooLong';
  const parts = path.split('/');
  if (parts.length > mostParts) return 'tooDeep';
  for (const part of parts) {
    if (part === '') return 'empty';
    if (part === '.' || part === '..') return 'parent';
    if (part.length > longestPart) return 'tooLong';
    if (hasBadCharacter(part)) return 'character';
    if (reserved.test(part)) return 'reserved';
  }
  return undefined;
}

function hasBadCharacter(part: string): boolean {
  if (/[<>:"|?*]/.test(part) || part.endsWith('.') || part.endsWith(' ') || part.startsWith(' ')) return true;
  if (!part.isWellFormed()) return true;
  // Control characters, and those that turn the direction of what is read: a name must look like what it is.
  return [...part].some((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || /\p{Bidi_Control}/u.test(letter);
  });
}

/** Two names with one key would be one file on some platform. */
export function nameKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** An id that may become the name of a session folder. */
export function isSessionName(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,159}$/.test(id) && nameProblem(id) === undefined;
}
