/** Text and numbers on the LPM01A's wire (energy-monitors 2.2 to 2.6), written from the specification for the encoding side. */

const tens: readonly number[] = [1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];
/** Lowest exponent written: 2.3 nA is `0023-10`. Energies of a millisecond are far smaller than currents. */
const lowestExponent = { current: -10, energy: -12 } as const;

/** `6409-07`: four digits, sign, two digits of a power of ten. Negative readings are 0: the format has no sign. */
export function asciiSample(value: number, quantity: 'current' | 'energy'): string {
  const lowest: number = lowestExponent[quantity];
  if (!(value > 0)) return `0000-${String(-lowest)}`;
  for (let exponent = lowest; exponent <= 0; exponent++) {
    const mantissa = Math.round(value / (tens[exponent + 12] as number));
    if (mantissa > 9999) continue;
    return `${String(mantissa).padStart(4, '0')}${exponent === 0 ? '+' : '-'}${String(-exponent).padStart(2, '0')}`;
  }
  return '9999+00';
}

/** Two bytes, m / 16^n with the largest n up to 14 for which m fits twelve bits (energy-monitors 9.2). */
export function binarySample(value: number): number {
  if (!(value > 0)) return 0xe000;
  let n = 0;
  let scaled = value;
  while (n < 14 && Math.round(scaled * 16) <= 4095) {
    scaled *= 16;
    n++;
  }
  return (n << 12) | Math.min(4095, Math.round(scaled));
}

/** A metadata frame: `F0 type payload FF FF`. */
export function frame(type: number, payload: readonly number[] = []): Uint8Array {
  return Uint8Array.from([0xf0, type, ...payload, 0xff, 0xff]);
}

/** The line before every thousandth sample. Past 999 s a `>` stands for the overflow: its meaning is a guess. */
export function timeStampLine(ms: number, bufferPercent: number): string {
  const overflow = ms >= 1e6;
  const seconds = String(Math.floor(ms / 1000) % 1000).padStart(3, '0');
  const rest = String(ms % 1000).padStart(3, '0');
  const load = String(bufferPercent).padStart(2, '0');
  return `TimeStamp:${overflow ? '>' : ' '}${seconds}s ${rest}ms, buff ${load}%\r\n`;
}

/** Bits 30 to 0 are milliseconds, bit 31 says that they have overflowed. */
export function timeStampFrame(ms: number, bufferPercent: number): Uint8Array {
  const wrapped = ms % 2 ** 31;
  const top = Math.floor(wrapped / 2 ** 24) | (ms >= 2 ** 31 ? 0x80 : 0);
  return frame(0xf3, [top, (wrapped >> 16) & 0xff, (wrapped >> 8) & 0xff, wrapped & 0xff, bufferPercent]);
}

/** `3292-03`: volts as mantissa and exponent. */
export function voltageText(voltageV: number): string {
  return `${String(Math.round(voltageV * 1000)).padStart(4, '0')}-03`;
}

/**
 * A numeric argument: digits with `u`, `m`, `k`, `M` or without, or `d-xx`. Undefined for anything else: `1s` is refused.
 */
export function readNumber(text: string): number | undefined {
  const match = /^(\d+)(?:([umkM])|([+-])(\d{1,2}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  const exponents: Record<string, string> = { u: '-6', m: '-3', k: '3', M: '6' };
  const exponent = match[2] ? exponents[match[2]] : `${match[3] ?? ''}${match[4] ?? '0'}`;
  return Number(`${match[1]}e${exponent ?? '0'}`);
}
