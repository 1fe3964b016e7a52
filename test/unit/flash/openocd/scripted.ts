import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FlashProgress, FlashState } from '../../../../src/shared/domain/flash.ts';
import type { StartTool, ToolCommand, ToolEnd } from '../../../../src/main/flash/process/index.ts';
import type { FlashContext, FlashJob } from '../../../../src/main/flash/types.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** A board whose sectors are 16, 16, 64 and 128 KB, and one stretch of RAM. */
export const board: FlashJob['board'] = {
  id: 'test-f4',
  title: 'Test board',
  flash: {
    memory: [
      {
        name: 'flash',
        kind: 'flash',
        address: 0x0800_0000,
        bytes: 224 * 1024,
        sectors: [
          { count: 2, bytes: 16 * 1024 },
          { count: 1, bytes: 64 * 1024 },
          { count: 1, bytes: 128 * 1024 },
        ],
        writeBytes: 4,
      },
      { name: 'ram', kind: 'ram', address: 0x2000_0000, bytes: 64 * 1024, sectors: [], writeBytes: 1 },
    ],
    chipId: { address: 0xe004_2000, mask: 0xfff, values: [0x413], name: 'DBGMCU_IDCODE' },
    minTargetV: 1.5,
    openocd: {
      versions: [{ from: '0.12.0', target: 'target/stm32f4x.cfg' }],
      transport: 'dapdirect_swd',
      prepare: [],
    },
    pyocd: { target: 'stm32f412xg', pack: null },
    probes: [],
  },
};

export const image = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);

export function jobOf(change: Partial<FlashJob> = {}): FlashJob {
  return {
    board,
    plan: {
      erase: [{ address: 0x0800_0000, bytes: 96 * 1024 }],
      program: [{ address: 0x0800_0000, bytes: image }],
      totalBytes: image.length,
    },
    probe: { serial: '066DFF', kind: 'stlink', usb: null },
    ...change,
  };
}

/** Answers of a scripted OpenOCD to one Tcl command: what it prints and what comes back; null: it says nothing for ever. */
export type Answer = { err?: string; reply?: string; end?: ToolEnd } | null;

/** OpenOCD as the driver meets it: a process that prints, and a Tcl server. Flash is an array of bytes. */
export class ScriptedOpenocd {
  readonly clock = new ManualClock();
  readonly stop = new AbortController();
  readonly told: string[] = [];
  readonly kills: string[] = [];
  readonly progress: FlashProgress[] = [];
  readonly states: [FlashState, number][] = [];
  readonly log: string[] = [];
  readonly commands: ToolCommand[] = [];
  scratch = '';
  config = '';
  flash = new Map<number, number>();
  /** Overrides: the first whose text the command contains answers. */
  answers: [string, Answer | (() => Answer | undefined)][] = [];
  version = 'Open On-Chip Debugger 0.12.0\nLicensed under GNU GPL v2\n';
  /** Printed when it starts; the port when it gets that far. */
  greeting = 'Info : Listening on port 4567 for tcl connections\n';
  startEnd: ToolEnd | undefined;
  /** Its port refuses, because it has gone; the news of its end comes a moment later. */
  refuses: ToolEnd | undefined;
  obeysShutdown = true;
  /** It says nothing any more: only now may time pass, since the files in between are real. */
  hangs = false;
  #print: (text: string) => void = () => undefined;
  #ended = Promise.withResolvers<ToolEnd>();

  readonly start: StartTool = async (command, output) => {
    this.commands.push(command);
    this.#ended = Promise.withResolvers<ToolEnd>();
    this.#print = output.onErr;
    if (command.args[0] === '--version') {
      output.onErr(this.version);
      this.#ended.resolve({ code: 0, signal: null });
    } else {
      this.config = await readFile(join(command.cwd, command.args[1] ?? ''), 'utf8');
      output.onErr(this.greeting);
      if (this.startEnd) this.#ended.resolve(this.startEnd);
    }
    return {
      pid: 77,
      ended: this.#ended.promise,
      kill: (signal) => {
        this.kills.push(signal);
        this.#ended.resolve({ code: null, signal });
      },
    };
  };

