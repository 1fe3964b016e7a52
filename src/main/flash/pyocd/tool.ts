import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlashState } from '../../../shared/domain/flash.ts';
import { Fault, isFault } from '../../../shared/fault/index.ts';
import { createText } from '../../../shared/text/index.ts';
import { askVersion, erasingSilenceS, findProgram, silenceS } from '../process/index.ts';
import type { ProgramWorld, StartTool, Supervisor } from '../process/index.ts';
import {
  addressText,
  chunksOf,
  compareVersions,
  firstDifference,
  probeIsGone,
  probeText,
  refuseChip,
  refuseVoltage,
} from '../tools.ts';
import type { FlashContext, FlashJob, FlashOutcome, FlashTool, FoundTool } from '../types.ts';
import { BarReader } from './bars.ts';
import { runPyocd } from './run.ts';
import type { PyocdRun, RunEvents } from './run.ts';
import {
  onlyVoltageFailed,
  pyocdFault,
  pyocdVersion,
  readVoltage,
  readWord,
  saysLocked,
  voltageCommand,
} from './words.ts';
import type { PyocdAbout } from './words.ts';

export interface PyocdWorld {
  start: StartTool;
  programs: ProgramWorld;
  clock: FlashContext['clock'];
  /** Language of refusals. */
  locale?: string;
}

/** The remote probe and `load` as we know them; 0.45 and 0.46 were tried. */
const needed = '0.36.0';

/** pyOCD: one process a step, since it has no server that we could steer; it verifies nothing, so everything is read back. */
export function pyocdTool(world: PyocdWorld): FlashTool {
  return new Pyocd(world);
}

type Part = Pick<FlashJob, 'board' | 'probe'>;

class Pyocd implements FlashTool {
  readonly id = 'pyocd';
  readonly #world: PyocdWorld;

  constructor(world: PyocdWorld) {
    this.#world = world;
  }

  async find(configuredPath: string | undefined, signal: AbortSignal): Promise<FoundTool> {
    const { programs, clock, start } = this.#world;
    const configured = configuredPath ?? programs.env['JOULEBENCH_PYOCD'];
    const path = await findProgram('pyocd', configured, programs);
    if (path === undefined) throw new Fault('flash.toolMissing', { tool: 'pyOCD', program: configured ?? 'pyocd' });
    const said = await askVersion({ tool: 'pyOCD', path, args: ['--version'] }, { clock, start, signal, programs });
    const version = pyocdVersion(said);
    if (!version || compareVersions(version, needed) < 0)
      throw new Fault('flash.toolTooOld', { tool: 'pyOCD', found: version ?? said.slice(0, 80), needed });
    return { id: 'pyocd', path, version };
  }

