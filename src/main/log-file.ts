import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { HostLog } from './api/host-api.ts';

/** A log beyond this many bytes is put aside at the next start; one older log is kept. */
const largestBytes = 5_000_000;

/**
 * The log of the desktop or of `joulebench serve`: one JSON line an event, in `desktop.log` or `serve.log` of the log folder. On the
 * desktop it is called before Electron is ready.
 */
export function openLogFile(folder: string, program: 'desktop' | 'serve'): HostLog {
  const file = join(folder, `${program}.log`);
  putAside(file);
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: file, mkdir: true, sync: true }),
  );
  return (level, event, facts = {}) => log[level](facts, event);
}

function putAside(file: string): void {
  try {
    if (statSync(file).size > largestBytes) renameSync(file, `${file}.1`);
  } catch {
    // There is no log yet, or it is held by another program: the lines are added to what is there.
  }
}
