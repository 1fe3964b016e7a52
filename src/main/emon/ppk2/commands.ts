/** What the PPK2 understands: raw bytes, no framing, no acknowledgement (energy monitors, section 3.2). */
export const ppk2Commands = {
  start: Uint8Array.of(0x06),
  stop: Uint8Array.of(0x07),
  powerOn: Uint8Array.of(0x0c, 0x01),
  powerOff: Uint8Array.of(0x0c, 0x00),
  ampereMode: Uint8Array.of(0x11, 0x01),
  sourceMode: Uint8Array.of(0x11, 0x02),
  metadata: Uint8Array.of(0x19),
} as const;

/** What the regulator can be set to, in mV. */
export const ppk2VoltageMv = { min: 800, max: 5000 } as const;

/** `0D hh ll`: the regulator's voltage in mV, big-endian. */
export function voltageCommand(voltageMv: number): Uint8Array {
  const { min, max } = ppk2VoltageMv;
  if (!Number.isInteger(voltageMv) || voltageMv < min || voltageMv > max) throw new RangeError(`${voltageMv} mV`);
  return Uint8Array.of(0x0d, voltageMv >> 8, voltageMv & 0xff);
}