  refusal(tool: FoundTool, board: FlashJob['board']): { reason: string; remedy: string } | undefined {
    if (board.flash.pyocd) return undefined;
    const words = createText(this.#world.locale).fault(lacksBoard(tool, board));
    return { reason: words.what, remedy: words.remedies.join(' ') };
  }

  async flash(tool: FoundTool, job: FlashJob, context: FlashContext): Promise<FlashOutcome> {
    const touched: { state: FlashState; confirmed: number } = { state: 'untouched', confirmed: 0 };
    const onState: FlashContext['onState'] = async (state, confirmed) => {
      touched.state = state;
      touched.confirmed = confirmed;
      await context.onState(state, confirmed);
    };
    const steps = new PyocdSteps(this.#world.start, tool, job, { ...context, onState });
    try {
      context.onProgress({ phase: 'connecting' });
      const identity = await this.#identify(steps, job);
      await steps.load(job.plan);
      const confirmedBytes = await steps.verify(job.plan);
      await steps.reset();
      context.onProgress({ phase: 'done' });
      return { state: touched.state, ...identity, confirmedBytes };
    } catch (error) {
      if (context.signal.aborted) throw context.signal.reason;
      if (touched.state === 'partial' && probeIsGone(error)) await context.onState('unknown', touched.confirmed);
      throw error;
    }
  }

  /** A chip that is not locked is asked who it is, whatever was wished: then nothing of a wrong board is erased. */
  async #identify(steps: PyocdSteps, { unlock }: FlashJob): Promise<Identity> {
    try {
      return await steps.identify();
    } catch (error) {
      if (!unlock || !isFault(error, 'flash.deviceLocked')) throw error;
      await steps.unlock();
      return steps.identify();
    }
  }

  async recover(tool: FoundTool, job: Part, context: FlashContext): Promise<void> {
    const steps = new PyocdSteps(this.#world.start, tool, job, context);
    await steps.identify();
    await steps.reset();
  }
}

type Identity = Pick<FlashOutcome, 'chipId' | 'targetV'>;

class PyocdSteps {
  readonly #start: StartTool;
  readonly #tool: FoundTool;
  readonly #board: FlashJob['board'];
  readonly #context: FlashContext;
  readonly #about: PyocdAbout;
  readonly #connection: readonly string[];
  readonly #voltage: readonly string[];

  constructor(start: StartTool, tool: FoundTool, { board, probe }: Part, context: FlashContext) {
    if (!board.flash.pyocd) throw lacksBoard(tool, board);
    this.#start = start;
    this.#tool = tool;
    this.#board = board;
    this.#context = context;
    const { target } = board.flash.pyocd;
    this.#about = { version: tool.version, needed, probe: probeText(probe), board: board.title, target };
    // Last of all: it must not keep the chip from being asked.
    this.#voltage = [voltageCommand(probe.kind)].filter((command) => command !== undefined);
    // Without `-W` it waits for ever for a probe.
    this.#connection = [
      '-W',
      '--no-config',
      ...(probe.remote ? ['-u', `remote:127.0.0.1:${probe.remote.pyocdPort}`] : ['-u', probe.serial]),
      ...['-t', target],
    ];
  }

  /**
   * Erases everything to unlock; only after the operator has confirmed it. By pyOCD's own way while it connects: its command `unlock` needs a
   * core, which a locked chip does not show. Whether it worked is seen by `identify`.
   */
  async unlock(): Promise<void> {
    await this.#context.onState('partial', 0);
    await this.#commander(['status'], { resume: true, unlock: true });
  }

  /** Reads the chip's id and the target's voltage, where the probe tells it, and lets the chip go on; nothing is changed. */
  async identify(): Promise<Identity> {
    this.#context.onProgress({ phase: 'identifying' });
    const { chipId } = this.#board.flash;
    const command = chipId ? `read32 ${addressText(chipId.address)} 4` : 'status';
    const run = await this.#commander([command, ...this.#voltage], { resume: true });
    const targetV = readVoltage(run.lines);
    refuseVoltage(this.#board, targetV);
    if (saysLocked(run.lines)) throw new Fault('flash.deviceLocked', { board: this.#board.title });
    if (!chipId) {
      if (run.code !== 0 && !onlyVoltageFailed(run.lines)) throw pyocdFault(run.lines, this.#about);
      return { chipId: null, targetV };
    }
    const found = readWord(run.lines, chipId.address);
    if (found === undefined) throw pyocdFault(run.lines, this.#about);
    refuseChip(this.#board, found);
    return { chipId: found, targetV };
  }

  /** Erases and programs; the core stays halted afterwards. That it went well is known only after `verify`. */
  async load({ program, erase, totalBytes }: FlashJob['plan']): Promise<void> {
    const files = await Promise.all(
      program.map(async ({ address, bytes }, index) => {
        const name = `segment-${index}.bin`;
        await writeFile(join(this.#context.scratch, name), bytes);
        return `${name}@${addressText(address)}`;
      }),
    );
    await this.#context.onState('partial', 0);
    const eraseBytes = erase.reduce((sum, { bytes }) => sum + bytes, 0);
    const phases = [
      { phase: 'erasing', totalBytes: eraseBytes, silenceS: erasingSilenceS },
      { phase: 'programming', totalBytes, silenceS },
    ] as const;
    const watch: { by?: Supervisor; limitS?: number } = {};
    const bars = new BarReader(({ bar, fraction }) => {
      const { phase, totalBytes: total, silenceS: limitS } = phases[Math.min(bar, 1)] ?? phases[1];
      if (fraction === 0) {
        watch.limitS = limitS;
        watch.by?.allow(limitS);
      }
      this.#context.onProgress({ phase, doneBytes: Math.floor(total * fraction), totalBytes: total });
    });
    // Without `auto_unlock=false` it erases a locked chip unasked.
    const options = ['-O', 'auto_unlock=false', '-O', 'resume_on_disconnect=false'];
    const args = ['load', ...this.#connection, ...options, '--no-reset', '--format', 'bin'];
    const run = await this.#run([...args, ...files], {
      onOut: (text) => bars.push(text),
      onWatched: (supervisor) => {
        watch.by = supervisor;
        if (watch.limitS !== undefined) supervisor.allow(watch.limitS);
      },
    });
    if (run.code !== 0 || run.lines.some((line) => /^\d+ C /.test(line))) throw pyocdFault(run.lines, this.#about);
  }

  /** Reads everything back and compares it here, byte by byte. */
  async verify({ program, totalBytes }: FlashJob['plan']): Promise<number> {
    const chunks = chunksOf(program);
    const names = chunks.map((_, index) => `back-${index}.bin`);
    await Promise.all(names.map((name) => rm(join(this.#context.scratch, name), { force: true })));
    this.#context.onProgress({ phase: 'verifying', doneBytes: 0, totalBytes });
    const commands = chunks.map(
      ({ address, bytes }, index) => `savemem ${addressText(address)} ${bytes.length} ${names[index]}`,
    );
    const run = await this.#commander(commands, { resume: false });
    let confirmed = 0;
    for (const [index, { address, bytes }] of chunks.entries()) {
      const found = await readFile(join(this.#context.scratch, names[index] ?? '')).catch(() => new Uint8Array());
      if (found.length !== bytes.length) throw pyocdFault(run.lines, this.#about);
      const mismatch = firstDifference(this.#board, address, bytes, found);
      if (mismatch) throw mismatch;
      confirmed += bytes.length;
      await this.#context.onState(confirmed === totalBytes ? 'verified' : 'partial', confirmed);
      this.#context.onProgress({ phase: 'verifying', doneBytes: confirmed, totalBytes });
    }
    return confirmed;
  }

  async reset(): Promise<void> {
    this.#context.onProgress({ phase: 'resetting' });
    const run = await this.#commander(['reset'], { resume: true });
    if (run.code !== 0) throw pyocdFault(run.lines, this.#about);
  }

  #commander(
    commands: readonly string[],
    { resume, unlock = false }: { resume: boolean; unlock?: boolean },
  ): Promise<PyocdRun> {
    return this.#run([
      'commander',
      ...this.#connection,
      ...['-O', `auto_unlock=${unlock}`],
      ...['-O', `resume_on_disconnect=${resume}`, '-M', 'halt'],
      ...commands.flatMap((command) => ['-c', command]),
    ]);
  }

  #run(args: readonly string[], events?: RunEvents): Promise<PyocdRun> {
    return runPyocd(this.#tool.path, args, this.#about.probe, this.#context, this.#start, events);
  }
}

function lacksBoard(tool: FoundTool, board: FlashJob['board']): Fault {
  return new Fault('flash.toolLacksBoard', { tool: 'pyOCD', version: tool.version, board: board.title });
}
