import { open, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault } from './store-fault.ts';

/** A file of events, one JSON object a line, `{"at": ..., "event": {...}}`, to which is only ever appended. */
export interface EventFile<E> {
  readonly path: string;
  /** Resolves when the event is on the disk. @throws Fault of area `store`. */
  append(event: E, at: string): Promise<void>;
  close(): Promise<void>;
}

/** An event with the time at which it was written. */
export interface DatedEvent<E> {
  at: string;
  event: E;
}

/** Opens a file of events for appending; a new one where there is none. Bytes after the last line end are a cut and are taken off. */
export async function openEventFile<E>(path: string): Promise<EventFile<E>> {
  try {
    const handle = await open(path, 'a+');
    const content = await handle.readFile();
    let bytes = content.lastIndexOf(0x0a) + 1;
    await handle.truncate(bytes);
    return {
      path,
      async append(event, at) {
        const line = Buffer.from(`${JSON.stringify({ at, event })}\n`);
        try {
          await handle.appendFile(line);
          await handle.datasync();
          bytes += line.length;
        } catch (error) {
          // A line cut short would be read as damage once something follows it.
          await handle.truncate(bytes).catch(() => undefined);
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
 * Reads the events of a file. An incomplete last line is a cut and is left out.
 * @param format newest version that is understood; an event may say its own in a member `format`
 * @throws Fault `store.notFound`, `store.newerVersion`, `store.damaged`.
 */
export async function readEventFile<E>(path: string, schema: z.ZodType<E>, format: number): Promise<DatedEvent<E>[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw storeFault(error, path);
  }
  return parseEvents(text, path, schema, format);
}

/** The same from the text of a file; `path` is for the fault. */
export function parseEvents<E>(text: string, path: string, schema: z.ZodType<E>, format: number): DatedEvent<E>[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      const value = parseLine(line);
      const found = (value?.event as { format?: unknown } | null | undefined)?.format;
      if (typeof found === 'number' && found > format)
        throw new Fault('store.newerVersion', { path, format: String(found), supported: String(format) });
      const event = schema.safeParse(value?.event);
      if (!event.success || typeof value?.at !== 'string')
        throw new Fault('store.damaged', { path, line: index + 1, reason: 'unknownRecord' });
      return { at: value.at, event: event.data };
    });
}

function parseLine(line: string): { at?: unknown; event?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
