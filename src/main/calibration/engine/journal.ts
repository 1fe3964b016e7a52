import { openEventFile, readEventFile } from '../../store/index.ts';
import type { EventFile } from '../../store/index.ts';
import { calibrationEventSchema } from './state.ts';
import type { CalibrationEvent } from './state.ts';

/** Where the events of one procedure are written down before they count. */
export type CalibrationJournal = EventFile<CalibrationEvent>;

/** Version of the records; a reader refuses a newer one. */
export const calibrationJournalFormat = 1;

/** Opens a journal for appending; a new one where there is none. */
export function openCalibrationJournal(path: string): Promise<CalibrationJournal> {
  return openEventFile<CalibrationEvent>(path);
}

/**
 * Reads a journal's events.
 * @throws Fault `store.notFound`, `store.newerVersion`, `store.damaged`.
 */
export async function readCalibrationJournal(path: string): Promise<CalibrationEvent[]> {
  const events = await readEventFile(path, calibrationEventSchema, calibrationJournalFormat);
  return events.map(({ event }) => event);
}
