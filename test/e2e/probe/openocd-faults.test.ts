import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ProbeFaults } from '../../rig/probe/index.ts';
import { programByOpenocd, withFault } from './row.ts';
import { noOpenocdReason, openocd, openocdPath, openocdTargets, start } from './tools.ts';

if (noOpenocdReason) console.info(`faults under OpenOCD: ${noOpenocdReason}`);

interface Case {
  row: string;
  faults: Partial<ProbeFaults>;
  /** All must be printed. */
  says: readonly RegExp[];
  code: number;
  chip?: 'stm32f4' | 'nrf52';
  more?: string;
  /** The flash as it is left. */
  flash: 'erased' | 'programmed' | 'any';
}

/** Rows of the specification's table, by what OpenOCD 0.12.0 prints. */
const cases: readonly Case[] = [
  {
    row: '1 no target answers',
    faults: { noAck: true },
    says: [/init mode failed \(unable to connect to the target\)/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '4 voltage 0.2 V: goes on',
    faults: { voltageV: 0.2 },
    says: [/Target voltage: 0\.2\d*/, /target voltage may be too low for reliable debugging/],
    code: 0,
    flash: 'programmed',
  },
  {
    row: '5 locked nRF52',
    faults: { locked: true },
    says: [/Could not find MEM-AP to control the core/, /nRF52 device has AP lock engaged/],
    code: 1,
    chip: 'nrf52',
    flash: 'erased',
  },
  {
    row: '7 core unknown',
    faults: { unknownPart: true },
    says: [/Cortex-M PARTNO 0x[0-9a-f]+ is unrecognized/, /target \S+ examination failed/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '8 unknown STM32',
    faults: { unknownChip: true },
    says: [/Cannot identify target as a STM32 family/, /auto_probe failed/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '9 an F7 in place of an F4: goes on',
    faults: { wrongChip: true },
    says: [/device id = 0x10016449/],
    code: 0,
    flash: 'programmed',
  },
  { row: '10 no probe', faults: { noProbe: true }, says: [/no ST-LINK detected/], code: 1, flash: 'erased' },
  {
    row: '12 another serial',
    faults: { serialMismatch: '066AFF000000000000000001' },
    more: 'adapter serial 0670FF303431434E43105A17;',
    says: [/ST-LINK open failed \(serial mismatch\)/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '13 probe in use',
    faults: { probeBusy: true },
    says: [/the selected device is already used/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '15 no server',
    faults: { noServer: true },
    says: [/cannot connect to stlink server, errno: /],
    code: 1,
    flash: 'erased',
  },
  {
    row: '18 a byte reads wrong',
    faults: { corruptByte: { address: 0x0800_0100, value: 0x40 } },
    says: [/checksum mismatch - attempting binary compare/, /\*\* Verify Failed \*\*/],
    code: 1,
    flash: 'programmed',
  },
  {
    row: '21 protected sectors',
    faults: { writeProtected: true },
    says: [/stm32x device protected/, /failed erasing sectors 0 to 0/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '21 protected against programming',
    faults: { writeProtected: 'program' },
    says: [
      /flash memory write protected/,
      /flash write failed = 0x00000010/,
      /error writing to flash at address 0x08000000/,
    ],
    code: 1,
    flash: 'erased',
  },
  {
    row: '25 pulled out',
    faults: { unplugAfterBytes: 1000 },
    says: [/failed to (send|receive) USB CMD/, /Fail reading CTRL\/STAT register\. Force reconnect/],
    code: 1,
    flash: 'any',
  },
  {
    row: '28 the bus never ready',
    faults: { persistentWait: 'memory' },
    says: [/Failed to read memory at/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '28 every AP waits',
    faults: { persistentWait: true },
    says: [/Could not find MEM-AP to control the core/],
    code: 1,
    flash: 'erased',
  },
  {
    row: '29 old firmware of the probe',
    faults: { oldProbeFirmware: true },
    says: [/ST-Link version does not support DAP direct transport/],
    code: 1,
    flash: 'erased',
  },
];

describe.skipIf(noOpenocdReason)('faults as OpenOCD tells them', () => {
  it.each(cases)('row $row', async ({ faults, says, code, chip, more, flash }) => {
    await withFault(
      faults,
      async (row) => {
        const ran = await programByOpenocd(row, chip, more);
        for (const words of says) expect(ran.stderr).toMatch(words);
        expect(ran.code).toBe(code);
        const left = Buffer.from(row.probe.flash().subarray(0, row.image.length));
        if (flash === 'programmed') expect(left.equals(row.image)).toBe(true);
        if (flash === 'erased') expect(left.every((byte) => byte === 0xff)).toBe(true);
        if (flash === 'any') expect(left.equals(row.image)).toBe(false);
      },
      { chip: chip ?? 'stm32f4' },
    );
  });

  it('row 5 locked nRF52: nrf52_recover erases everything and unlocks', async () => {
    await withFault(
      { locked: true },
      async (row) => {
        const ran = await openocd(row.probe, openocdTargets.nrf52, 'init; nrf52_recover; exit');
        expect(ran.stderr).toMatch(/nRF52 device has AP lock engaged/);
        expect(row.probe.log.map(({ what }) => what)).toContain('erased and unlocked through the control AP');
        expect(await programByOpenocd(row, 'nrf52')).toMatchObject({ code: 0 });
      },
      { chip: 'nrf52' },
    );
  });

  it('row 17 the gdb port is taken: goes on', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      await withFault({}, async ({ probe }) => {
        const ran = await openocd(probe, openocdTargets.stm32f4, `gdb_port ${port}; init; exit`);
        expect(ran.stderr).toMatch(/couldn't bind gdb to socket on port \d+: Address already in use/);
        expect(ran.code).toBe(0);
      });
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  });

  it('row 19 a byte reads wrong: verify_image knows its address', async () => {
    await withFault({}, async (row) => {
      expect(await programByOpenocd(row)).toMatchObject({ code: 0 });
      const right = row.image[0x100] ?? 0;
      await row.probe.inject({ corruptByte: { address: row.probe.flashAddress + 0x100, value: right ^ 1 } });
      const command = `init; reset halt; verify_image ${row.path} ${row.probe.flashAddress}; exit`;
      const ran = await openocd(row.probe, openocdTargets.stm32f4, command);
      const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;
      expect(ran.stderr).toMatch(
        new RegExp(`diff \\d+ address 0x08000100\\. Was ${hex(right ^ 1)} instead of ${hex(right)}`),
      );
      expect(ran.code).toBe(1);
    });
  });

  it('row 31 an unknown target', async () => {
    await withFault({}, async ({ probe }) => {
      const ran = await openocd(probe, 'target/nope.cfg', 'init; exit');
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("Can't find target/nope.cfg") });
    });
  });

  it('row 32 an image outside the flash: goes on', async () => {
    await withFault({}, async ({ probe, path }) => {
      const ran = await openocd(probe, openocdTargets.stm32f4, `program ${path} 0x09000000 exit`);
      expect(ran.stderr).toMatch(/no flash bank found for address 0x09000000/);
      expect(ran.stderr).toMatch(/Programming Finished/);
      expect(ran.code).toBe(0);
      expect(probe.programmedBytes).toBe(0);
    });
  });

  it('row 33 no image file', async () => {
    await withFault({}, async ({ probe }) => {
      const ran = await openocd(probe, openocdTargets.stm32f4, 'program none.elf verify exit');
      expect(ran.stderr).toMatch(/couldn't open none\.elf/);
      expect(ran.stderr).toMatch(/Programming Failed/);
      expect(ran.code).toBe(1);
    });
  });

  it('row 34 no tool', async () => {
    const ran = await start(`${openocdPath ?? 'openocd'}-that-is-not-there`, ['--version']).ended;
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain('ENOENT');
  });

  it('comes back when the plug is put in again', async () => {
    await withFault({ unplugAfterBytes: 1000 }, async (row) => {
      const port = row.probe.stlinkPort;
      expect(await programByOpenocd(row)).toMatchObject({ code: 1 });
      await row.probe.inject({ unplugAfterBytes: null });
      expect(row.probe.stlinkPort).toBe(port);
      expect(await programByOpenocd(row)).toMatchObject({ code: 0 });
      await row.probe.inject({ unplugAfterBytes: 2000 });
      expect(await programByOpenocd(row)).toMatchObject({ code: 1 });
      await row.probe.inject({ unplugAfterBytes: null });
      expect(await programByOpenocd(row)).toMatchObject({ code: 0 });
      expect(row.image.equals(row.probe.flash().subarray(0, row.image.length))).toBe(true);
    });
  });
});
