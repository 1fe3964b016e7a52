import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { onlySession } from '../../support/cli.ts';
import { energyRequestSchema } from '../../../src/shared/domain/energy-request.ts';
import type { EnergyRequest } from '../../../src/shared/domain/energy-request.ts';
import type { Outcome, Step } from '../../../src/shared/domain/journal.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import type { Mode } from '../../../src/shared/domain/workload.ts';
import { createHost } from '../../../src/main/host.ts';
import type { Host, HostOptions, ResumeOptions, StartedRun, StartOptions } from '../../../src/main/host.ts';
import { asBench, openBench } from '../../../src/main/open-bench.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { foldSession } from '../../../src/main/session/index.ts';
import type { SessionRecord } from '../../../src/main/session/index.ts';
import { defaultFolders, readSession } from '../../../src/main/store/index.ts';
import { openTrace } from '../../../src/main/trace/index.ts';
import type { TraceEvent } from '../../../src/main/trace/index.ts';
import { appIdentity } from '../../../src/main/version.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware } from '../../../src/main/virtual/index.ts';
import type { VirtualBench, VirtualBenchOptions } from '../../../src/main/virtual/index.ts';

/** What a virtual bench of these tests is made with besides the model. */
export type BenchOptions = Partial<Omit<VirtualBenchOptions, 'image' | 'model' | 'firmware' | 'costTable'>>;

/** The product's services on virtual benches that fail on purpose. */
export interface EnergyLab {
  readonly host: Host;
  readonly home: string;
  /** The bench that was opened last. */
  readonly bench: VirtualBench;
  /** What the next bench is opened with. */
  use(options: BenchOptions): void;
}

/** Folders of this file's labs; a PPK2's traces are large. */
const homes: string[] = [];
afterAll(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

/** A slow DUT: few inferences fill a window, so that a run takes little time to compute. */
const cpuHz = 8e6;

export async function openLab(change: Partial<HostOptions> = {}): Promise<EnergyLab> {
  const home = mkdtempSync(join(tmpdir(), 'jb-energy-'));
  homes.push(home);
  let next: BenchOptions = {};
  let last: VirtualBench | undefined;
  const resources = resourcesDir();
  const host = await createHost({
    app: appIdentity(),
    program: 'test',
    folders: defaultFolders({ platform: process.platform, home, env: { JOULEBENCH_HOME: join(home, 'home') } }),
    resourcesDir: resources,
    platform: process.platform,
    async openBench(spec, options) {
      const { model, energy } = options;
      if (spec !== 'virtual' || !model) return openBench(spec, options);
      const [firmware, costTable] = await Promise.all([
        readVirtualFirmware(join(resources, 'firmware', 'virtual')),
        readCostTable(join(resources, 'firmware', 'cost', 'cortex-m4.json')),
      ]);
      const kind = energy?.monitor === 'ppk2' ? 'ppk2' : 'lpm01a';
      last = await openVirtualBench({
        image: model.image,
        model: model.name,
        firmware,
        costTable,
        useWorker: false,
        cpuHz,
        epochMs: options.epochMs,
        ...(options.pace === undefined ? {} : { pace: options.pace }),
        ...(energy ? { monitor: { kind, seed: 1 }, relay: energy.ioManager !== null } : {}),
        ...next,
      });
      return asBench(last, energy);
    },
    // The report is the subject of other tests.
    renderPdf: () => Promise.resolve(new TextEncoder().encode('%PDF-1.7')),
    ...change,
  });
  return {
    host,
    home,
    get bench() {
      if (!last) throw new Error('no bench was opened');
      return last;
    },
    use(options) {
      next = options;
    },
  };
}

export interface RunOptions {
  modes?: readonly Mode[];
  energy?: Partial<EnergyRequest>;
  settings?: Partial<StartOptions['settings']>;
  start?: Partial<StartOptions>;
}

/** Starts a session on the virtual bench. */
export function start(lab: EnergyLab, options: RunOptions = {}): Promise<StartedRun> {
  const { modes = ['energy'], energy = {}, settings = {} } = options;
  return lab.host.startRun({
    workload: 'demo01',
    modes,
    bench: 'virtual',
    operator: 'test',
    dutUnit: {},
    energy: energyRequestSchema.parse(energy),
    settings: runSettingsSchema.parse({ warmups: 1, restS: 1, verifyLoads: 'off', ...settings }),
    sessionsFolder: join(lab.home, 'sessions'),
    useWorker: false,
    ...options.start,
  });
}

/** Goes on with an interrupted session. */
export function resume(lab: EnergyLab, folder: string, how: Partial<ResumeOptions> = {}): Promise<StartedRun> {
  return lab.host.resumeRun(folder, { useWorker: false, ...how });
}

/** What a session's folder tells: the journal read anew (its chain is checked by that), and each trace of the energy run. */
export interface Kept {
  record: SessionRecord;
  droppedBytes: number;
  steps: { step: Step; outcome?: Outcome | undefined }[];
  /** Numbers of the windows whose outcomes are in the journal. */
  windows: number[];
}

export async function kept(folder: string, runIndex = 0): Promise<Kept> {
  const { entries, droppedBytes } = await readSession(folder);
  const record = foldSession(entries);
  if (!record) throw new Error('no session');
  const steps = record.runs[runIndex]?.steps ?? [];
  const windows = steps.flatMap(({ step, outcome }) =>
    step.kind === 'measure' && step.purpose === 'window' && outcome?.kind === 'measured' ? [step.window ?? 0] : [],
  );
  return { record, droppedBytes, steps, windows };
}

export interface KeptTrace {
  samples: number;
  durationS: number;
  closed: boolean;
  droppedBytes: number;
  problems: number;
  events: TraceEvent[];
  gaps: number;
}

/** A trace of a session, read to its end. */
export async function keptTrace(folder: string, name = 'trace.jbt', run = 'r1'): Promise<KeptTrace> {
  const reader = await openTrace(join(folder, 'runs', `${run}-demo01-energy`, name));
  try {
    const problems = await reader.check();
    const { samples, durationS, closed, droppedBytes } = reader;
    const { gaps } = await reader.statistics(0, samples);
    return { samples, durationS, closed, droppedBytes, problems: problems.length, events: await reader.events(), gaps };
  } finally {
    await reader.close();
  }
}

/** Waits until the journal of the only session says something. */
export async function untilJournal(folder: string, says: RegExp): Promise<string> {
  for (;;) {
    try {
      const session = onlySession(folder);
      if (says.test(readFileSync(join(session, 'journal.jsonl'), 'utf8'))) return session;
    } catch {
      // There is none yet.
    }
    await pause(10);
  }
}
