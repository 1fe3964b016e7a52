import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlashProgress, FlashState } from '../../../../src/shared/domain/flash.ts';
import type { StartTool, ToolEnd } from '../../../../src/main/flash/process/index.ts';
import { pyocdTool } from '../../../../src/main/flash/pyocd/index.ts';
import { voltageCommand } from '../../../../src/main/flash/pyocd/words.ts';
import type { FlashContext, FlashOutcome, FlashTool } from '../../../../src/main/flash/types.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { board, jobOf } from '../openocd/scripted.ts';

interface Said {
  out?: string;
  err?: string;
  end?: ToolEnd;
  hang?: boolean;
}

const bar = `[---|---|---|---|---|---|---|---|---|----]\n[${'='.repeat(40)}]\n`;
const found = { id: 'pyocd' as const, path: '/bin/pyocd', version: '0.46.0' };

let clock: ManualClock;
let stop: AbortController;
let scratch: string;
let calls: string[][];
let kills: string[];
let states: [FlashState, number][];
let progress: FlashProgress[];
let flash: Uint8Array;
/** The first whose text a call contains answers instead of what goes well. */
let answers: [string, Said][];
let hangs: boolean;
let locked: boolean;
let tool: FlashTool;

/** What pyOCD does when all goes well: the file that it is given ends up in `flash`, `savemem` reads that. */
async function run(args: readonly string[], cwd: string): Promise<Said> {
  const call = args.join(' ');
  const answer = answers.find(([part]) => call.includes(part))?.[1];
  if (answer) return answer;
  if (call === '--version') return { out: '0.46.0\n' };
  if (call.includes('auto_unlock=true')) locked = false;
  if (locked) return { err: '0000900 W NRF52840 APPROTECT enabled: not automatically unlocking\n' };
  if (call.includes('read32')) return { out: 'e0042000:  10076413                               |..d.|\n' };
  if (args[0] === 'load') {
    flash = new Uint8Array(await readFile(join(cwd, args.at(-1)?.split('@')[0] ?? '')));
    return { out: bar + bar, err: '0000690 I Erasing... [loader]\n' };
  }
  for (const command of args.filter((argument) => argument.startsWith('savemem'))) {
    const [, address, length, name = ''] = command.split(' ');
    const start = Number(address) - 0x0800_0000;
    await writeFile(join(cwd, name), flash.subarray(start, start + Number(length)));
  }
  return { out: 'done\n' };
}

const start: StartTool = async ({ args, cwd }, output) => {
  calls.push([...args]);
  const ended = Promise.withResolvers<ToolEnd>();
  void run(args, cwd).then((said) => {
    if (said.err) output.onErr(said.err);
    if (said.out) output.onOut(said.out);
    if (said.hang) hangs = true;
    else ended.resolve(said.end ?? { code: 0, signal: null });
  });
  return {
    pid: 5,
    ended: ended.promise,
    kill: (signal) => {
      kills.push(signal);
      ended.resolve({ code: null, signal });
    },
  };
};

