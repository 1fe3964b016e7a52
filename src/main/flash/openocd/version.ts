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
