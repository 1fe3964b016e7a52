import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlashProgress, FlashState } from '../../../src/shared/domain/flash.ts';
import type { Clock } from '../../../src/shared/clock/index.ts';
import { systemClock } from '../../../src/main/bench/index.ts';
import {
  connectLoopback,
  guardedStart,
  openocdTool,
  pyocdTool,
  systemPrograms,
} from '../../../src/main/flash/index.ts';
import type { FlashJob, FlashOutcome, FlashTool, FoundTool } from '../../../src/main/flash/index.ts';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import type { ProbeFaults, VirtualProbe } from '../../rig/probe/index.ts';

export { noOpenocdReason, noPyocdReason, pyocdPath } from '../../e2e/probe/tools.ts';
import { pyocdPath } from '../../e2e/probe/tools.ts';

export const flashAddress = 0x0800_0000;

/** The board on the virtual probe: an STM32F4 with 1 MB. */
export const f4: FlashJob['board'] = {
  id: 'f4',
  title: 'F4 board',
  flash: {
    memory: [
      {
        name: 'flash',
        kind: 'flash',
        address: flashAddress,
        bytes: 1024 * 1024,
        sectors: [
          { count: 4, bytes: 16 * 1024 },
          { count: 1, bytes: 64 * 1024 },
          { count: 7, bytes: 128 * 1024 },
        ],
        writeBytes: 4,
      },
    ],
    chipId: { address: 0xe004_2000, mask: 0xfff, values: [0x413], name: 'DBGMCU_IDCODE' },
    minTargetV: 1.5,
    openocd: { versions: [{ from: '0.12.0', target: 'target/stm32f4x.cfg' }], transport: 'swd', prepare: [] },
    pyocd: { target: 'stm32f429xi', pack: null },
    probes: [],
  },
};

export const nrf52: FlashJob['board'] = {
  id: 'nrf52',
  title: 'nRF52 board',
  flash: {
    memory: [
      {
        name: 'flash',
        kind: 'flash',
        address: 0,
        bytes: 1024 * 1024,
        sectors: [{ count: 256, bytes: 4096 }],
        writeBytes: 4,
      },
    ],
    chipId: { address: 0x1000_0100, mask: 0xffff_ffff, values: [0x52840], name: 'FICR.INFO.PART' },
    minTargetV: 1.7,
    openocd: { versions: [{ from: '0.12.0', target: 'target/nrf52.cfg' }], transport: 'swd', prepare: [] },
    pyocd: { target: 'nrf52840', pack: null },
    probes: [],
  },
};

/** An image whose bytes tell their place; vectors at its start, so that it boots. */
export function imageOf(bytes: number): Uint8Array {
  const image = Uint8Array.from({ length: bytes }, (_, index) => (index * 13 + (index >> 8) * 7) & 0xff);
  image.set([0x00, 0x10, 0x00, 0x20, 0x09, 0x01, 0x00, 0x08]);
  return image;
}

export interface Flashed {
  outcome?: FlashOutcome;
  error?: unknown;
  states: [FlashState, number][];
  progress: FlashProgress[];
  log: string[];
}

export interface Bench {
  probe: VirtualProbe;
  tool: FlashTool;
  found: FoundTool;
  /** Of the tools that were started, in order. */
  pids: readonly number[];
  flash(change?: {
    job?: Partial<FlashJob>;
    signal?: AbortSignal;
    onState?: (state: FlashState) => void;
  }): Promise<Flashed>;
  recover(): Promise<void>;
  close(): Promise<void>;
}

export interface BenchOptions {
  tool: 'openocd' | 'pyocd';
  board?: FlashJob['board'];
  chip?: 'stm32f4' | 'nrf52';
  faults?: Partial<ProbeFaults>;
  image?: Uint8Array;
  /** Waits of the drivers are this many times shorter. */
  hurry?: number;
}

/** The real clock, with waits cut short: nobody waits 10 s for a probe that hangs on purpose. */
function hurriedClock(times: number): Clock {
  const clock = systemClock();
  return { ...clock, setTimer: (delayS, fire) => clock.setTimer(delayS / times, fire) };
}

/** A virtual probe, a real tool and a place to work. */
export async function openBench(options: BenchOptions): Promise<Bench> {
  const { board = f4, chip = 'stm32f4', faults = {}, image = imageOf(3096), hurry = 1 } = options;
  const probe = await openVirtualProbe({ chip, faults });
  const scratch = await mkdtemp(join(tmpdir(), 'joulebench-tools-'));
  const clock = hurriedClock(hurry);
  const pids: number[] = [];
  const never = new AbortController().signal;
  const tools = toolsOf(clock, (pid) => pids.push(pid));
  const tool = options.tool === 'openocd' ? tools.openocd : tools.pyocd;
  const found = await tool.find(undefined, never);
  const job = jobFor(board, image, probe, options.tool);
  return {
    probe,
    tool,
    found,
    pids,
    async flash({ job: change = {}, signal = never, onState } = {}) {
      const flashed: Flashed = { states: [], progress: [], log: [] };
      try {
        flashed.outcome = await tool.flash(
          found,
          { ...job, ...change },
          {
            clock,
            signal,
            scratch,
            onLog: (line) => flashed.log.push(line),
            onProgress: (progress) => flashed.progress.push(progress),
            onState: async (state, bytes) => {
              flashed.states.push([state, bytes]);
              onState?.(state);
            },
          },
        );
      } catch (error) {
        flashed.error = error;
      }
      return flashed;
    },
    recover: () =>
      tool.recover(found, job, {
        clock,
        signal: never,
        scratch,
        onLog: () => undefined,
        onProgress: () => undefined,
        onState: async () => undefined,
      }),
    async close() {
      await probe.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/** Both tools as the app has them, with the numbers of the processes that they start. */
export function toolsOf(clock: Clock, onStarted: (pid: number) => void): Record<'openocd' | 'pyocd', FlashTool> {
  const env = { ...process.env, ...(pyocdPath === undefined ? {} : { JOULEBENCH_PYOCD: pyocdPath }) };
  const guarded = guardedStart({ clock, platform: process.platform, env });
  const start: typeof guarded = async (...how) => {
    const tool = await guarded(...how);
    onStarted(tool.pid);
    return tool;
  };
  const world = { start, clock, programs: systemPrograms(process.platform, env) };
  return { openocd: openocdTool({ ...world, connect: connectLoopback }), pyocd: pyocdTool(world) };
}

/** The whole job: the image at the start of the board's flash, through the virtual probe. */
export function jobFor(
  board: FlashJob['board'],
  image: Uint8Array,
  probe: Pick<VirtualProbe, 'serial' | 'stlinkPort' | 'pyocdPort'>,
  tool: 'openocd' | 'pyocd',
): FlashJob {
  const region = board.flash.memory[0];
  const sector = region?.sectors[0]?.bytes ?? 4096;
  const address = region?.address ?? 0;
  return {
    board,
    plan: {
      erase: [{ address, bytes: Math.ceil(image.length / sector) * sector }],
      program: [{ address, bytes: image }],
      totalBytes: image.length,
    },
    probe: {
      serial: tool === 'openocd' ? probe.serial : '',
      kind: 'stlink',
      usb: null,
      remote: { stlinkPort: probe.stlinkPort, pyocdPort: probe.pyocdPort },
    },
  };
}