  readonly connect = (): Duplex => {
    let pending = '';
    const stream: Duplex = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        pending += chunk.toString();
        const lines = pending.split('\x1a');
        pending = lines.pop() ?? '';
        void (async () => {
          for (const line of lines) await this.#serve(line, stream);
        })();
        done();
      },
    });
    const { refuses } = this;
    if (refuses === undefined) setImmediate(() => stream.emit('connect'));
    else {
      stream.destroy(new Error('connect ECONNREFUSED'));
      setTimeout(() => {
        this.#print('Killed\n');
        this.#ended.resolve(refuses);
      }, 5);
    }
    return stream;
  };

  async open(): Promise<void> {
    this.scratch = await mkdtemp(join(tmpdir(), 'jb-openocd-'));
  }

  async close(): Promise<void> {
    await rm(this.scratch, { recursive: true, force: true });
  }

  /** Waits for `work`; the clock stands still unless OpenOCD hangs. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const watched = work.finally(() => {
      settled = true;
    });
    watched.catch(() => undefined);
    while (!settled) {
      if (this.hangs) await this.clock.advance(0.5);
      else await pause(1);
    }
    return watched;
  }

  context(): FlashContext {
    return {
      clock: this.clock,
      signal: this.stop.signal,
      scratch: this.scratch,
      onLog: (line) => this.log.push(line),
      onProgress: (progress) => this.progress.push(progress),
      onState: async (state, bytes) => void this.states.push([state, bytes]),
    };
  }

  async #serve(line: string, stream: Duplex): Promise<void> {
    const wrapped = /^set rc \[catch \{(.*)\} msg\]; echo "([^"]*)"; return "\$rc\|\$msg"$/s.exec(line);
    const command = wrapped?.[1] ?? line;
    this.told.push(command);
    if (command === 'shutdown') {
      if (!this.obeysShutdown) this.hangs = true;
      if (this.obeysShutdown) this.#ended.resolve({ code: 0, signal: null });
      return;
    }
    const answer = await this.#answer(command);
    if (answer === null) {
      this.hangs = true;
      return;
    }
    if (answer.err) this.#print(answer.err);
    if (answer.end) {
      stream.destroy();
      this.#ended.resolve(answer.end);
      return;
    }
    // The log goes another way than the reply, and may come later.
    stream.push(`${answer.reply ?? '0|'}\x1a`);
    setImmediate(() => {
      this.#print(`${wrapped?.[2] ?? ''}\n`);
      // OpenOCD repeats the reply behind the marker: it may come when the next command runs.
      setImmediate(() => this.#print(`${answer.reply ?? '0|'}\n`));
    });
  }

  async #answer(command: string): Promise<Answer> {
    for (const [part, answer] of this.answers) {
      if (!command.includes(part)) continue;
      const given = typeof answer === 'function' ? answer() : answer;
      if (given !== undefined) return given;
    }
    const [verb, second, third, fourth] = command.split(' ');
    const file = (name = ''): string => join(this.scratch, name);
    if (command === 'init')
      return { err: 'Info : STLINK V2J37M26 (API v2) VID:PID 0483:374B\nInfo : Target voltage: 3.284211\n' };
    if (verb === 'read_memory') return { reply: '0|0x10076413' };
    if (command.startsWith('flash erase_address')) {
      for (let index = 0; index < Number(command.split(' ')[4]); index += 1)
        this.flash.set(Number(fourth) + index, 0xff);
      return { reply: `0|erased address ${fourth} (length ${command.split(' ')[4]}) in 0.005s (1 KiB/s)` };
    }
    if (command.startsWith('flash write_image') || verb === 'load_image') {
      const [name, at] = verb === 'load_image' ? [second, third] : [third, fourth];
      const bytes = await readFile(file(name));
      bytes.forEach((value, index) => this.flash.set(Number(at) + index, value));
      return {
        reply:
          verb === 'load_image'
            ? `0|downloaded ${bytes.length} bytes in 0.1s (1 KiB/s)`
            : `0|wrote ${bytes.length} bytes from file ${name} in 0.165s (1 KiB/s)`,
      };
    }
    if (verb === 'dump_image') {
      const at = Number(third);
      const bytes = Uint8Array.from({ length: Number(fourth) }, (_, index) => this.flash.get(at + index) ?? 0);
      await writeFile(file(second), bytes);
      return { reply: `0|dumped ${bytes.length} bytes in 0.1s (1 KiB/s)` };
    }
    if (verb === 'verify_image') return { reply: '0|verified 453096 bytes in 0.35s (1 KiB/s)' };
    return { reply: '0|' };
  }
}
