import { describe, expect, it } from 'vitest';
import type { ProbeFaults } from '../../rig/probe/index.ts';
import { loadByPyocd, withFault } from './row.ts';
import { noPyocdReason, pyocdArguments, pyocdPath, pyocdRun, pyocdTargets, start } from './tools.ts';

if (noPyocdReason) console.info(`faults under pyOCD: ${noPyocdReason}`);

interface Case {
  row: string;
  faults: Partial<ProbeFaults>;
  /** All must be printed to stderr. */
  says: readonly RegExp[];
  code: number;
  chip?: 'stm32f4' | 'nrf52';
  flash: 'erased' | 'programmed';
}

/** Rows of the specification's table, by what pyOCD 0.46.0 prints; 0.45.0 used other words for rows 3, 6, 24 and 28. */
const cases: readonly Case[] = [
  {
    row: '3 no target answers',
    faults: { noAck: true },
    says: [/read_dp \(status code 10\): No ACK/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '6 locked nRF52, not to be unlocked',
    faults: { locked: true },
    says: [/APPROTECT enabled: not automatically unlocking/],
    code: 1,
    chip: 'nrf52',
    flash: 'erased',
  },
  {
    row: '11 no probe',
    faults: { noProbe: true },
    says: [/C .*command open \(status code 2\)/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '14 probe in use',
    faults: { probeBusy: true },
    says: [/C .*command open \(status code 3\)/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '16 no server',
    faults: { noServer: true },
    says: [/C Error: .*Connection refused/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '20 a byte reads wrong: says nothing',
    faults: { corruptByte: { address: 0x0800_0100, value: 0x40 } },
    says: [/programmed \d+ bytes/],
    code: 0,
    flash: 'programmed',
  },
  {
    row: '22 protected sectors',
    faults: { writeProtected: true },
    says: [/C flash erase sector failure \(address 0x08000000; result code 0x1\)/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '22 protected against programming',
    faults: { writeProtected: 'program' },
    says: [/C flash program page failure \(address 0x08000000; result code 0x1\)/],
    code: 1,
    flash: 'erased',
  },
  {
    // The reason is lost: pyOCD trips over its own cleaning up.
    row: '26 pulled out, and told so',
    faults: { unplugAfterBytes: 1000, unplugTold: true },
    says: [/C Error: /],
    code: 1,
    flash: 'erased',
  },
  {
    row: '28 every AP waits',
    faults: { persistentWait: true },
    says: [/E Error .*AP#0.*WAIT/, /C No cores were discovered!/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '30 protocol refused',
    faults: { protocolRefused: true },
    says: [/C .*command hello \(status code 1\)/],
    code: 1,
    flash: 'erased',
  },
];

describe.skipIf(noPyocdReason)('faults as pyOCD tells them', () => {
  it.each(cases)('row $row', async ({ row: name, faults, says, code, chip, flash }) => {
    await withFault(
      faults,
      async (row) => {
        const ran = await loadByPyocd(row, chip);
        for (const words of says) expect(ran.stderr).toMatch(words);
        expect(ran.code).toBe(code);
        const left = Buffer.from(row.probe.flash().subarray(0, row.image.length));
        if (flash === 'programmed') expect(left.equals(row.image)).toBe(true);
        else if (!name.startsWith('26')) expect(left.every((byte) => byte === 0xff)).toBe(true);
        else expect(left.equals(row.image)).toBe(false);
      },
      { chip: chip ?? 'stm32f4' },
    );
  });

  it('row 6 locked nRF52: by itself pyOCD erases everything to unlock it', async () => {
    await withFault(
      { locked: true },
      async ({ probe, path }) => {
        const command = ['load', '--format', 'bin', '-a', '0', path];
        const args = pyocdArguments(probe, pyocdTargets.nrf52, command).filter(
          (word) => !/^(-O|auto_unlock=.*)$/.test(word),
        );
        const ran = await start(pyocdPath ?? 'pyocd', args).ended;
        expect(ran.stderr).toMatch(/W .*APPROTECT enabled: will try to unlock via mass erase/);
        expect(probe.log.map(({ what }) => what)).toContain('erased and unlocked through the control AP');
      },
      { chip: 'nrf52' },
    );
  });

  it('row 20 a byte reads wrong: compare knows its address, and goes on', async () => {
    await withFault({}, async (row) => {
      expect(await loadByPyocd(row)).toMatchObject({ code: 0 });
      await row.probe.inject({
        corruptByte: { address: row.probe.flashAddress + 0x100, value: (row.image[0x100] ?? 0) ^ 1 },
      });
      const compare = `compare ${row.probe.flashAddress} ${row.image.length} ${row.path}`;
      const ran = await pyocdRun(row.probe, pyocdTargets.stm32f4, ['commander', '-c', compare]);
      expect(ran.stdout + ran.stderr).toMatch(/0x08000100 \(offset 0x100\)/);
      expect(ran.code).toBe(0);
    });
  });

  it('row 31 an unknown target', async () => {
    await withFault({}, async ({ probe, path }) => {
      const ran = await pyocdRun(probe, 'stm32nope', ['load', '--format', 'bin', path]);
      expect(ran.stderr).toMatch(/C Target type \S+ not recognized/);
      expect(ran.code).toBe(1);
    });
  });

  it('row 35 an unknown option', async () => {
    const ran = await start(pyocdPath ?? 'pyocd', ['load', '--no-such-option']).ended;
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('unrecognized arguments') });
  });

  it('row 11 no probe by USB with this serial', async () => {
    const args = ['load', '-W', '-u', '000000000000NOPE', '-t', pyocdTargets.stm32f4, 'none.bin'];
    const ran = await start(pyocdPath ?? 'pyocd', args).ended;
    expect(ran.stdout).toMatch(/No connected debug probe/);
    expect(ran.code).toBe(1);
  });
});
