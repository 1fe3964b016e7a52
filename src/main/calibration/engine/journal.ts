import { open, readFile } from 'node:fs/promises';
import { storeFault } from '../../store/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { calibrationEventSchema } from './state.ts';
import type { CalibrationEvent } from './state.ts';

/** Where the events of one procedure are written down before they count. */
export interface CalibrationJournal {
  readonly path: string;
  /** Resolves when the event is on the disk. @throws Fault of area `store`. */
  append(event: CalibrationEvent, at: string): Promise<void>;
  close(): Promise<void>;
}

/** Version of the records; a reader refuses a newer one. */
export const calibrationJournalFormat = 1;

/** Opens a journal for appending; a new one where there is none. Bytes after the last line end are a cut and are taken off. */
export async function openCalibrationJournal(path: string): Promise<CalibrationJournal> {
  try {
    const handle = await open(path, 'a+');
    const content = await handle.readFile();
    await handle.truncate(content.lastIndexOf(0x0a) + 1);
    return {
      path,
      async append(event, at) {
        try {
          await handle.appendFile(`${JSON.stringify({ at, event })}\n`);
          await handle.datasync();
        } catch (error) {
          throw storeFault(error, path);
        }
      },
      close: () => handle.close(),
    };
  } catch (error) {
    throw storeFault(error, path);
  }
}

/**
 * Reads a journal's events. An incomplete last line is a cut and is left out.
 * @throws Fault `store.notFound`, `store.newerVersion`, `store.damaged`.
 */
export async function readCalibrationJournal(path: string): Promise<CalibrationEvent[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw storeFault(error, path);
  }
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const value = parseLine(line);
    const format = (value as { event?: { format?: unknown } } | undefined)?.event?.format;
    if (typeof format === 'number' && format > calibrationJournalFormat)
      throw new Fault('store.newerVersion', {
        path,
        format: String(format),
        supported: String(calibrationJournalFormat),
      });
    const event = calibrationEventSchema.safeParse((value as { event?: unknown } | undefined)?.event);
    if (!event.success) throw new Fault('store.damaged', { path, line: index + 1, reason: 'unknownRecord' });
    return event.data;
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
