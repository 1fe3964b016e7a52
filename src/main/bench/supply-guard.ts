import type { Clock } from '../../shared/clock/index.ts';
import { sleep } from '../../shared/clock/index.ts';
import type { SupplyLimits } from '../../shared/domain/energy.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { EnergyMonitor } from '../emon/index.ts';

export interface SupplyGuardOptions {
  /** The board's name, for faults. */
  board: string;
  limits: SupplyLimits;
  clock: Clock;
}

/** The only way to a DUT's supply: nothing outside the board's limits is ever set, and what is read back is checked. */
export interface SupplyGuard {
  readonly limits: SupplyLimits;
  /**
   * Sets the supply in V. Changing it while it is on needs the operator's word, `confirmedWhilePowered`.
   * @throws Fault `emon.voltageAboveLimit`, `emon.voltageBelowLimit`, `emon.changeWhilePowered`, `emon.supplyTooHigh`, or the monitor's.
   */
  setVoltage(voltageV: number, options?: { confirmedWhilePowered?: boolean; signal?: AbortSignal }): Promise<void>;
  /**
   * Switches the supply. Before and after it is switched on its reading, where the instrument has one, must not be above the board's limit.
   * @throws Fault `emon.voltageNeeded`, `emon.voltageAboveLimit`, `emon.voltageBelowLimit`, `emon.supplyTooHigh`, or the monitor's.
   */
  setPower(on: boolean, options?: { signal?: AbortSignal }): Promise<void>;
  /** Supply off, whatever state it is in. Idempotent. */
  makeSafe(): Promise<void>;
}

/** By how much, relative, a reading may be above the limit: the instrument's own error (LPM01A: 1 %, energy monitors 2.8) with room. */
const readingMargin = 0.02;
/** Settings are whole millivolts: a limit of 1.8 V is not exceeded by 1.8000000001 V. */
const resolutionV = 1e-6;
/** A supply takes a moment to come up before its reading means anything. */
const settleS = 0.05;

/** Guards one monitor's supply for one board. */
export function createSupplyGuard(monitor: EnergyMonitor, options: SupplyGuardOptions): SupplyGuard {
  const { limits, clock } = options;
  // Without a board the operator's word is the limit.
  const board = options.board || '–';
  const instrument = monitor.identity.label;

  const mustBeAllowed = (voltageV: number): void => {
    const { minV, maxV } = limits;
    // Negated, so that NaN is refused as well.
    if (!(voltageV <= maxV + resolutionV))
      throw new Fault('emon.voltageAboveLimit', { instrument, board, voltageV, maxV });
    if (voltageV < minV - resolutionV) throw new Fault('emon.voltageBelowLimit', { instrument, board, voltageV, minV });
  };

  /** Refuses a supply that reads too high; a failure to read it is one too, for then nobody knows. */
  const checkReading = async (setV: number, signal: AbortSignal | undefined): Promise<void> => {
    const readV = await monitor.readVoltage(signal);
    const { maxV } = limits;
    if (readV !== null && !(readV <= maxV * (1 + readingMargin) + resolutionV)) {
      throw new Fault('emon.supplyTooHigh', { instrument, board, readV: Math.round(readV * 1000) / 1000, setV, maxV });
    }
  };

  /** What fails with the supply on leaves it off. */
  const orOff = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await monitor.safe().catch(() => undefined);
      throw error;
    }
  };

  return {
    limits,

    async setVoltage(voltageV, { confirmedWhilePowered = false, signal } = {}) {
      mustBeAllowed(voltageV);
      const { powered, voltageV: fromV } = monitor;
      if (!powered) return monitor.setVoltage(voltageV, signal);
      const unchanged = fromV !== null && Math.abs(fromV - voltageV) <= resolutionV;
      if (unchanged) return;
      if (!confirmedWhilePowered) {
        throw new Fault('emon.changeWhilePowered', { instrument, fromV: fromV ?? 0, toV: voltageV });
      }
      await orOff(async () => {
        await monitor.setVoltage(voltageV, signal);
        await sleep(clock, settleS, signal);
        await checkReading(voltageV, signal);
      });
    },

    async setPower(on, { signal } = {}) {
      if (!on) return monitor.setPower(false, signal);
      const { voltageV } = monitor;
      if (voltageV === null) throw new Fault('emon.voltageNeeded', { instrument });
      mustBeAllowed(voltageV);
      await orOff(async () => {
        await checkReading(voltageV, signal);
        await monitor.setPower(true, signal);
        await sleep(clock, settleS, signal);
        await checkReading(voltageV, signal);
      });
    },

    makeSafe: () => monitor.safe(),
  };
}
