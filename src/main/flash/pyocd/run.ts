import { Fault } from '../../../shared/fault/index.ts';
import { LineCutter, RecentLines, Supervisor } from '../process/index.ts';
import type { StartTool } from '../process/index.ts';
import type { FlashContext } from '../types.ts';

/** Python reads hundreds of files before it says a word: longer than the silence of a probe that hangs. */
export const pyocdStartS = 30;

export interface PyocdRun {
  lines: string[];
  /** Exit code; proves nothing when it is 0. */
  code: number | null;
}

export interface RunEvents {
  /** Standard output as it comes, bars and all. */
  onOut?: (text: string) => void;
  /** Who watches it, for a step that is allowed more silence than another. */
  onWatched?: (supervisor: Supervisor) => void;
}

/**
 * Runs one command of pyOCD to its end, in the scratch folder.
 * @throws Fault `flash.toolNotStarted`, `flash.toolEnded`, `flash.probeStalled`, or the signal's reason.
 */
export async function runPyocd(
  path: string,
  args: readonly string[],
  probe: string,
  context: FlashContext,
  start: StartTool,
  { onOut, onWatched }: RunEvents = {},
): Promise<PyocdRun> {
  const recent = new RecentLines();
  // What it prints before anybody watches is heard all the same.
  const watch: { by: Supervisor | undefined } = { by: undefined };
  const hear = (line: string): void => {
    context.onLog(line);
    recent.push(line);
  };
  const out = new LineCutter(hear);
  const err = new LineCutter(hear);
  context.onLog(`> pyocd ${args.join(' ')}`);
  const process = await start(
    {
      tool: 'pyOCD',
      path,
      args,
      cwd: context.scratch,
      env: { PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8', PYOCD_COLOR: 'never' },
    },
    {
      onOut: (text) => {
        watch.by?.heard();
        onOut?.(text);
        out.push(text);
      },
      onErr: (text) => {
        watch.by?.heard();
        err.push(text);
      },
    },
    context.signal,
  );
  const { clock, signal } = context;
  const supervisor = new Supervisor(process, { tool: 'pyOCD', probe, clock, signal });
  watch.by = supervisor;
  try {
    const ending = supervisor.during(process.ended, pyocdStartS);
    onWatched?.(supervisor);
    const end = await ending;
    out.end();
    err.end();
    const lines = recent.all();
    // By a signal that is not ours: ours ends in what `during` throws.
    if (end.signal !== null)
      throw new Fault('flash.toolEnded', {
        tool: 'pyOCD',
        said: lines.findLast((line) => line.trim() !== '') ?? end.signal,
      });
    return { lines, code: end.code };
  } finally {
    await supervisor.stop();
  }
}
