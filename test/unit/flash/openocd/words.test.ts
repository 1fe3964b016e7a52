import { describe, expect, it } from 'vitest';
import type { FaultCode } from '../../../../src/shared/fault/index.ts';
import { openocdFault, targetVoltage } from '../../../../src/main/flash/openocd/words.ts';

const about = { probe: 'ST-LINK 1', board: 'Board', target: 'target/x.cfg', minTargetV: 1.5, address: '0x08000000' };

/** Row of the specification's table, what OpenOCD printed, and what it means. */
const rows: [row: string, lines: string[], code: FaultCode, facts?: object][] = [
  ['1 no target', ['Error: init mode failed (unable to connect to the target)'], 'flash.targetNoAck'],
  ['2 ones', ['Error: JTAG scan chain interrogation failed: all ones'], 'flash.targetWiring', { level: 'ones' }],
  ['2 zeroes', ['Error: JTAG scan chain interrogation failed: all zeroes'], 'flash.targetWiring', { level: 'zeroes' }],
  [
    '4 no power, whatever else went wrong',
    [
      'Info : Target voltage: 0.214286',
      'Error: target voltage may be too low for reliable debugging',
      'Error: init mode failed (unable to connect to the target)',
    ],
    'flash.targetNoPower',
    { foundV: 0.214286 },
  ],
  [
    '5 locked',
    [
      'Error: Could not find MEM-AP to control the core',
      'Warn : nRF52 device has AP lock engaged (see UICR APPROTECT register).',
    ],
    'flash.deviceLocked',
  ],
  [
    '7 core',
    ['Error: Cortex-M PARTNO 0xd99 is unrecognized', 'Warn : target x examination failed'],
    'flash.deviceUnrecognised',
    { said: 'Cortex-M PARTNO 0xd99 is unrecognized' },
  ],
  [
    '8 family',
    ['Error: Cannot identify target as a STM32 family.', 'Error: auto_probe failed'],
    'flash.deviceUnrecognised',
  ],
  ['10 no probe (server)', ['Error: no ST-LINK detected'], 'flash.probeMissing'],
  ['10 no probe (USB)', ['Error: open failed'], 'flash.probeMissing'],
  ['10 no CMSIS-DAP', ['Error: unable to find a matching CMSIS-DAP device'], 'flash.probeMissing'],
  ['10 no J-Link', ['Error: No J-Link device found'], 'flash.probeMissing'],
  ['12 serial', ['Error: ST-LINK open failed (serial mismatch)'], 'flash.probeMissing'],
  ['13 busy', ['Error: the selected device is already used'], 'flash.probeBusy'],
  ['13 busy (USB)', ['Error: libusb_open() failed with LIBUSB_ERROR_ACCESS', 'Error: open failed'], 'flash.probeBusy'],
  ['15 no server', ['Error: cannot connect to stlink server, errno: Connection refused'], 'flash.probeMissing'],
  ['15 no bitbang', ['Error: Failed to connect: Bad file descriptor'], 'flash.probeMissing'],
  [
    '17 port',
    ["Error: couldn't bind gdb to socket on port 3333: Address already in use"],
    'flash.toolPortInUse',
    { said: "couldn't bind gdb to socket on port 3333: Address already in use" },
  ],
  [
    '18 no address',
    ['Error: checksum mismatch - attempting binary compare', '** Verify Failed **'],
    'flash.verifyFailed',
  ],
  [
    '19 address',
    ['Error: checksum mismatch - attempting binary compare', 'diff 0 address 0x08000100. Was 0x40 instead of 0x41'],
    'flash.verifyMismatch',
    { address: '0x08000100', found: '0x40', expected: '0x41' },
  ],
  [
    '21 protected',
    [
      'Error: stm32x device flash memory write protected',
      'Error: flash write failed = 0x00000010',
      'Error: error writing to flash at address 0x08004000 at offset 0x00000000',
    ],
    'flash.writeProtected',
    { address: '0x08004000' },
  ],
  [
    '21 protected, already when it erases',
    ['Error: stm32x device protected', 'Error: failed erasing sectors 0 to 0'],
    'flash.writeProtected',
    { address: '0x08000000' },
  ],
  [
    '28 waits, already when it connects',
    ['Error: [x] Could not find MEM-AP to control the core'],
    'flash.probeLinkUnstable',
  ],
  [
    '23 busy controller',
    ['Error: timed out waiting for flash', 'Error: failed erasing sectors 0 to 0'],
    'flash.deviceTimeout',
  ],
  ['23 erase', ['Error: failed erasing sectors 0 to 0'], 'flash.eraseFailed', { address: '0x08000000' }],
  [
    '25 unplugged',
    ['Error: failed to receive USB CMD', 'Error: Fail reading CTRL/STAT register. Force reconnect'],
    'flash.probeUnplugged',
  ],
  [
    '28 waits',
    ['Error: Failed to read memory at 0xe000ed00', 'Error: AP write error, reset will not halt'],
    'flash.probeLinkUnstable',
  ],
  ['29 firmware', ['Error: ST-Link version does not support DAP direct transport'], 'flash.probeFirmwareOld'],
  [
    '31 target',
    ["embedded:startup.tcl:28: Error: Can't find target/nope.cfg"],
    'flash.targetUnknown',
    { target: 'target/nope.cfg' },
  ],
  [
    '32 outside',
    ['Warn : no flash bank found for address 0x09000000'],
    'flash.deviceOutside',
    { address: '0x09000000' },
  ],
  ['33 image', ["Error: couldn't open fw/none.elf"], 'flash.imageMissing', { path: 'fw/none.elf' }],
  [
    'write error',
    ['Error: error writing to flash at address 0x08000000 at offset 0x0'],
    'flash.writeFailed',
    { address: '0x08000000' },
  ],
  [
    'unknown words',
    ['Info : fine', 'Error: the moon is full', 'and more'],
    'flash.toolFailed',
    { said: 'Error: the moon is full' },
  ],
  ['no words', [], 'flash.toolFailed', { said: '' }],
];

describe('what OpenOCD prints', () => {
  it.each(rows)('row %s', (_, lines, code, facts = {}) => {
    const fault = openocdFault(lines, about);
    expect(fault.code).toBe(code);
    expect(fault.facts).toMatchObject(facts);
  });

  it('noise of a first flash hides nothing', () => {
    const noise = [
      'Error: [stm32f4x.cpu] clearing lockup after double fault',
      'Polling target stm32f4x.cpu failed, trying to reexamine',
    ];
    expect(openocdFault([...noise, 'Error: timed out waiting for flash'], about).code).toBe('flash.deviceTimeout');
  });

  it('the voltage, of ST-LINK and of J-Link', () => {
    expect(targetVoltage(['Info : Target voltage: 3.284211'])).toBe(3.284211);
    expect(targetVoltage(['Info : VTarget = 3.300 V'])).toBe(3.3);
    expect(targetVoltage(['Info : Target voltage: none', ''])).toBeUndefined();
  });
});
