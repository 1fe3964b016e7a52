import { beforeEach, describe, expect, it } from 'vitest';
import { createSupplyGuard } from '../../../src/main/bench/supply-guard.ts';
import type { SupplyGuard } from '../../../src/main/bench/supply-guard.ts';
import { lpm01aKind } from '../../../src/main/emon/index.ts';
import type { EnergyMonitor } from '../../../src/main/emon/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** A supply that does what it is told, reads what it is told to read, and writes down what happened. */
class Supply implements EnergyMonitor {
  readonly identity = {
    role: 'monitor' as const,
    kind: 'lpm01a',
    label: 'LPM01A on COM5',
    lockId: 'x',
    triedOnHardware: false,
    simulated: false,
  };
  readonly kind = lpm01aKind;
  readonly serial = '1';
  readonly firmwareVersion = '1.0.6';
  readonly constantsSha256 = null;
  readonly panic = { path: null, baud: 0, bytes: new Uint8Array(0) };
  voltageV: number | null = null;
  powered = false;
  readonly done: string[] = [];
  reading: (supply: Supply) => number | null = (supply) => (supply.powered ? supply.voltageV : 0);
  failing: string | undefined;

  setVoltage(voltageV: number): Promise<void> {
    return this.#do(`volt ${voltageV}`, () => (this.voltageV = voltageV));
  }

  setPower(on: boolean): Promise<void> {
    return this.#do(on ? 'on' : 'off', () => (this.powered = on));
  }

  start(): Promise<never> {
    return Promise.reject(new Error('unused'));
  }

  readVoltage(): Promise<number | null> {
    if (this.failing === 'read')
      return Promise.reject(new Fault('emon.silent', { instrument: 'x', command: 'r', waitedS: 2 }));
    return Promise.resolve(this.reading(this));
  }

  readTemperature(): Promise<null> {
    return Promise.resolve(null);
  }

  selfTest(): Promise<null> {
    return Promise.resolve(null);
  }

  selfCalibrate(): Promise<null> {
    return Promise.resolve(null);
  }

  safe(): Promise<void> {
    return this.#do('safe', () => (this.powered = false));
  }

  close(): Promise<void> {
    return this.safe();
  }

  #do(what: string, act: () => void): Promise<void> {
    this.done.push(what);
    if (this.failing === what) {
      return Promise.reject(new Fault('emon.silent', { instrument: 'x', command: what, waitedS: 2 }));
    }
    act();
    return Promise.resolve();
  }
}

const limits = { minV: 1.7, nominalV: 1.8, maxV: 3.3 };
let clock: ManualClock;
let supply: Supply;
let guard: SupplyGuard;

beforeEach(() => {
  clock = new ManualClock();
  supply = new Supply();
  guard = createSupplyGuard(supply, { board: 'nucleo', limits, clock });
});

const done = <T>(work: Promise<T>): Promise<T> => clock.until(work);

async function failure(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await clock.until(
    work.then(
      () => undefined,
      (reason: unknown) => reason,
    ),
  );
  if (!(error instanceof Fault)) throw new Error(`no fault: ${String(error)}`);
  return error;
}

describe('voltage', () => {
  it('inside the limits it is set, at both ends too', async () => {
    for (const voltageV of [1.7, 1.8, 3.3, 3.3 + 1e-9]) await done(guard.setVoltage(voltageV));
    expect(supply.done).toHaveLength(4);
  });

  it('outside the limits the instrument is not even asked', async () => {
    expect(await failure(guard.setVoltage(3.31))).toMatchObject({
      code: 'emon.voltageAboveLimit',
      facts: { board: 'nucleo', voltageV: 3.31, maxV: 3.3 },
    });
    expect((await failure(guard.setVoltage(1.69))).code).toBe('emon.voltageBelowLimit');
    for (const voltageV of [Number.NaN, Infinity]) {
      expect((await failure(guard.setVoltage(voltageV))).code).toBe('emon.voltageAboveLimit');
    }
    expect(supply.done).toEqual([]);
  });

  it('a change while powered needs a confirmation; the confirmed one is read back', async () => {
    await done(guard.setVoltage(1.8));
    await done(guard.setPower(true));
    expect(await failure(guard.setVoltage(3))).toMatchObject({
      code: 'emon.changeWhilePowered',
      facts: { fromV: 1.8, toV: 3 },
    });
    expect(supply.voltageV).toBe(1.8);
    // The same voltage again is no change.
    await done(guard.setVoltage(1.8));
    expect(supply.done).toEqual(['volt 1.8', 'on']);
    await done(guard.setVoltage(3, { confirmedWhilePowered: true }));
    expect(supply.voltageV).toBe(3);
    expect((await failure(guard.setVoltage(3.4, { confirmedWhilePowered: true }))).code).toBe('emon.voltageAboveLimit');
    expect(supply.powered).toBe(true);
    supply.reading = () => 3.5;
    expect((await failure(guard.setVoltage(2, { confirmedWhilePowered: true }))).code).toBe('emon.supplyTooHigh');
    expect(supply.powered).toBe(false);
  });
});

describe('power', () => {
  it('without a voltage there is none', async () => {
    expect((await failure(guard.setPower(true))).code).toBe('emon.voltageNeeded');
    expect(supply.done).toEqual([]);
  });

  it('a voltage that somebody else set is checked again', async () => {
    supply.voltageV = 5;
    expect((await failure(guard.setPower(true))).code).toBe('emon.voltageAboveLimit');
    expect(supply.done).toEqual([]);
  });

  it.each([
    ['within the margin', 3.366, true],
    ['too high', 3.367, false],
    ['none', null, true],
    ['no number', Number.NaN, false],
  ])('the reading after switching on: %s', async (_, readV, stays) => {
    await done(guard.setVoltage(3.3));
    supply.reading = ({ powered }) => (powered ? readV : 0);
    const work = guard.setPower(true);
    if (stays) await done(work);
    else {
      expect(await failure(work)).toMatchObject({ code: 'emon.supplyTooHigh', facts: { setV: 3.3, maxV: 3.3 } });
    }
    expect(supply.powered).toBe(stays);
  });

  it('a supply that reads too high is not switched on at all', async () => {
    await done(guard.setVoltage(1.8));
    supply.reading = () => 5;
    expect((await failure(guard.setPower(true))).code).toBe('emon.supplyTooHigh');
    expect(supply.done).toEqual(['volt 1.8', 'safe']);
  });

  it.each(['on', 'read'])('what fails (%s) leaves it off', async (failing) => {
    await done(guard.setVoltage(1.8));
    supply.failing = failing;
    expect((await failure(guard.setPower(true))).code).toBe('emon.silent');
    expect(supply.done.at(-1)).toBe('safe');
    expect(supply.powered).toBe(false);
  });

  it('an abort while it comes up leaves it off', async () => {
    await done(guard.setVoltage(1.8));
    const abort = new AbortController();
    clock.setTimer(0.01, () => abort.abort(new Fault('operation.cancelled', {})));
    expect((await failure(guard.setPower(true, { signal: abort.signal }))).code).toBe('operation.cancelled');
    expect(supply.powered).toBe(false);
  });

  it('off, and safe, from everywhere', async () => {
    await done(guard.setVoltage(1.8));
    await done(guard.setPower(true));
    await done(guard.setPower(false));
    expect(supply.powered).toBe(false);
    await done(guard.setPower(true));
    await done(guard.makeSafe());
    await done(guard.makeSafe());
    expect(supply.powered).toBe(false);
  });
});