beforeEach(async () => {
  locked = false;
  [clock, stop, calls, kills, states, progress, answers, hangs] = [
    new ManualClock(),
    new AbortController(),
    [],
    [],
    [],
    [],
    [],
    false,
  ];
  scratch = await mkdtemp(join(tmpdir(), 'joulebench-pyocd-'));
  const programs = {
    platform: 'linux' as const,
    env: { PATH: '/bin' },
    canRun: async (path: string) => path === '/bin/pyocd',
  };
  tool = pyocdTool({ start, clock, programs });
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

function context(): FlashContext {
  return {
    clock,
    signal: stop.signal,
    scratch,
    onLog: () => undefined,
    onProgress: (next) => progress.push(next),
    onState: async (state, bytes) => void states.push([state, bytes]),
  };
}

async function drive(change = {}): Promise<FlashOutcome> {
  let settled = false;
  const work = tool.flash(found, jobOf(change), context()).finally(() => {
    settled = true;
  });
  work.catch(() => undefined);
  while (!settled) {
    if (hangs) await clock.advance(0.5);
    else await pause(1);
  }
  return work;
}

describe('a flashing by pyOCD', () => {
  it('asks the id, programs without a reset, reads back, then resets', async () => {
    expect(await drive()).toEqual({ state: 'verified', chipId: 0x10076413, targetV: null, confirmedBytes: 70_000 });
    expect(calls.map(([verb, ...rest]) => [verb, rest.at(-1)])).toEqual([
      ['commander', voltageCommand('stlink')],
      ['load', 'segment-0.bin@0x08000000'],
      ['commander', 'savemem 0x08010000 4464 back-2.bin'],
      ['commander', 'reset'],
    ]);
    expect(calls[0]?.filter((_, index, call) => call[index - 1] === '-c')[0]).toBe('read32 0xe0042000 4');
    for (const call of calls)
      expect(call).toEqual(expect.arrayContaining(['-W', 'auto_unlock=false', '066DFF', 'stm32f412xg']));
    expect(calls[1]).toContain('--no-reset');
    expect(states).toEqual([
      ['partial', 0],
      ['partial', 32_768],
      ['partial', 65_536],
      ['verified', 70_000],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('tells progress as its bars do, in bytes', async () => {
    await drive();
    expect(progress).toContainEqual({ phase: 'erasing', doneBytes: 49_152, totalBytes: 98_304 });
    expect(progress).toContainEqual({ phase: 'programming', doneBytes: 35_000, totalBytes: 70_000 });
    expect(progress.at(-1)).toEqual({ phase: 'done' });
  });

  it.each([
    ["'joulebench-target-v 3.2718000000000003'", 3.2718000000000003],
    ['joulebench-target-v 3.3', 3.3],
    ["'joulebench-target-v None'", null],
    ['Error: exception while executing expression: no attribute', null],
    ['', null],
  ])('takes the voltage from what the probe told it: %s', async (said, targetV) => {
    answers = [['read32', { out: `e0042000:  10076413  |..d.|\n${said}\n`, end: { code: 1, signal: null } }]];
    expect(await drive()).toMatchObject({ state: 'verified', targetV });
  });

  it('erases nothing below the board\u2019s least voltage', async () => {
    answers = [['read32', { out: "e0042000:  10076413  |..d.|\n'joulebench-target-v 1.21'\n" }]];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.targetNoPower', facts: { foundV: 1.21, minV: 1.5 } });
    expect(states).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it('asks a J-Link in its own way, and a CMSIS-DAP not at all', async () => {
    const asked = async (kind: 'jlink' | 'cmsisDap'): Promise<string | undefined> => {
      calls = [];
      await drive({ probe: { serial: '1', kind, usb: null } });
      return calls[0]?.at(-1);
    };
    expect(await asked('jlink')).toContain('hardware_status.voltage / 1000');
    expect(await asked('cmsisDap')).toBe('read32 0xe0042000 4');
  });

  it('by the virtual probe\u2019s port', async () => {
    await drive({ probe: { serial: '', kind: 'stlink', usb: null, remote: { stlinkPort: 1, pyocdPort: 4711 } } });
    for (const call of calls) expect(call).toContain('remote:127.0.0.1:4711');
  });

  it('an exit code of 0 proves nothing: a read-back that is missing fails', async () => {
    answers = [['savemem', { out: 'Saved\n' }]];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.toolFailed' });
    expect(states).toEqual([['partial', 0]]);
  });

  it('an id that cannot be read erases nothing', async () => {
    answers = [['read32', { out: 'Error: memory transfer failed\n' }]];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.probeLinkUnstable' });
    expect(states).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it('a lock that it passes over stops it here', async () => {
    answers = [
      [
        'read32',
        { out: 'e0042000:  10076413\n', err: '0000900 W NRF52840 APPROTECT enabled: not automatically unlocking\n' },
      ],
    ];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.deviceLocked' });
    expect(states).toEqual([]);
  });

  it('a line that is critical stops it, whatever the code', async () => {
    answers = [
      ['load', { err: '0000612 C flash program page failure (address 0x08000000; result code 0x1) [__main__]\n' }],
    ];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.writeFailed', facts: { address: '0x08000000' } });
    expect(states).toEqual([['partial', 0]]);
  });

  it('unlocks when told to, and says first that the flash is gone', async () => {
    locked = true;
    await drive({ unlock: true });
    expect(calls.map((call) => call.includes('auto_unlock=true'))).toEqual([false, true, false, false, false, false]);
    expect(states[0]).toEqual(['partial', 0]);
  });

  it('told to unlock what is not locked, it erases nothing before the id fits', async () => {
    answers = [['read32', { out: 'e0042000:  10016449\n' }]];
    await expect(drive({ unlock: true })).rejects.toMatchObject({ code: 'flash.deviceWrong' });
    expect(calls).toHaveLength(1);
    expect(states).toEqual([]);
  });

  it('spins without a word while it programs: killed after 10 s, nobody knows', async () => {
    answers = [['load', { out: bar + bar.slice(0, 60), hang: true }]];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.probeStalled', facts: { tool: 'pyOCD', silentS: 10 } });
    expect(kills).toEqual(['SIGKILL']);
    expect(states.at(-1)).toEqual(['unknown', 0]);
  });

  it('spins while it erases: 30 s', async () => {
    answers = [['load', { out: bar.slice(0, 60), hang: true }]];
    await expect(drive()).rejects.toMatchObject({ facts: { silentS: 30 } });
  });

  it('killed by somebody', async () => {
    answers = [['load', { out: 'x\n', end: { code: null, signal: 'SIGKILL' } }]];
    await expect(drive()).rejects.toMatchObject({ code: 'flash.toolEnded', facts: { said: 'x' } });
    expect(states.at(-1)?.[0]).toBe('unknown');
  });

  it('cancelled: terminated, and the operator\u2019s reason stands', async () => {
    const reason = new Error('enough');
    answers = [['load', { out: bar, hang: true }]];
    const flashing = drive();
    flashing.catch(() => undefined);
    while (!hangs) await pause(1);
    stop.abort(reason);
    await expect(flashing).rejects.toBe(reason);
    expect(kills).toEqual(['SIGTERM']);
    expect(states).toEqual([['partial', 0]]);
  });

  it('recovers by a reset', async () => {
    await tool.recover(found, jobOf(), context());
    expect(calls.map((call) => call.at(-1))).toEqual([voltageCommand('stlink'), 'reset']);
  });
});

describe('finding and refusing', () => {
  const never = new AbortController().signal;

  it('asks its version', async () => {
    expect(await tool.find(undefined, never)).toEqual(found);
    answers = [['--version', { out: '0.13.1\n' }]];
    await expect(tool.find(undefined, never)).rejects.toMatchObject({
      code: 'flash.toolTooOld',
      facts: { found: '0.13.1' },
    });
    await expect(tool.find('/opt/pyocd', never)).rejects.toMatchObject({ code: 'flash.toolMissing' });
  });

  it('does not take a program that was killed for an old one', async () => {
    for (const [end, said] of [
      [{ code: null, signal: 'SIGKILL' }, 'SIGKILL'],
      // Windows.
      [{ code: 1, signal: null }, 'exit 1'],
    ] as const) {
      answers = [['--version', { end }]];
      await expect(tool.find(undefined, never)).rejects.toMatchObject({
        code: 'flash.toolEnded',
        kind: 'instrument',
        facts: { said },
      });
    }
  });

  it('a version that never comes', async () => {
    answers = [['--version', { hang: true }]];
    await expect(clock.until(tool.find(undefined, never))).rejects.toMatchObject({ code: 'flash.toolNotStarted' });
    expect(kills).toEqual(['SIGKILL']);
  });

  it('refuses a board without a target', async () => {
    const without = { ...board, flash: { ...board.flash, pyocd: null } };
    expect(tool.refusal(found, board)).toBeUndefined();
    expect(tool.refusal(found, without)?.reason).toBe('pyOCD 0.46.0 does not know Test board.');
    await expect(drive({ board: without })).rejects.toMatchObject({ code: 'flash.toolLacksBoard' });
  });
});
