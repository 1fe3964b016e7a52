import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openocdTool } from '../../../../src/main/flash/openocd/index.ts';
import type { FlashOutcome, FlashTool } from '../../../../src/main/flash/types.ts';
import { board, image, jobOf, ScriptedOpenocd } from './scripted.ts';

const found = { id: 'openocd' as const, path: '/bin/openocd', version: '0.12.0' };

let ocd: ScriptedOpenocd;
let tool: FlashTool;

beforeEach(async () => {
  ocd = new ScriptedOpenocd();
  await ocd.open();
  const programs = {
    platform: 'linux' as const,
    env: { PATH: '/bin' },
    canRun: async (path: string) => path === '/bin/openocd',
  };
  tool = openocdTool({ start: ocd.start, connect: ocd.connect, clock: ocd.clock, programs });
});
afterEach(() => ocd.close());

const flash = (change = {}): Promise<FlashOutcome> => ocd.drive(tool.flash(found, jobOf(change), ocd.context()));

describe('a flashing that goes well', () => {
  it('identifies, erases, programs, reads back, resets and goes', async () => {
    expect(await flash()).toEqual({
      state: 'verified',
      chipId: 0x10076413,
      targetV: 3.284211,
      confirmedBytes: image.length,
    });
    expect(ocd.told).toEqual([
      'init',
      'reset halt',
      'read_memory 0xe0042000 32 1',
      'flash erase_address pad 0x08000000 98304',
      'flash write_image chunk.bin 0x08000000 bin',
      'flash write_image chunk.bin 0x08008000 bin',
      'flash write_image chunk.bin 0x08010000 bin',
      'dump_image back.bin 0x08000000 32768',
      'verify_image chunk.bin 0x08000000 bin',
      'dump_image back.bin 0x08008000 32768',
      'verify_image chunk.bin 0x08008000 bin',
      'dump_image back.bin 0x08010000 4464',
      'verify_image chunk.bin 0x08010000 bin',
      'reset run',
      'shutdown',
    ]);
    expect(ocd.kills).toEqual([]);
    expect(ocd.clock.pending).toBe(0);
  });

  it('tells the state before the first erase and after each piece', async () => {
    await flash();
    expect(ocd.states).toEqual([
      ['partial', 0],
      ['partial', 32_768],
      ['partial', 65_536],
      ['verified', 70_000],
    ]);
  });

  it('tells progress in bytes', async () => {
    await flash();
    expect(ocd.progress.map((p) => p.phase).filter((phase, index, all) => phase !== all[index - 1])).toEqual([
      'connecting',
      'identifying',
      'erasing',
      'programming',
      'verifying',
      'resetting',
      'done',
    ]);
    expect(ocd.progress).toContainEqual({ phase: 'erasing', doneBytes: 98_304, totalBytes: 98_304 });
    expect(ocd.progress).toContainEqual({ phase: 'programming', doneBytes: 65_536, totalBytes: 70_000 });
    expect(ocd.progress).toContainEqual({ phase: 'verifying', doneBytes: 70_000, totalBytes: 70_000 });
  });

  it('keeps the log of both sides', async () => {
    await flash();
    expect(ocd.log).toContain('Info : Target voltage: 3.284211');
    expect(ocd.log).toContain('> reset run');
    expect(ocd.log.join('\n')).not.toContain('joulebench-done');
  });

  it('takes the echo of a command before for no word about this one', async () => {
    const plan = {
      erase: [{ address: 0x0800_0000, bytes: 96 * 1024 }],
      program: [
        { address: 0x0800_0000, bytes: image.subarray(0, 24_340) },
        { address: 0x0800_8000, bytes: image.subarray(0, 32_768) },
      ],
      totalBytes: 24_340 + 32_768,
    };
    expect(await flash({ plan })).toMatchObject({ state: 'verified', confirmedBytes: 57_108 });
    // It said that it erased the sectors before.
    ocd.answers = [['erase_address pad 0x08010000', { reply: '0|' }]];
    const erase = [0x0800_0000, 0x0801_0000].map((address) => ({ address, bytes: 64 * 1024 }));
    await expect(flash({ plan: { ...plan, erase } })).rejects.toMatchObject({ code: 'flash.toolFailed' });
  });

  it('loads RAM without erasing', async () => {
    const bytes = image.subarray(0, 100);
    const plan = { erase: [], program: [{ address: 0x2000_0000, bytes }], totalBytes: 100 };
    expect((await flash({ plan })).state).toBe('verified');
    expect(ocd.told.join('\n')).not.toContain('flash ');
    expect(ocd.told).toContain('load_image chunk.bin 0x20000000 bin');
  });
});

