import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock/index.ts';
import { journalFormat } from '../../shared/domain/journal.ts';
import { Fault } from '../../shared/fault/index.ts';
import { chainStart, createJournalWriter, openJournalFile, readJournal } from './journal/index.ts';
import type { JournalContent, JournalWriter } from './journal/index.ts';
import { storeFault } from './store-fault.ts';

export const journalName = 'journal.jsonl';

/** A session on disk that is being written. */
export interface OpenSession {
  sessionId: string;
  folder: string;
  journal: JournalWriter;
}

/**
 * The name of a session's folder: date and time in UTC, what was measured, a random part, and SIMULATED where it applies, so that it cannot
 * be taken for a measurement even in a file list. Only characters that every file system takes.
 */
export function sessionName(epochMs: number, subject: string, simulated: boolean, randomHex: string): string {
  const stamp = new Date(epochMs).toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');
  const safe = subject.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 40);
  return `${stamp}-${safe}-${randomHex.slice(0, 6)}${simulated ? '-SIMULATED' : ''}`;
}

/**
 * Makes the folder of a new session with an empty journal.
 * @throws Fault `store.notWritable`, `store.diskFull`, ...; nothing is left behind then.
 */
export async function createSession(root: string, sessionId: string, clock: Clock): Promise<OpenSession> {
  const folder = join(root, sessionId);
  try {
    await mkdir(root, { recursive: true });
    await mkdir(folder);
  } catch (error) {
    throw storeFault(error, folder);
  }
  const path = join(folder, journalName);
  try {
    const file = await openJournalFile(path);
    const journal = createJournalWriter(file, { clock, path, from: { entries: 0, hash: chainStart, bytes: 0 } });
    return { sessionId, folder, journal };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Reads the journal of a session folder.
 * @throws Fault `store.notASession`, `store.newerVersion`; damage is reported in the content, since what precedes it can be shown.
 */
export async function readSession(folder: string): Promise<JournalContent> {
  const path = join(folder, journalName);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const fault = storeFault(error, path);
    if (fault.code === 'store.notFound') throw new Fault('store.notASession', { path: folder });
    throw fault;
  }
  const content = readJournal(bytes);
  if (content.damage?.reason === 'newerFormat') {
    throw new Fault('store.newerVersion', { path, format: content.damage.detail, supported: String(journalFormat) });
  }
  return content;
}

/**
 * Opens a session again for appending; an entry that was cut short is dropped from the file first.
 * @throws Fault `store.damaged` when a record was changed: such a session is never continued.
 */
export async function reopenSession(folder: string, content: JournalContent, clock: Clock): Promise<OpenSession> {
  const path = join(folder, journalName);
  if (content.damage)
    throw new Fault('store.damaged', { path, line: content.damage.line, reason: content.damage.reason });
  const first = content.entries[0]?.record;
  if (first?.type !== 'session.opened') throw new Fault('store.notASession', { path: folder });
  const file = await openJournalFile(path);
  try {
    if (content.droppedBytes > 0) await file.truncate(content.goodBytes);
  } catch (error) {
    await file.close();
    throw storeFault(error, path);
  }
  const from = { entries: content.entries.length, hash: content.hash, bytes: content.goodBytes };
  return {
    sessionId: first.sessionId,
    folder,
    journal: createJournalWriter(file, { clock, path, from, fromS: content.entries.at(-1)?.atS ?? 0 }),
  };
}
