/** A version as a tool prints it; `dev`: built from the sources after that release. */
export interface ToolVersion {
  text: string;
  parts: readonly [number, number, number];
  dev: boolean;
}

/**
 * The version in what `openocd --version` prints: `Open On-Chip Debugger 0.12.0+dev-01517-g5a1f1e9 (2023-...)`; in forks
 * `xPack Open On-Chip Debugger 0.12.0-...`. Undefined when there is none.
 */
export function openocdVersion(said: string): ToolVersion | undefined {
  const match = /Open On-Chip Debugger v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?([-+][\w.+-]{0,60})?/.exec(said);
  if (!match) return undefined;
  const [, major = '0', minor = '0', patch = '0', rest = ''] = match;
  const dev = rest.includes('dev');
  return { text: `${major}.${minor}.${patch}${dev ? '+dev' : ''}`, parts: [+major, +minor, +patch], dev };
}

/** Negative when `a` is older than `b`; what was built after a release is newer than it. Texts such as `0.12.0`, `0.12.0+dev`. */
export function compareVersions(a: string, b: string): number {
  const read = (text: string): number[] => [
    ...[0, 1, 2].map((index) => Number.parseInt(text.split('+')[0]?.split('.')[index] ?? '0', 10) || 0),
    text.includes('+dev') ? 1 : 0,
  ];
  const left = read(a);
  const right = read(b);
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
