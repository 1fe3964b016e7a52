/**
 * Every leaf that differs between two sets of figures, by its path (`windows.0.energyUJ`). A figure that was not recorded at all is no difference:
 * the version that recorded the session did not know it, and the journal's chain shows whether one was taken out later.
 */
export function differences(
  recorded: unknown,
  recomputed: unknown,
  path = '',
): { figure: string; recorded: string; recomputed: string }[] {
  if (typeof recorded === 'object' && recorded !== null && typeof recomputed === 'object' && recomputed !== null) {
    const a = recorded as Record<string, unknown>;
    const b = recomputed as Record<string, unknown>;
    const members = Array.isArray(recorded) ? [...new Set([...Object.keys(a), ...Object.keys(b)])] : Object.keys(a);
    return members.flatMap((key) => differences(a[key], b[key], path ? `${path}.${key}` : key));
  }
  return Object.is(recorded, recomputed)
    ? []
    : [{ figure: path, recorded: shown(recorded), recomputed: shown(recomputed) }];
}

/** A value as a line can hold it; where one side has a whole group of figures, its beginning says which. */
function shown(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text;
}
const longestShown = 64;
