import { afterEach, describe, expect, it } from 'vitest';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { flashAddress, imageOf, noPyocdReason, nrf52, openBench } from './tools-rig.ts';
import type { Bench, BenchOptions } from './tools-rig.ts';

if (noPyocdReason) console.info(`skipped: ${noPyocdReason}`);

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const open = async (options: Omit<BenchOptions, 'tool'>): Promise<Bench> =>
  (bench = await openBench({ ...options, tool: 'pyocd' }));

interface Row {
  row: string;
  options: Omit<BenchOptions, 'tool'>;
  code: FaultCode;
  facts?: object;
  state?: 'partial' | 'unknown';
}

/** Rows of the specification's table that the virtual probe can provoke and this driver can meet, after the erase has begun. */
const rows: Row[] = [
  {
    row: '20 a wrong byte, which pyOCD does not see',
    options: { faults: { corruptByte: { address: flashAddress + 0x100, value: 0x40 } } },
    code: 'flash.verifyMismatch',
    facts: { address: '0x08000100', found: '0x40' },
    state: 'partial',
  },
  {
    row: '22 protected, already when it erases',
    options: { faults: { writeProtected: true } },
    code: 'flash.eraseFailed',
    facts: { address: '0x08000000' },
    state: 'partial',
  },
];

describe.skipIf(noPyocdReason)('real pyOCD', () => {
  it('programs, and every byte is read back', async () => {
    const image = imageOf(40_000);
    const { probe, flash } = await open({ image });
    const { outcome, error, states, progress, log } = await flash();
    expect(error, log.join('\n')).toBeUndefined();
    expect(outcome).toEqual({ state: 'verified', chipId: 0x10076413, targetV: null, confirmedBytes: 40_000 });
    expect(states).toEqual([
      ['partial', 0],
      ['partial', 32_768],
      ['verified', 40_000],
    ]);
    expect(progress).toContainEqual({ phase: 'programming', doneBytes: 20_000, totalBytes: 40_000 });
    expect(probe.flash().subarray(0, image.length)).toEqual(image);
  });

  it('unlocks a locked nRF52 only when it is told to, and programs it then', async () => {
    const { flash, probe } = await open({ board: nrf52, chip: 'nrf52', faults: { locked: true } });
    const { error, outcome, log, states } = await flash({ job: { unlock: true } });
    expect(error, log.join('\n')).toBeUndefined();
    expect(outcome?.state).toBe('verified');
    expect(states[0]).toEqual(['partial', 0]);
    expect(probe.programmedBytes).toBeGreaterThan(0);
  });

  it('cancelled while it programs: gone, partial; recovers', async () => {
    const { flash, recover, probe } = await open({ image: imageOf(150_000) });
    const stop = new AbortController();
    const reason = new Error('enough');
    const flashing = flash({ signal: stop.signal });
    while (probe.programmedBytes < 20_000) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(reason);
    const { error, states } = await flashing;
    expect(error).toBe(reason);
    expect(states).toEqual([['partial', 0]]);
    await recover();
  });

  it.each(rows)('row $row', async ({ options, code, facts = {}, state }) => {
    const { probe, flash } = await open(options);
    const { error, states, log } = await flash();
    expect(error, log.join('\n')).toMatchObject({ code, facts });
    expect(states.at(-1)?.[0]).toBe(state);
    if (state === undefined) expect(probe.programmedBytes).toBe(0);
  });
});
