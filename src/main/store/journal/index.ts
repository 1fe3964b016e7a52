export { chainStart } from './entry.ts';
export { readJournal } from './read.ts';
export type { JournalContent } from './read.ts';
export { createJournalWriter, openJournalFile } from './writer.ts';
export type { JournalFile, JournalWriter } from './writer.ts';
