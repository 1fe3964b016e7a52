import { basename, dirname, join } from 'node:path';
import { stat } from 'node:fs/promises';
import { openCsv } from './csv.ts';
import { openEembc } from './eembc.ts';
import { openPpk2Session } from './ppk2-session.ts';
import { openResults } from './results.ts';
import { badFile, fileSource, readWhole } from './source.ts';
import type { ByteSource } from './source.ts';
import type { ImportedTrace, OpenTraceFileOptions, TraceFileFormat } from './types.ts';

/**
 * Opens a file with a trace; the format is found from its first bytes unless the options name it. Everything but the samples has been read
 * and checked when it resolves. @throws Fault `emon.badFile`, or the signal's reason.
 */
export async function openTraceFile(path: string, options: OpenTraceFileOptions = {}): Promise<ImportedTrace> {
  const source = await fileSource(path, options.signal);
  const format = options.format ?? (await detectFormat(source));
  switch (format) {
    case 'eembc': {
      const timestamps = await timestampsOf(path, options);
      return openEembc(source, timestamps === undefined ? undefined : await fileSource(timestamps), options);
    }
    case 'results':
      return openResults(source, options);
    case 'ppk2':
      return openPpk2Session(source, options);
    case 'csv':
      return openCsv(source, options);
  }
}

/** @throws Fault `emon.badFile` for bytes that belong to none of the formats. */
export async function detectFormat(source: ByteSource): Promise<TraceFileFormat> {
  const head = await readWhole(source, 0, Math.min(source.size, 4096));
  if (head[0] === 0xf1) return 'eembc';
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return 'ppk2';
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (wide) return 'csv';
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text.startsWith('[') || text.startsWith('{')) return 'results';
  if (text === '' || head.includes(0)) throw badFile(source.path, '', `${source.size} bytes of no known form`);
  return 'csv';
}

/** `trace1-timestamps.json` beside `trace1-energy.bin`, where it is. */
async function timestampsOf(path: string, options: OpenTraceFileOptions): Promise<string | undefined> {
  if (options.timestampsPath !== undefined) return options.timestampsPath ?? undefined;
  const beside = basename(path).replace(/-?energy\.bin$/i, '-timestamps.json');
  if (beside === basename(path)) return undefined;
  const candidate = join(dirname(path), beside);
  return stat(candidate).then(
    () => candidate,
    () => undefined,
  );
}
