/** Part of a file: first byte and number of bytes. */
export interface ByteRange {
  readonly start: number;
  readonly lengthBytes: number;
}

/**
 * The one range of a `Range` header (RFC 9110, 14.2): `bytes=a-b`, `bytes=a-` or `bytes=-n`.
 * @returns undefined for the whole file (no header, several ranges, another unit), 'unsatisfiable' beyond its end.
 */
export function parseRange(
  header: string | null | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return undefined;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const lengthBytes = Math.min(Number(last), sizeBytes);
    return lengthBytes === 0 ? 'unsatisfiable' : { start: sizeBytes - lengthBytes, lengthBytes };
  }
  const start = Number(first);
  if (start >= sizeBytes) return 'unsatisfiable';
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return end < start ? undefined : { start, lengthBytes: end - start + 1 };
}
