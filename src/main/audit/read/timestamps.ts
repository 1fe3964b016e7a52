const timestampLimits = { bytes: 16 * 1024 * 1024, entries: 1_000_000 } as const;

export type Timestamps =
  | { ok: true; atS: number[] }
  /** `notJson`, `notAList`, `entry` (the `index`-th, from 1, is no time or lies before its predecessor), `tooLarge`. */
  | { ok: false; reason: 'notJson' | 'notAList' | 'entry' | 'tooLarge'; index: number };

/** Reads `traceN-timestamps.json`: the instants of the time marks in s since the trace began, exactly as printed. */
export async function readTimestamps(pieces: AsyncIterable<Uint8Array>): Promise<Timestamps> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > timestampLimits.bytes) return { ok: false, reason: 'tooLarge', index: 0 };
    parts.push(piece);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(
      Buffer.concat(parts)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    return { ok: false, reason: 'notJson', index: 0 };
  }
  if (!Array.isArray(parsed)) return { ok: false, reason: 'notAList', index: 0 };
  if (parsed.length > timestampLimits.entries) return { ok: false, reason: 'tooLarge', index: parsed.length };
  let previousS = 0;
  for (const [index, atS] of (parsed as unknown[]).entries()) {
    if (typeof atS !== 'number' || !(atS >= previousS) || atS > 1e9)
      return { ok: false, reason: 'entry', index: index + 1 };
    previousS = atS;
  }
  return { ok: true, atS: parsed as number[] };
}
