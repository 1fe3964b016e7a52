import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifySession } from '../../../src/main/archive/index.ts';
import { formatEntry } from '../../../src/main/store/journal/entry.ts';
import { chainStart, readManifest, readSession, sealSession } from '../../../src/main/store/index.ts';
import type { JournalRecord } from '../../../src/shared/domain/journal.ts';
import { appIdentity } from '../../../src/main/version.ts';
import { kept, keptTrace, openLab, resume, start } from './bench.ts';
import type { KeptTrace } from './bench.ts';

const { version } = appIdentity();
let folder = '';
let first: KeptTrace;
let firstBytes: Buffer;
const traceOf = (name: string): string => join(folder, 'runs', 'r1-demo01-energy', name);

const keysOf = async (): Promise<string[]> =>
  (await verifySession(folder, version)).problems.filter((problem) => !problem.remark).map((problem) => problem.key);

/** Changes a file while something is tried. */
async function changed<T>(path: string, change: (bytes: Buffer) => Buffer, work: () => Promise<T>): Promise<T> {
  const before = await readFile(path);
  await writeFile(path, change(Buffer.from(before)));
  try {
    return await work();
  } finally {
    await writeFile(path, before);
  }
}

beforeAll(async () => {
  const lab = await openLab();
  const { operation } = await start(lab);
  ({ folder } = operation);
  // In the middle of the third window.
  lab.bench.clock.at(33e9, () => operation.cancel());
  const result = await operation.done;
  expect([result.status, result.fault]).toEqual(['cancelled', undefined]);
  expect(lab.bench.monitor?.supplyOn).toBe(false);
  expect((await kept(folder)).windows).toEqual([1, 2]);
  first = await keptTrace(folder);
  firstBytes = await readFile(traceOf('trace.jbt'));
  const again = await (await resume(lab, folder)).operation.done;
  expect([again.status, again.fault]).toEqual(['completed', undefined]);
});

describe('an energy run that was cancelled in a window', () => {
  it('is measured anew on a second trace, and the first one stays as it was', async () => {
    const { windows, record, steps } = await kept(folder);
    expect(windows).toEqual([1, 2, 1, 2, 3, 4, 5]);
    expect(record.runs).toHaveLength(1);
    const [run] = record.runs;
    expect(run?.status).toBe('completed');
    expect(run?.judged?.figures.energy?.windows).toHaveLength(5);
    expect(run?.trace?.file).toMatch(/trace-2\.jbt$/);
    expect(run?.trace?.edgeCount).toBe(11);
    const files = steps.flatMap(({ outcome }) => (outcome?.kind === 'recording' ? [outcome.traceFile] : []));
    expect(files.filter((file) => file !== null).map((file) => file.split('/').at(-1))).toEqual([
      'trace.jbt',
      'trace-2.jbt',
    ]);
    expect(first.events.filter(({ kind }) => kind === 'edge')).toHaveLength(6);
    expect([first.closed, first.problems]).toEqual([true, 0]);
    expect(firstBytes.equals(await readFile(traceOf('trace.jbt')))).toBe(true);
    expect(await keysOf()).toEqual([]);
  });

  it.each(['trace.jbt', 'trace-2.jbt'])('does not hold when a byte of %s was changed', async (name) => {
    const found = await changed(
      traceOf(name),
      (bytes) => {
        const at = bytes.length >> 1;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        return bytes;
      },
      keysOf,
    );
    expect(found).toContain('fileChanged');
    expect(found.includes('traceDiffers') || found.includes('traceUnreadable')).toBe(name === 'trace-2.jbt');
  });

  it('does not hold when what the journal says about its trace was changed, chain and seal included', async () => {
    const { entries } = await readSession(folder);
    let hash = chainStart;
    const lines = entries.map(({ n, at, atS, record }) => {
      const entry = formatEntry({ n, at, atS, record: lessEnergy(record) }, hash);
      ({ hash } = entry);
      return `${entry.line}\n`;
    });
    const manifest = await readManifest(folder);
    if (!manifest) throw new Error('no manifest');
    const { sessionId, app, simulated, sealedAt } = manifest;
    const found = await changed(
      join(folder, 'journal.jsonl'),
      () => Buffer.from(lines.join('')),
      async () => {
        await sealSession(folder, { sessionId, app, simulated, sealedAt, journal: { entries: entries.length, hash } });
        return keysOf();
      },
    );
    expect(found).toContain('traceDiffers');
    expect(found.filter((key) => /^(journal|file)(Damaged|Cut|Differs|Changed)/.test(key))).toEqual([]);
  });
});

describe('an interrupted energy run', () => {
  it('is not gone on with by another monitor, and can be by its own', async () => {
    const lab = await openLab();
    const { operation } = await start(lab);
    lab.bench.clock.at(20e9, () => operation.cancel());
    await operation.done;
    lab.use({ monitor: { kind: 'lpm01a', seed: 2 } });
    const other = await (await resume(lab, operation.folder)).operation.done;
    expect([other.status, other.fault?.code]).toEqual(['failed', 'runner.differentMonitor']);
    expect(lab.bench.monitor?.supplyOn).toBe(false);
    expect(lab.bench.monitor?.commands.filter((command) => command.startsWith('pwr on'))).toEqual([]);
    lab.use({});
    expect((await (await resume(lab, operation.folder)).operation.done).status).toBe('completed');
    expect((await verifySession(operation.folder, version)).holds).toBe(true);
  });

  it('that is made again is the same to the bit', async () => {
    const traces: string[] = [];
    for (let times = 0; times < 2; times += 1) {
      const lab = await openLab();
      lab.use({ epochMs: 0 });
      const { record } = await (await start(lab)).operation.done;
      traces.push(record.runs[0]?.trace?.sha256 ?? `none ${String(times)}`);
    }
    expect(traces[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(traces[1]).toBe(traces[0]);
  });
});

function lessEnergy(record: JournalRecord): JournalRecord {
  if (record.type !== 'run.trace') return record;
  const windows = record.trace.windows.map((window) => ({
    ...window,
    official: { ...window.official, energyJ: window.official.energyJ * 0.99 },
  }));
  return { ...record, trace: { ...record.trace, windows } };
}
