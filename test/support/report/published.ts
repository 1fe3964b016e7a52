/** A small reader of published result files, used on theirs and on ours alike. */

export interface LogEntry {
  atS: number;
  channel: string;
  text: string;
}

/** Entries of a `log.txt`; a line without prefix belongs to the entry before it. */
export function readLog(text: string): LogEntry[] {
  const entries: LogEntry[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = /^(\d{5,})\.(\d{3}) ([a-z-]+): (.*)$/.exec(line);
    if (match) entries.push({ atS: Number(`${match[1]}.${match[2]}`), channel: match[3] ?? '', text: match[4] ?? '' });
    else if (entries.length > 0 && line !== '') (entries.at(-1) as LogEntry).text += `\n${line}`;
  }
  return entries;
}

export interface LogRun {
  started: boolean;
  stopped: boolean;
  model: string | undefined;
  loads: { file: string; bytes: number; seconds: number }[];
  infers: { iterations: number; warmups: number; laps: number[]; results: number[] | undefined }[];
  stampsUs: number[];
  steps: { index: number; command: string; ms: number; acc: number; totalMs: number }[];
}

/** What a reader of a log takes from it: the same rules for published files and for ours. */
export function readRun(entries: LogEntry[]): LogRun {
  const run: LogRun = {
    started: false,
    stopped: false,
    model: undefined,
    loads: [],
    infers: [],
    stampsUs: [],
    steps: [],
  };
  for (const entry of entries) {
    // Behind the relay the DUT's lines arrive among those of the IO manager.
    const relayed = entry.channel === 'io' && entry.text.startsWith('[dut]: ');
    const { channel, text } = relayed ? { channel: 'dut', text: entry.text.slice(7) } : entry;
    if (channel === 'session' && text.startsWith('m-session-start-id[')) run.started = true;
    if (channel === 'session' && text.startsWith('m-session-stop-id[')) run.stopped = true;
    const step =
      /^m-sequencing-i\[(\d+)\]-command\[(.*)\]-ack\[\/.*\/\]-ms\[(-?\d+)\]-acc\[(-?\d+)\]-total_ms\[(\d+)\]/.exec(
        text,
      );
    if (channel === 'sequencer' && step) {
      run.steps.push({
        index: Number(step[1]),
        command: step[2] ?? '',
        ms: Number(step[3]),
        acc: Number(step[4]),
        totalMs: Number(step[5]),
      });
    }
    if (channel === 'parser') {
      const load = /^Command "(?:bload dut|bloadp) "(.*)"(?: \d+ \d+)?"$/.exec(text);
      if (load) run.loads.push({ file: (load[1] ?? '').split(/[\\/]/).at(-1) ?? '', bytes: NaN, seconds: NaN });
      const last = run.loads.at(-1);
      const bytes = /^Sending (\d+) bytes$/.exec(text);
      if (bytes && last) last.bytes = Number(bytes[1]);
      const took = /^Binary load took ([\d.]+) sec, or [\d.]+ k[Bb]\/sec$/.exec(text);
      if (took && last) last.seconds = Number(took[1]);
      const command = /^Command "(?:io )?dut infer (\d+) (\d+)"$/.exec(text);
      if (command)
        run.infers.push({ iterations: Number(command[1]), warmups: Number(command[2]), laps: [], results: undefined });
    }
    if (channel !== 'dut') continue;
    const model = /^m-model-\[(.*)\]$/.exec(text);
    if (model) run.model ??= model[1];
    const lap = /^m-lap-us-(\d+)$/.exec(text);
    if (lap) {
      run.stampsUs.push(Number(lap[1]));
      run.infers.at(-1)?.laps.push(Number(lap[1]));
    }
    const results = /^m-results-\[(.*)\]$/.exec(text);
    const infer = run.infers.at(-1);
    if (results && infer) infer.results = (results[1] ?? '').split(',').map(Number);
  }
  return run;
}

/** Windows by the published rule: edge 0 is the single timestamp, the k-th infer lies between edges 2k-1 and 2k. */
export function windowsOf(run: LogRun): { window: number; inferences: number; seconds: number }[] {
  return run.infers.flatMap((infer, k) => {
    const [start, end] = [run.stampsUs[2 * k + 1], run.stampsUs[2 * k + 2]];
    return start === undefined || end === undefined
      ? []
      : [{ window: 2 * (k + 1), inferences: infer.iterations, seconds: (end - start) / 1e6 }];
  });
}

/** The patterns of the official tools (results and submission, section 10); of several matches the last counts. */
export const officialPatterns = {
  throughput: /^.+ Median throughput is +([\d.]+) inf\.\/sec\./gm,
  top1: /^.+ Top[ -]1%? ?[:=] ([\d.]+)/gm,
  auc: /^.+ AUC ?[:=] ([\d.]+)/gm,
  energy: /Median energy cost is ([\d.]+) uJ\/inf/g,
} as const;

export function officialValue(results: string, pattern: keyof typeof officialPatterns): number | undefined {
  const last = [...results.matchAll(officialPatterns[pattern])].at(-1);
  return last ? Number(last[1]) : undefined;
}

export interface ScriptStepRead {
  cmd: string;
  ms: number | undefined;
  ack: string | undefined;
}

/** Steps of a `script.async`, read as text and never run as code. */
export function readScript(text: string): ScriptStepRead[] {
  const body = text.replace(/\/\* .*? \*\//g, '').trim();
  if (!body.startsWith('[') || !body.endsWith(']')) throw new Error('no array literal');
  return [...body.matchAll(/\{\s*cmd: '((?:[^'\\]|\\.)*)'((?:,\s*(?:ms: -?\d+|ack: \/.*?\/))*)\s*\}/g)].map((match) => {
    const ms = /ms: (-?\d+)/.exec(match[2] ?? '')?.[1];
    return {
      cmd: (match[1] ?? '').replace(/\\(.)/g, '$1'),
      ms: ms === undefined ? undefined : Number(ms),
      ack: /ack: \/(.*?)\/(?=[,\s]|$)/.exec(match[2] ?? '')?.[1],
    };
  });
}
