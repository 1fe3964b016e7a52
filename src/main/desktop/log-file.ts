import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { HostLog } from '../api/host-api.ts';

/** A log beyond this many bytes is put aside at the next start; one older log is kept. */
const largestBytes = 5_000_000;

/** The desktop's log: one JSON line an event, in `desktop.log` of the log folder. Called before Electron is ready. */
export function openLogFile(folder: string): HostLog {
  const file = join(folder, 'desktop.log');
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
