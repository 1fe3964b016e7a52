import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isoTime } from '../../shared/clock/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import type { FlashProgress, FlashRecord, FlashState, FlashToolId } from '../../shared/domain/flash.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Board } from '../bench/index.ts';
import { storeFault } from '../store/index.ts';
import { flashableBoard, planFlash } from './plan/index.ts';
import { flashWorkFolder, isUnfinished, readFlashState, writeFlashState } from './state-file.ts';
import { ToolLog } from './tool-log.ts';
import type { FlashContext, FlashImage, FlashJob, FlashOutcome, FlashTool, FoundTool, ProbeChoice } from './types.ts';

export interface FlashRequest {
  board: Board;
  image: FlashImage;
  probe: ProbeChoice;
  /** The one that was asked for; else the first that is there and knows the board. */
  tool?: FlashToolId | undefined;
  /** Where a tool is, when it is not on PATH. */
  toolPaths?: Partial<Record<FlashToolId, string>> | undefined;
  unlock?: boolean | undefined;
  /** The probe or the board is emulated. */
  simulated: boolean;
}

export interface FlashEnvironment {
  clock: Clock;
  tools: readonly FlashTool[];
  /** Where the truth about flashed boards is kept, by probe. */
  stateFolder: string;
  /** Where the tools' full logs are kept. */
  logFolder: string;
}

export interface FlashFollower {
  onProgress: (progress: FlashProgress) => void;
  onLog: (line: string) => void;
  /** Where the tool's full log was written; told when it ended in a fault as well. */
  onLogFile?: (path: string) => void;
}

export interface FlashDone {
  record: FlashRecord;
  /** The full log of the tool. */
  logPath: string;
}

/**
 * Flashes an image: chooses the tool, plans, recovers a board that was left in a loader, identifies, erases, programs, confirms every byte. The
 * truth about the flash is on the disk before each step that changes it, so that it is known after a crash at any moment. What an earlier
 * attempt left (written in part, or confirmed) stays true, and on the disk, until this one erases.
 * @throws Fault of area `flash`; the log is written then as well.
 */
export async function flashBoard(
  request: FlashRequest,
  environment: FlashEnvironment,
  follower: FlashFollower,
  signal: AbortSignal,
): Promise<FlashDone> {
  const { clock, stateFolder, logFolder } = environment;
  const board = flashableBoard(request.board);
  const plan = planFlash(request.image, board.flash);
  const startedAt = isoTime(clock);
  const log = new ToolLog(join(logFolder, `flash-${startedAt.replaceAll(/[:.]/g, '-')}-${request.board.id}.log`));
  const stateId = probeStateId(request.probe);
  const before = await readFlashState(stateFolder, stateId);
  const workFolder = flashWorkFolder(stateFolder, stateId);
  const scratch = await newScratch(workFolder);
  const write = (state: FlashState, confirmedBytes: number): Promise<void> =>
    writeFlashState(stateFolder, {
      format: 1,
      board: board.id,
      probeSerial: stateId,
      image: { name: request.image.name, sha256: request.image.sha256 },
      state,
      confirmedBytes,
      totalBytes: plan.totalBytes,
      updatedAt: isoTime(clock),
      logPath: log.path,
    });
  const context: FlashContext = {
    clock,
    signal,
    scratch,
    onProgress: follower.onProgress,
    onLog: (line) => {
      log.add(line);
      follower.onLog(line);
    },
    onState: write,
  };
  try {
    if (before === undefined || before.state === 'untouched') await write('untouched', 0);
    follower.onProgress({ phase: 'checkingTool' });
    const { tool, found } = await chooseTool(request, board, environment.tools, signal);
    const job: FlashJob = {
      board,
      plan,
      probe: request.probe,
      ...(request.unlock === undefined ? {} : { unlock: request.unlock }),
    };
    // Unlocking erases everything anyway, and a locked board could not be asked for its id before.
    if (before && isUnfinished(before) && !request.unlock)
      await tool.recover(found, { board, probe: request.probe }, context);
    const outcome = await tool.flash(found, job, context);
    await write(outcome.state, outcome.confirmedBytes);
    follower.onProgress({ phase: 'done' });
    const record = recordOf(request, found, outcome, plan.program, { startedAt, endedAt: isoTime(clock) });
    await log.close({ must: true });
    follower.onLogFile?.(log.path);
    return { record, logPath: log.path };
  } catch (error) {
    // A log that cannot be written must not hide why the flashing failed.
    const logPath = await log.close().catch(() => undefined);
    if (logPath !== undefined) follower.onLogFile?.(logPath);
    throw error;
  } finally {
    await remove(workFolder);
  }
}

/** A new folder in `parent`, whose old content goes; what a dying tool still holds (Windows) stays until the next time. */
async function newScratch(parent: string): Promise<string> {
  await remove(parent);
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, 'flash-'));
  } catch (error) {
    throw storeFault(error, parent);
  }
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

/** By what the state of the board behind a probe is kept: its serial; a virtual probe has none, and is known by its ports. */
function probeStateId({ serial, remote }: ProbeChoice): string {
  return serial === '' && remote ? `remote:${remote.stlinkPort}:${remote.pyocdPort}` : serial;
}

/** The tool that was asked for, or the first that is there and knows the board with its version. */
async function chooseTool(
  request: FlashRequest,
  board: FlashJob['board'],
  tools: readonly FlashTool[],
  signal: AbortSignal,
): Promise<{ tool: FlashTool; found: FoundTool }> {
  const wanted = request.tool === undefined ? tools : tools.filter(({ id }) => id === request.tool);
  let first: Fault | undefined;
  for (const tool of wanted) {
    try {
      const found = await tool.find(request.toolPaths?.[tool.id], signal);
      const refusal = tool.refusal(found, board);
      if (!refusal) return { tool, found };
      first ??= new Fault('flash.boardNotForTool', {
        board: board.title,
        tool: `${tool.id} ${found.version}`,
        reason: refusal.reason,
        remedy: refusal.remedy,
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      first ??= error;
    }
  }
  throw (
    first ??
    new Fault('flash.boardNotForTool', { board: board.title, tool: request.tool ?? '', reason: '-', remedy: '-' })
  );
}

function recordOf(
  { board, probe, image, simulated }: FlashRequest,
  tool: FoundTool,
  outcome: FlashOutcome,
  program: FlashJob['plan']['program'],
  times: { startedAt: string; endedAt: string },
): FlashRecord {
  const hash = createHash('sha256');
  for (const { bytes } of program) hash.update(bytes);
  return {
    board: board.id,
    probeSerial: probe.serial,
    tool: { id: tool.id, version: tool.version, path: tool.path },
    image: {
      name: image.name,
      format: image.format,
      sha256: image.sha256,
      bytes: image.segments.reduce((sum, { bytes }) => sum + bytes.length, 0),
    },
    confirmedSha256: outcome.state === 'verified' ? hash.digest('hex') : null,
    confirmedBytes: outcome.confirmedBytes,
    chipId: outcome.chipId,
    targetV: outcome.targetV,
    state: outcome.state,
    simulated: simulated || board.virtual,
    ...times,
  };
}
