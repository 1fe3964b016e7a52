import { afterEach, describe, expect, it } from 'vitest';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { f4, noPyocdReason, nrf52, openBench } from './tools-rig.ts';
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
}

/** Rows of the specification's table that the virtual probe can provoke and this driver can meet, before anything is erased. */
const rows: Row[] = [
  { row: '3 no ACK', options: { faults: { noAck: true } }, code: 'flash.targetNoAck' },
  { row: '6 locked', options: { board: nrf52, chip: 'nrf52', faults: { locked: true } }, code: 'flash.deviceLocked' },
  {
    row: '9 another chip',
    options: { faults: { wrongChip: true } },
    code: 'flash.deviceWrong',
    facts: { found: '0x00000449' },
  },
  { row: '14 busy', options: { faults: { probeBusy: true } }, code: 'flash.probeBusy' },
  { row: '16 no server', options: { faults: { noServer: true } }, code: 'flash.probeMissing' },
  { row: '28 waits', options: { faults: { persistentWait: true } }, code: 'flash.probeLinkUnstable' },
  { row: '30 protocol', options: { faults: { protocolRefused: true } }, code: 'flash.toolTooNew' },
  {
    row: '31 no such target',
    options: { board: { ...f4, flash: { ...f4.flash, pyocd: { target: 'stm32l4r5xx', pack: 'Keil.STM32L4xx_DFP' } } } },
    code: 'flash.targetUnknown',
    facts: { target: 'stm32l4r5xx' },
  },
];

describe.skipIf(noPyocdReason)('real pyOCD refuses', () => {
  it.each(rows)('row $row', async ({ options, code, facts = {} }) => {
    const { probe, flash } = await open(options);
    const { error, states, log } = await flash();
    expect(error, log.join('\n')).toMatchObject({ code, facts });
    expect(states).toEqual([]);
    expect(probe.programmedBytes).toBe(0);
  });

  it('row 11: a probe that is not there', async () => {
    const { flash } = await open({});
    const { error, states, log } = await flash({
      job: { probe: { serial: '066DFF999999', kind: 'stlink', usb: null } },
    });
    expect(error, log.join('\n')).toMatchObject({ code: 'flash.probeMissing' });
    expect(states).toEqual([]);
  });
});
