import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DutClient, parseReplyLine } from '../../../src/main/dut/index.ts';
import type { MessageKind } from '../../../src/main/dut/index.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import type { InferReport } from '../../../src/shared/domain/dut.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { ManualClock } from '../../support/manual-clock.ts';

if (noDataReason) console.warn(`skipped: ${noDataReason}`);

interface LogLine {
  atS: number;
  /** `dut`, `io`, `parser`, ... */
  source: string;
  text: string;
}

interface Transaction {
  command: string;
  sentS: number;
  lines: LogLine[];
}

/** Lines of an EnergyRunner log; what has no time of its own continues the line before and is left out. */
function readLog(file: string): LogLine[] {
  return readFileSync(file, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const found = /^(\d+\.\d{3}) (\w+): (.*)$/.exec(line.replaceAll('\r', ''));
      return found ? [{ atS: Number(found[1]), source: found[2] as string, text: found[3] as string }] : [];
    });
}

/** What the DUT said to each `infer` that it was given directly. */
function inferences(log: readonly LogLine[]): Transaction[] {
  const found: Transaction[] = [];
  let open: Transaction | undefined;
  for (const line of log) {
    const sent = line.source === 'parser' ? /^Command "dut (infer \d+ \d+)"/.exec(line.text) : null;
    if (sent) open = { command: sent[1] as string, sentS: line.atS, lines: [] };
    else if (open && line.source === 'dut') {
      open.lines.push(line);
      if (!line.text.endsWith('m-ready')) continue;
      found.push(open);
      open = undefined;
    }
  }
  return found;
}

/** Plays recorded replies to a client of ours, at the recorded times, and returns what it made of them. */
async function replay(transactions: readonly Transaction[]): Promise<InferReport[]> {
  const clock = new ManualClock(transactions[0]?.sentS ?? 0);
  const [host, far] = createPipe({ labels: ['recorded DUT', 'host'] });
  const client = new DutClient({ stream: host, clock });
  const say = (text: string): void => void far.write(Buffer.from(`${text}\r\n`, 'latin1'));
  let current: Transaction | undefined;
  far.onData((chunk) => {
    const command = Buffer.from(chunk).toString();
    if (command === 'name%') say('m-name-dut-[recorded]');
    if (command === 'profile%') say('m-profile-[recorded]\r\nm-model-[kws01]');
    if (!command.startsWith('infer')) {
      say('m-ready');
      return;
    }
    const startS = clock.nowS();
    for (const { atS, text } of current?.lines ?? []) {
      clock.setTimer(atS - (current?.sentS ?? 0) - (clock.nowS() - startS), () => say(text));
    }
  });
  await clock.until(client.identify());
  const reports: InferReport[] = [];
  for (const transaction of transactions) {
    current = transaction;
    const [, iterations, warmups] = transaction.command.split(' ').map(Number);
    reports.push(await clock.until(client.infer(iterations ?? 0, warmups ?? 0, { deadlineS: 1e6 })));
  }
  await client.close();
  return reports;
}

function logFiles(): string[] {
  const folder = dataPath('submissions');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /log\.txt$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

interface Expected {
  runs: {
    folder: string;
    round: string;
    mode: string;
    runner: string;
    recomputed?: { windows?: { inferences: number; runtime_s: number; host_runtime_s: number }[] };
  }[];
}

describe.skipIf(noDataReason)('published logs', () => {
  const files = noDataReason ? [] : logFiles();
  const withDut = files.filter((file) => /^\d+\.\d{3} (dut: |io: \[dut\]: )/m.test(readFileSync(file, 'latin1')));

  it('are there', () => {
    expect(withDut.length).toBeGreaterThanOrEqual(40);
  });

  it.each(withDut.map((file) => relative(dataPath('submissions'), file)))('%s', async (name) => {
    const log = readLog(dataPath('submissions', name));
    const kinds = new Map<MessageKind | 'ready', number>();
    for (const line of log.filter(
      ({ source, text }) => source === 'dut' || (source === 'io' && text.startsWith('[dut]: ')),
    )) {
      const reply = parseReplyLine(line.text);
      expect(reply.relayed).toBe(line.source === 'io');
      for (const { kind } of reply.messages) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (reply.ready) kinds.set('ready', (kinds.get('ready') ?? 0) + 1);
    }
    // Every inference that began also ended; nothing the DUT said stopped it from being found.
    expect(kinds.get('inferStart')).toBeGreaterThan(0);
    expect(kinds.get('inferDone')).toBe(kinds.get('inferStart'));
    expect(kinds.get('ready')).toBeGreaterThanOrEqual(kinds.get('inferDone') ?? 0);

    const transactions = inferences(log);
    if (transactions.length === 0) return;
    expect(transactions).toHaveLength(kinds.get('inferStart') ?? 0);
    const reports = await replay(transactions);
    for (const [index, report] of reports.entries()) {
      expect(report.stampCount, transactions[index]?.command).toBe(2);
      expect(report.dutElapsedS).not.toBeNull();
      expect(report.results?.length).toBeGreaterThan(0);
    }
  });

  it('of performance runs give the published windows', async () => {
    const expected = JSON.parse(readFileSync(dataPath('submissions', 'expected.json'), 'utf8')) as Expected;
    let windows = 0;
    for (const run of expected.runs.filter(({ runner, mode }) => runner === 'eembc' && mode === 'performance')) {
      const file = withDut.find((path) => path.startsWith(dataPath('submissions', run.round, run.folder)));
      const known = run.recomputed?.windows ?? [];
      if (!file || known.length === 0) continue;
      const reports = await replay(inferences(readLog(file)));
      expect(reports).toHaveLength(known.length);
      for (const [index, window] of known.entries()) {
        const report = reports[index];
        expect(report?.iterations).toBe(window.inferences);
        expect(report?.dutElapsedS, `${run.folder} window ${index}`).toBeCloseTo(window.runtime_s, 6);
        // The log has milliseconds.
        expect((report?.hostEndS ?? 0) - (report?.hostStartS ?? 0)).toBeCloseTo(window.host_runtime_s, 3);
        windows += 1;
      }
    }
    expect(windows).toBeGreaterThan(50);
  });
});
