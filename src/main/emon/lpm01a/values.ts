/**
 * Reads the instrument's `mantissa exponent` notation (energy monitors, 2.3): `3292-03` is 3.292, `28.0` is a plain number. Undefined when
 * the text is neither.
 */
export function readValue(text: string): number | undefined {
  const scaled = /^(\d+)([+-])(\d{1,2})$/.exec(text);
  if (scaled) return scale(Number(scaled[1]), scaled[2] === '-', Number(scaled[3]));
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** mantissa * 10^(+-exponent). Dividing by a power of ten that a double holds exactly rounds once, so `6409-07` is the double nearest to 6.409e-4. */
export function scale(mantissa: number, negative: boolean, exponent: number): number {
  if (exponent > 22) return mantissa * 10 ** (negative ? -exponent : exponent);
  const power = powers[exponent] as number;
  return negative ? mantissa / power : mantissa * power;
}

const powers = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** A command argument in thousandths (`3300m`) of a unit; the instrument takes whole numbers of at least 1 only. */
export function milli(value: number): string {
  return `${Math.round(value * 1000)}m`;
}

/** A current as an argument: whole microamperes where there are any, else nanoamperes; `0` switches a threshold off. */
export function currentArgument(currentA: number): string {
  if (currentA === 0) return '0';
  const nano = Math.round(currentA * 1e9);
  return nano % 1000 === 0 ? `${nano / 1000}u` : `${nano}-09`;
}

/** Whether version `found` (`1.0.6`) is at least `needed`; a text that is no version is not. */
export function versionAtLeast(found: string, needed: string): boolean {
  if (!/^\d+(?:\.\d+)*$/.test(found)) return false;
  const [have, want] = [found, needed].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let at = 0; at < Math.max(have.length, want.length); at += 1) {
    const difference = (have[at] ?? 0) - (want[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
