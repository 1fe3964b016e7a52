import type { Clock } from '../../../shared/clock/index.ts';
import { Fault, isFault } from '../../../shared/fault/index.ts';
import type { ProgramWorld } from './find-program.ts';
import type { StartTool, ToolCommand } from './start-tool.ts';
import { Supervisor } from './supervisor.ts';

/** A cold Python on a busy computer takes a while to say its version. */
const versionS = 30;
/** A program that only has to say its version and talks for ever is another one. */
const most = 16 * 1024;

/**
 * What a tool prints when it is asked for its version, on both streams.
 * @throws Fault `flash.toolNotStarted`, `flash.toolEnded` (it was ended before it said a version), or the signal's reason.
 */
export async function askVersion(
  command: Omit<ToolCommand, 'cwd'>,
  world: { start: StartTool; clock: Clock; signal: AbortSignal; programs: ProgramWorld },
): Promise<string> {
  const { start, clock, signal, programs } = world;
  let said = '';
  const hear = (text: string): void => {
    said = (said + text).slice(0, most);
  };
  const cwd = programs.platform === 'win32' ? (programs.env['SystemRoot'] ?? 'C:\\') : '/';
  const process = await start({ ...command, cwd }, { onOut: hear, onErr: hear }, signal);
  const supervisor = new Supervisor(process, { tool: command.tool, probe: '', clock, signal });
  try {
    const { code, signal: endedBy } = await supervisor.during(process.ended, versionS);
    // What a killed program said is no version, and no sign of an old one. Windows knows no signals: there it ends in a code, without a word.
    if (endedBy !== null || (code !== 0 && said.trim() === ''))
      throw new Fault('flash.toolEnded', { tool: command.tool, said: endedBy ?? `exit ${code}` });
  } catch (error) {
    if (!isFault(error, 'flash.probeStalled')) throw error;
    throw new Fault('flash.toolNotStarted', { tool: command.tool, reason: `${versionS} s` }, { cause: error });
  } finally {
    await supervisor.stop();
  }
  return said;
}