describe('refusals before anything is erased', () => {
  it('another chip', async () => {
    ocd.answers = [['read_memory', { reply: '0|0x10016449' }]];
    await expect(flash()).rejects.toMatchObject({
      code: 'flash.deviceWrong',
      facts: { register: 'DBGMCU_IDCODE', found: '0x00000449', expected: '0x00000413' },
    });
    expect(ocd.told.join('\n')).not.toContain('erase');
    expect(ocd.told.slice(-2)).toEqual(['reset run', 'shutdown']);
    expect(ocd.states).toEqual([]);
  });

  it('a target without power, although OpenOCD goes on', async () => {
    ocd.answers = [['init', { err: 'Info : Target voltage: 0.214286\n' }]];
    await expect(flash()).rejects.toMatchObject({
      code: 'flash.targetNoPower',
      facts: { foundV: 0.214286, minV: 1.5, board: 'Test board' },
    });
    expect(ocd.told.join('\n')).not.toContain('erase');
  });

  it('a target that does not answer', async () => {
    ocd.answers = [
      [
        'init',
        {
          err: 'Info : Target voltage: 3.3\nError: init mode failed (unable to connect to the target)\n',
          reply: '-4|',
        },
      ],
    ];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.targetNoAck' });
    expect(ocd.states).toEqual([]);
  });

  it('a configuration that this OpenOCD does not take', async () => {
    ocd.greeting = "Error: Can't find target/stm32f4x.cfg\n";
    ocd.startEnd = { code: 1, signal: null };
    await expect(flash()).rejects.toMatchObject({
      code: 'flash.targetUnknown',
      facts: { target: 'target/stm32f4x.cfg' },
    });
  });

  it('an OpenOCD that goes without a word', async () => {
    ocd.greeting = 'nothing\n';
    ocd.startEnd = { code: 0, signal: null };
    await expect(flash()).rejects.toMatchObject({ code: 'flash.toolEnded', facts: { said: 'nothing' } });
  });

  it('an OpenOCD that is killed before anybody reached its port', async () => {
    ocd.refuses = { code: null, signal: 'SIGKILL' };
    await expect(flash()).rejects.toMatchObject({ code: 'flash.toolEnded', facts: { said: 'Killed' } });
    expect(ocd.states).toEqual([]);
    expect(ocd.clock.pending).toBe(0);
  });
});

