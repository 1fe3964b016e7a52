import { mostNameCharacters } from './run-log.ts';

/** What a command of the older runner's script or log asks for. */
export type RunnerCommand =
  | { kind: 'load'; file: string; offsetBytes: number }
  | { kind: 'infer'; inferences: number; warmups: number }
  | { kind: 'timestamp' }
  | { kind: 'voltage'; millivolts: number }
  | { kind: 'other' };

const load = /^bload(?:p| \S{1,64}) "([^"]{1,1000})"(?: (\d{1,12}))?/;
const infer = /^(?:io )?dut infer (\d{1,15})(?: (\d{1,15}))?$/;
const voltage = /^emon voltage (\d{1,6})$/;

/** Reads one command as it stands in `script.async` and in the log: `bload dut "C:\...\x.bin" 512 2560`, `io dut infer 100 1`. */
export function commandOf(text: string): RunnerCommand {
  const command = text.trim();
  const loaded = load.exec(command);
  if (loaded) return { kind: 'load', file: baseName(loaded[1] as string), offsetBytes: Number(loaded[2] ?? 0) };
  const inferred = infer.exec(command);
  // Without a second number the DUT warms up ten times (DUT protocol, section 2.1).
  if (inferred) return { kind: 'infer', inferences: Number(inferred[1]), warmups: Number(inferred[2] ?? 10) };
  if (/^(?:io )?dut timestamp$/.test(command)) return { kind: 'timestamp' };
  const set = voltage.exec(command);
  return set ? { kind: 'voltage', millivolts: Number(set[1]) } : { kind: 'other' };
}

/** The last part of a path of any system. */
function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).slice(0, mostNameCharacters);
}
