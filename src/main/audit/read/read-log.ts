import { EembcLogReader } from './eembc-log.ts';
import { linesOf } from './lines.ts';
import type { TextLine } from './lines.ts';
import { MlcLogReader } from './mlc-log.ts';
import { emptyLog } from './run-log.ts';
import type { RunLog } from './run-log.ts';

/** Lines by which the runner is told; the first ones of a log may be any text. */
const decidingLines = 200;

/** Reads the log of either runner; which one wrote it is told from its lines. A text of neither gives a log without runner. */
export async function readLog(pieces: AsyncIterable<Uint8Array>): Promise<RunLog> {
  let reader: EembcLogReader | MlcLogReader | undefined;
  let waiting: TextLine[] = [];
  let lines = 0;
  for await (const batch of linesOf(pieces)) {
    for (const line of batch) {
      lines = line.number;
      if (reader) reader.push(line);
      else {
        waiting.push(line);
        reader = readerFor(line.text);
        if (!reader && waiting.length < decidingLines) continue;
        reader ??= new MlcLogReader();
        for (const earlier of waiting) reader.push(earlier);
        waiting = [];
      }
    }
  }
  if (!reader) return { ...emptyLog(), lines };
  const { log } = reader;
  const said = log.sessions.length > 0 || log.infers.length > 0 || log.name !== null || log.model !== null;
  return said || log.runner === 'eembc' ? log : { ...log, runner: null };
}

function readerFor(line: string): EembcLogReader | MlcLogReader | undefined {
  if (
    /^\d{1,12}\.\d{3} (?:session|parser|sequencer|dut|io|emon|ulp-ml|ulp-mlperf): /.test(line) &&
    !/^\d{4}\.\d{6} /.test(line)
  )
    return new EembcLogReader();
  if (/^(?:Logging initialized\.|Initializing SerialDevice|\d{4}\.\d{6} ulp-mlperf: |Device name retrieved)/.test(line))
    return new MlcLogReader();
  return undefined;
}