describe('failures after the first erase', () => {
  it('a byte that is wrong, with its address', async () => {
    ocd.answers = [
      [
        'dump_image',
        () => {
          ocd.flash.set(0x0800_8101, 0x40);
          return undefined;
        },
      ],
    ];
    await expect(flash()).rejects.toMatchObject({
      code: 'flash.verifyMismatch',
      facts: { address: '0x08008101', found: '0x40', expected: `0x${(image[0x8101] ?? 0).toString(16)}` },
    });
    expect(ocd.states.at(-1)).toEqual(['partial', 32_768]);
  });

  it('OpenOCD\u2019s own comparison counts too', async () => {
    ocd.answers = [['verify_image', { err: 'diff 0 address 0x08000100. Was 0x40 instead of 0x41\n', reply: '-4|' }]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.verifyMismatch', facts: { address: '0x08000100' } });
    expect(ocd.states.at(-1)?.[0]).toBe('partial');
  });

  it('a read-back that is too short is never taken for the flash', async () => {
    ocd.answers = [['dump_image', { reply: '0|dumped 0 bytes' }]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.toolFailed' });
    expect(ocd.states.at(-1)?.[0]).toBe('partial');
  });

  it('an erase that says it went well and did nothing', async () => {
    ocd.answers = [['erase_address', { reply: '0|', err: 'Error: failed erasing sectors 0 to 0\n' }]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.eraseFailed', facts: { address: '0x08000000' } });
  });

  it('an address without flash, which OpenOCD passes over', async () => {
    ocd.answers = [
      [
        'write_image',
        { err: 'Warn : no flash bank found for address 0x09000000\n', reply: '0|wrote 0 bytes from file x in 0.0s' },
      ],
    ];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.deviceOutside', facts: { address: '0x09000000' } });
  });

  it('a probe that is pulled: nobody knows', async () => {
    ocd.answers = [
      [
        'write_image',
        {
          err: 'Error: failed to send USB CMD\nError: Fail reading CTRL/STAT register. Force reconnect\n',
          reply: '-4|',
        },
      ],
    ];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.probeUnplugged' });
    expect(ocd.states.at(-1)).toEqual(['unknown', 0]);
  });

  it('a probe that stalls: killed after 10 s, nobody knows', async () => {
    ocd.answers = [['write_image', null]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.probeStalled', facts: { silentS: 10 } });
    expect(ocd.kills).toEqual(['SIGKILL']);
    expect(ocd.clock.nowS()).toBeGreaterThanOrEqual(10);
    expect(ocd.states.at(-1)).toEqual(['unknown', 0]);
  });

  it('erasing may take 30 s', async () => {
    ocd.answers = [['erase_address', null]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.probeStalled', facts: { silentS: 30 } });
  });

  it('an OpenOCD that dies', async () => {
    ocd.answers = [['write_image', { err: 'Segmentation fault\n', end: { code: null, signal: 'SIGSEGV' } }]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.toolEnded', facts: { said: 'Segmentation fault' } });
    expect(ocd.states.at(-1)).toEqual(['unknown', 0]);
  });

  it('a reset that fails leaves what was verified verified', async () => {
    ocd.answers = [['reset run', { err: 'Error: AP write error, reset will not halt\n', reply: '-4|' }]];
    await expect(flash()).rejects.toMatchObject({ code: 'flash.probeLinkUnstable' });
    expect(ocd.states.at(-1)).toEqual(['verified', 70_000]);
  });
});

describe('cancelling', () => {
  const cancelAt = (part: string, then: null | undefined): Error => {
    const reason = new Error('enough');
    ocd.answers = [[part, () => (ocd.stop.abort(reason), then)]];
    return reason;
  };

  it('halts and shuts down between chunks; the state stays partial', async () => {
    const reason = cancelAt('write_image', undefined);
    await expect(flash()).rejects.toBe(reason);
    expect(ocd.told.slice(-2)).toEqual(['halt', 'shutdown']);
    expect(ocd.told.filter((line) => line.includes('write_image'))).toHaveLength(1);
    expect(ocd.states).toEqual([['partial', 0]]);
    expect(ocd.kills).toEqual([]);
  });

  it('ends an OpenOCD that does not listen', async () => {
    ocd.obeysShutdown = false;
    const reason = cancelAt('write_image', null);
    await expect(flash()).rejects.toBe(reason);
    expect(ocd.kills).toEqual(['SIGTERM']);
    expect(ocd.clock.nowS()).toBeGreaterThanOrEqual(2);
  });

  it('before the first erase nothing has been touched', async () => {
    const reason = cancelAt('init', undefined);
    await expect(flash()).rejects.toBe(reason);
    expect(ocd.states).toEqual([]);
  });
});

describe('unlocking', () => {
  const nrf = {
    ...board,
    flash: {
      ...board.flash,
      openocd: { versions: [{ from: '0.12.0', target: 'target/nrf52.cfg' }], transport: 'swd', prepare: [] },
    },
  };
  const locked = { err: 'Warn : nRF52 device has AP lock engaged (see UICR APPROTECT register).\n', reply: '-4|' };

  it('is not done unless asked for', async () => {
    ocd.answers = [['init', locked]];
    await expect(flash({ board: nrf })).rejects.toMatchObject({ code: 'flash.deviceLocked' });
    expect(ocd.told.join('\n')).not.toContain('recover');
  });

  it('erases everything, and the state says so first', async () => {
    ocd.answers = [['init', locked]];
    expect((await flash({ board: nrf, unlock: true })).state).toBe('verified');
    expect(ocd.told.slice(0, 3)).toEqual(['init', 'nrf52_recover', 'reset halt']);
    expect(ocd.states[0]).toEqual(['partial', 0]);
  });

  it('of a chip that is not locked erases nothing before its id fits', async () => {
    ocd.answers = [['read_memory', { reply: '0|0x00052832' }]];
    await expect(flash({ board: nrf, unlock: true })).rejects.toMatchObject({ code: 'flash.deviceWrong' });
    expect(ocd.told.join('\n')).not.toMatch(/recover|erase/);
    expect(ocd.states).toEqual([]);
  });

  it('is refused where no command is known', async () => {
    await expect(flash({ unlock: true })).rejects.toMatchObject({ code: 'flash.toolLacksUnlock' });
    expect(ocd.told).toEqual([]);
  });
});

describe('finding and refusing', () => {
  const never = new AbortController().signal;

  it('asks the version of what is on PATH', async () => {
    expect(await tool.find(undefined, never)).toEqual(found);
    expect(ocd.commands[0]).toMatchObject({ path: '/bin/openocd', args: ['--version'] });
  });

  it('an old one, another program, none', async () => {
    ocd.version = 'Open On-Chip Debugger 0.11.0\n';
    await expect(tool.find(undefined, never)).rejects.toMatchObject({
      code: 'flash.toolTooOld',
      facts: { tool: 'OpenOCD', found: '0.11.0', needed: '0.12.0' },
    });
    ocd.version = 'hello\n';
    await expect(tool.find(undefined, never)).rejects.toMatchObject({ code: 'flash.toolTooOld' });
    await expect(tool.find('/opt/openocd', never)).rejects.toMatchObject({
      code: 'flash.toolMissing',
      facts: { program: '/opt/openocd' },
    });
  });

  it('refuses a board that this version has no file for, with the board\u2019s remedy', async () => {
    const versions = [
      { from: '0.13.0', target: 'target/new.cfg' },
      { from: '0.1.0', target: null, remedy: 'Wait for 0.13.' },
    ];
    const future = { ...board, flash: { ...board.flash, openocd: { versions, transport: 'swd', prepare: [] } } };
    expect(tool.refusal(found, board)).toBeUndefined();
    expect(tool.refusal(found, future)).toEqual({
      reason: 'OpenOCD 0.12.0 does not know Test board.',
      remedy: 'Wait for 0.13.',
    });
    expect(tool.refusal({ ...found, version: '0.13.0' }, future)).toBeUndefined();
    await expect(flash({ board: future })).rejects.toMatchObject({ code: 'flash.toolLacksBoard' });
    await expect(flash({ probe: { serial: 'x', kind: 'other', usb: null } })).rejects.toMatchObject({
      code: 'flash.toolLacksProbe',
    });
  });

  it('recovers a target that stands in a loader', async () => {
    await ocd.drive(tool.recover(found, jobOf(), ocd.context()));
    expect(ocd.told).toEqual(['init', 'reset halt', 'read_memory 0xe0042000 32 1', 'reset run', 'shutdown']);
  });
});
