import { afterEach, describe, expect, it } from 'vitest';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { f4, flashAddress, imageOf, noOpenocdReason, nrf52, openBench } from './tools-rig.ts';
import type { Bench, BenchOptions } from './tools-rig.ts';

if (noOpenocdReason) console.info(`skipped: ${noOpenocdReason}`);

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const open = async (options: Omit<BenchOptions, 'tool'>): Promise<Bench> =>
  (bench = await openBench({ ...options, tool: 'openocd' }));

interface Row {
  row: string;
  options: Omit<BenchOptions, 'tool'>;
  code: FaultCode;
  facts?: object;
  /** The last that was told of the flash; undefined: nothing was erased. */
  state?: 'partial' | 'unknown';
}

/** Rows of the specification's table that the virtual probe can provoke and this driver can meet. */
const rows: Row[] = [
  { row: '1 no target', options: { faults: { noAck: true } }, code: 'flash.targetNoAck' },
  { row: '4 no power', options: { faults: { voltageV: 0.2 } }, code: 'flash.targetNoPower' },
  { row: '5 locked', options: { board: nrf52, chip: 'nrf52', faults: { locked: true } }, code: 'flash.deviceLocked' },
  { row: '7 unknown core', options: { faults: { unknownPart: true } }, code: 'flash.deviceUnrecognised' },
  {
    row: '9 another chip',
    options: { faults: { wrongChip: true } },
    code: 'flash.deviceWrong',
    facts: { found: '0x00000449', expected: '0x00000413' },
  },
  { row: '10 no probe', options: { faults: { noProbe: true } }, code: 'flash.probeMissing' },
  {
    row: '12 another serial',
    options: { faults: { serialMismatch: 'FFFFFFFFFFFFFFFFFFFFFFFF' } },
    code: 'flash.probeMissing',
  },
  { row: '13 busy', options: { faults: { probeBusy: true } }, code: 'flash.probeBusy' },
  { row: '15 no server', options: { faults: { noServer: true } }, code: 'flash.probeMissing' },
  {
    row: '19 a wrong byte',
    options: { faults: { corruptByte: { address: flashAddress + 0x100, value: 0x40 } } },
    code: 'flash.verifyMismatch',
    facts: { address: '0x08000100', found: '0x40' },
    state: 'partial',
  },
  {
    row: '21 protected',
    options: { faults: { writeProtected: true } },
    code: 'flash.writeProtected',
    state: 'partial',
  },
  {
    row: '25 unplugged',
    options: { image: imageOf(40_000), faults: { unplugAfterBytes: 2000 } },
    code: 'flash.probeUnplugged',
    state: 'unknown',
  },
  { row: '28 waits', options: { faults: { persistentWait: true } }, code: 'flash.probeLinkUnstable' },
  { row: '29 old firmware', options: { faults: { oldProbeFirmware: true } }, code: 'flash.probeFirmwareOld' },
  {
    row: '31 no such target',
    options: {
      board: {
        ...f4,
        flash: {
          ...f4.flash,
          openocd: { versions: [{ from: '0.12.0', target: 'target/nope.cfg' }], transport: 'swd', prepare: [] },
        },
      },
    },
    code: 'flash.targetUnknown',
    facts: { target: 'target/nope.cfg' },
  },
];

describe.skipIf(noOpenocdReason)('real OpenOCD', () => {
  it('programs, confirms every byte, and leaves the board running it', async () => {
    const image = imageOf(40_000);
    const { probe, flash } = await open({ image });
    const { outcome, error, states } = await flash();
    expect(error).toBeUndefined();
    expect(outcome).toEqual({ state: 'verified', chipId: 0x10076413, targetV: 3.3, confirmedBytes: 40_000 });
    expect(states).toEqual([
      ['partial', 0],
      ['partial', 32_768],
      ['verified', 40_000],
    ]);
    expect(probe.flash().subarray(0, image.length)).toEqual(image);
    expect(probe.log.some(({ what }) => /reset/i.test(what))).toBe(true);
  });

  it('programs an nRF52', async () => {
    const image = imageOf(5000);
    const { probe, flash } = await open({ board: nrf52, chip: 'nrf52', image });
    const { outcome, error } = await flash();
    expect(error).toBeUndefined();
    expect(outcome?.state).toBe('verified');
    expect(probe.flash().subarray(0, image.length)).toEqual(image);
  });

  it.each(rows)('row $row', async ({ options, code, facts = {}, state }) => {
    const { probe, flash } = await open(options);
    const { error, states, log } = await flash();
    expect(error, log.join('\n')).toMatchObject({ code, facts });
    expect(states.at(-1)?.[0]).toBe(state);
    if (state === undefined) expect(probe.programmedBytes).toBe(0);
  });

  it('row 8: an id that is nobody\u2019s is refused by the app before the erase', async () => {
    const { flash } = await open({ faults: { unknownChip: true } });
    const { error, states } = await flash();
    expect(error).toMatchObject({ code: 'flash.deviceWrong' });
    expect(states).toEqual([]);
  });

  it('row 8: without an id in the board\u2019s entry OpenOCD\u2019s own words count', async () => {
    const { flash } = await open({
      faults: { unknownChip: true },
      board: { ...f4, flash: { ...f4.flash, chipId: null } },
    });
    const { error, log } = await flash();
    expect(error, log.join('\n')).toMatchObject({ code: 'flash.deviceUnrecognised' });
  });

  it.each([
    ['stlink', 'no [such] $one {'],
    ['cmsisDap', 'no [such] $one {'],
    ['jlink', '123456789'],
  ] as const)('row 10: its configuration for USB stands, no %s is there', async (kind, serial) => {
    const { flash } = await open({});
    const usb = { vendorId: '0483', productId: '374B' };
    const { error, states, log } = await flash({ job: { probe: { serial, kind, usb } } });
    expect(error, log.join('\n')).toMatchObject({ code: 'flash.probeMissing' });
    expect(states).toEqual([]);
  });

  it('unlocks a locked nRF52 only when it is told to, and programs it then', async () => {
    const { flash, probe } = await open({ board: nrf52, chip: 'nrf52', faults: { locked: true } });
    const { error, outcome, log, states } = await flash({ job: { unlock: true } });
    expect(error, log.join('\n')).toBeUndefined();
    expect(outcome?.state).toBe('verified');
    expect(states[0]).toEqual(['partial', 0]);
    expect(probe.programmedBytes).toBeGreaterThan(0);
  });

  it('cancelled between chunks: gone, halted, partial; recovers and flashes again', async () => {
    const image = imageOf(150_000);
    const { flash, recover, probe } = await open({ image });
    const stop = new AbortController();
    const reason = new Error('enough');
    const flashing = flash({ signal: stop.signal });
    while (probe.programmedBytes < 40_000) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(reason);
    const { error, states, log } = await flashing;
    expect(error).toBe(reason);
    expect(states).toEqual([['partial', 0]]);
    expect(log.slice(-6).join('\n')).toContain('shutdown');
    await recover();
    expect((await flash()).outcome?.state).toBe('verified');
    expect(probe.flash().subarray(0, image.length)).toEqual(image);
  });
});
