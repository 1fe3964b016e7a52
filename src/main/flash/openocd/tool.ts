import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlashState } from '../../../shared/domain/flash.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { createText } from '../../../shared/text/index.ts';
import { askVersion, findProgram } from '../process/index.ts';
import type { ProgramWorld } from '../process/index.ts';

import { compareVersions, probeIsGone, probeText } from '../tools.ts';
import type { FlashContext, FlashJob, FlashOutcome, FlashTool, FoundTool } from '../types.ts';
import { openocdConfig, openocdKnows, openocdTarget } from './config.ts';
import { OpenocdSession, SaidAndEnded } from './session.ts';
import type { SessionWorld } from './session.ts';
import { OpenocdSteps, unlockCommand } from './steps.ts';
import { openocdVersion } from './version.ts';
import { openocdFault } from './words.ts';

export interface OpenocdWorld extends SessionWorld {
  programs: ProgramWorld;
  clock: FlashContext['clock'];
  /** Language of refusals. */
  locale?: string;
}

const needed = '0.12.0';

/** OpenOCD, driven by its Tcl server in pieces. */
export function openocdTool(world: OpenocdWorld): FlashTool {
  return new Openocd(world);
}

type Part = Pick<FlashJob, 'board' | 'probe'>;

class Openocd implements FlashTool {
  readonly id = 'openocd';
  readonly #world: OpenocdWorld;

  constructor(world: OpenocdWorld) {
    this.#world = world;
  }

  async find(configuredPath: string | undefined, signal: AbortSignal): Promise<FoundTool> {
    const { programs, clock, start } = this.#world;
    const configured = configuredPath ?? programs.env['JOULEBENCH_OPENOCD'];
    const path = await findProgram('openocd', configured, programs);
    if (path === undefined) throw new Fault('flash.toolMissing', { tool: 'OpenOCD', program: configured ?? 'openocd' });
    const said = await askVersion({ tool: 'OpenOCD', path, args: ['--version'] }, { clock, start, signal, programs });
    const version = openocdVersion(said);
    if (!version || compareVersions(version.text, needed) < 0)
      throw new Fault('flash.toolTooOld', { tool: 'OpenOCD', found: version?.text ?? said.slice(0, 80), needed });
    return { id: 'openocd', path, version: version.text };
  }

  refusal(tool: FoundTool, board: FlashJob['board']): { reason: string; remedy: string } | undefined {
    const entry = openocdTarget(tool.version, board);
    if (entry.target) return undefined;
    const words = createText(this.#world.locale).fault(lacksBoard(tool, board));
    return { reason: words.what, remedy: entry.remedy ?? words.remedies.join(' ') };
  }

  async flash(tool: FoundTool, job: FlashJob, context: FlashContext): Promise<FlashOutcome> {
    const { plan } = job;
    const { target } = this.#check(tool, job);
    const unlocking = job.unlock ? unlockCommand(target) : undefined;
    if (job.unlock && unlocking === undefined)
      throw new Fault('flash.toolLacksUnlock', { tool: 'OpenOCD', board: job.board.title });
    const touched: { state: FlashState; confirmed: number } = { state: 'untouched', confirmed: 0 };
    const onState: FlashContext['onState'] = async (state, confirmed) => {
      touched.state = state;
      touched.confirmed = confirmed;
      await context.onState(state, confirmed);
    };
    try {
      return await this.#within(tool, job, { ...context, onState }, async (steps) => {
        const identity = await steps.identify({ unlocking });
        if (plan.erase.length > 0 || plan.program.length > 0) await steps.erase(plan.erase);
        await steps.program(plan.program, plan.totalBytes);
        const confirmedBytes = await steps.verify(plan.program, plan.totalBytes);
        await steps.run();
        context.onProgress({ phase: 'done' });
        return { state: touched.state, ...identity, confirmedBytes };
      });
    } catch (error) {
      if (touched.state === 'partial' && !context.signal.aborted && probeIsGone(error))
        await context.onState('unknown', touched.confirmed);
      throw error;
    }
  }

  async recover(tool: FoundTool, job: Part, context: FlashContext): Promise<void> {
    this.#check(tool, job);
    await this.#within(tool, job, context, async (steps) => {
      await steps.identify({ unlocking: undefined });
      await steps.run();
    });
  }

  #check(tool: FoundTool, { board, probe }: Part): { target: string; probe: string } {
    const { target } = openocdTarget(tool.version, board);
    if (target === undefined) throw lacksBoard(tool, board);
    if (!openocdKnows(probe.kind))
      throw new Fault('flash.toolLacksProbe', { tool: 'OpenOCD', probe: probeText(probe) });
    return { target, probe: probeText(probe) };
  }

  /** Opens OpenOCD for `work` and ends it in any case: halted when the operator stopped it. */
  async #within<T>(
    tool: FoundTool,
    job: Part,
    context: FlashContext,
    work: (steps: OpenocdSteps) => Promise<T>,
  ): Promise<T> {
    const { target, probe } = this.#check(tool, job);
    const about = { probe, board: job.board.title, target, minTargetV: job.board.flash.minTargetV };
    try {
      context.onProgress({ phase: 'connecting' });
      const config = 'openocd.cfg';
      await writeFile(join(context.scratch, config), openocdConfig(tool.version, job.board, job.probe, target));
      const session = await OpenocdSession.open(tool.path, config, probe, context, this.#world);
      try {
        return await work(new OpenocdSteps(session, job, context, about));
      } finally {
        await session.close({ halt: context.signal.aborted });
      }
    } catch (error) {
      if (context.signal.aborted) throw context.signal.reason;
      if (!(error instanceof SaidAndEnded)) throw error;
      const fault = openocdFault(error.lines, { ...about, address: '' });
      if (fault.code !== 'flash.toolFailed') throw fault;
      throw new Fault(
        'flash.toolEnded',
        { tool: 'OpenOCD', said: error.lines.findLast((line) => line.trim() !== '') ?? '' },
        { cause: error },
      );
    }
  }
}

function lacksBoard(tool: FoundTool, board: FlashJob['board']): Fault {
  return new Fault('flash.toolLacksBoard', { tool: 'OpenOCD', version: tool.version, board: board.title });
}
