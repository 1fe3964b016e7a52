import type { BenchIdentity, InstrumentIdentity } from '../../shared/domain/identity.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { VirtualFirmware } from './firmware.ts';

/** What an operator calls the DUT, and the end of its line. */
export const dutLabel = 'virtual DUT';

/** Who is on the bench; `others` beside the DUT. */
export function identityOf(
  settings: { baud: number; cpuHz: number; cyclesPerInstruction: number; ppm?: number },
  costSource: 'measured' | 'estimated',
  { manifest }: VirtualFirmware,
  others: readonly InstrumentIdentity[],
): BenchIdentity {
  return {
    id: 'virtual',
    name: 'virtual bench',
    simulated: true,
    clockComparable: true,
    instruments: [
      {
        role: 'dut',
        kind: 'virtual-dut',
        label: dutLabel,
        lockId: 'virtual-dut',
        firmware: { name: 'joulebench-virtual', version: `abi ${String(manifest.abi)}`, sha256: manifest.sha256 },
        triedOnHardware: false,
        simulated: true,
      },
      ...others,
    ],
    simulation: {
      cpuHz: settings.cpuHz,
      cyclesPerInstruction: settings.cyclesPerInstruction,
      costSource,
      baud: settings.baud,
      ppm: settings.ppm ?? 0,
    },
  };
}

/** Throws `virtual.badSetting`. */
export function checkRange(setting: string, value: number, low: number, high: number): void {
  if (value >= low && value <= high) return;
  throw new Fault('virtual.badSetting', {
    setting,
    value: String(value),
    allowed: `${String(low)} to ${String(high)}`,
  });
}

/** Options given as undefined do not hide a default. */
export function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
