import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { isoTime } from '../shared/clock/index.ts';
import type { Clock } from '../shared/clock/index.ts';
import type { DoctorReport, DoctorStep } from '../shared/domain/doctor.ts';
import { energyRequestSchema } from '../shared/domain/energy-request.ts';
import type { EnergyRequest } from '../shared/domain/energy-request.ts';
import type { FlashRecord } from '../shared/domain/flash.ts';
import type { Artefacts } from '../shared/domain/identity.ts';
import type { Correction } from '../shared/domain/energy.ts';
import type { RecipeReference } from '../shared/domain/recipe.ts';
import { Fault } from '../shared/fault/index.ts';
import { definedOnly } from '../shared/object/index.ts';
import { createText } from '../shared/text/index.ts';
import type { Text } from '../shared/text/index.ts';
import type { Mode } from '../shared/domain/workload.ts';
import { mergeAssumptions, specificationOf } from './analysis/index.ts';
import { createLocks, findBoard, startSupplyWatch, systemClock, systemProcesses } from './bench/index.ts';
import type { Bench, InstrumentLocks } from './bench/index.ts';
import { examinePort } from './examine-port.ts';
import type { DeskWorld } from './host-services/desk-world.ts';
import { Consoles } from './host-services/consoles.ts';
import { HandLines } from './host-services/hand-lines.ts';
import { openBench } from './open-bench.ts';
import type { OpenBenchOptions } from './open-bench.ts';
import { correctionFrom, openCertificates } from './calibration/index.ts';
import type { CertificateStore } from './calibration/index.ts';
import type { EnergyMonitor } from './emon/index.ts';
import { createBatchRenderer, createPdfRenderer, createSigner, finishSession } from './archive/index.ts';
import type { RenderBatch, RenderPdf, SignSession } from './archive/index.ts';
import {
  createOpenEnergy,
  createRunService,
  prepareRuns,
  readSources,
  removeSources,
  writeSources,
} from './runner/index.ts';
import type { EnergyPlan, OpenEnergy, PreparedRuns, RunOperation, RunRequest } from './runner/index.ts';
import { createKeyRing, openKnownKeys } from './signing/index.ts';
import type { KeyRing, KnownKeys, SecretStore } from './signing/index.ts';
import { openBatches, openRecipes } from './recipe/index.ts';
import type { BatchStore, RecipeStore } from './recipe/index.ts';
import { openBenchFile, openSettings, storeFault } from './store/index.ts';
import type { BenchFile, Folders, SettingsStore } from './store/index.ts';
import { createTrace, recordTrace } from './trace/index.ts';
import { createCatalogue, diskDatasetFiles, readOwnWorkload } from './workload/index.ts';
import type { OwnWorkload, WorkloadCatalogue } from './workload/index.ts';

export interface HostOptions {
  app: { name: string; version: string };
  /** What locks say about this process: `joulebench run`, `Joulebench`. */
  program: string;
  folders: Folders;
  resourcesDir: string;
  platform: NodeJS.Platform;
  /** Locale of the operating system: the language until somebody chooses one. English unless given. */
  systemLocale?: string;
  /** How a bench is opened by its name; a test may open one that fails on purpose. */
  openBench?: typeof openBench;
  /** How a trace is recorded; in a worker thread in the product, in this one where a run asks for no workers. */
  createRecorder?: EnergyPlan['createRecorder'];
  /** How a report is made; in a worker thread unless told otherwise. */
  renderPdf?: RenderPdf;
  /** The system's safe store for private keys; undefined where there is none that is safe. The command line has none. */
  secrets?: (() => Promise<SecretStore | undefined>) | undefined;
  /** What a test puts in the place of this computer's ports and probes. */
  deskWorld?: Partial<DeskWorld>;
}

/** Everything a run is started with. */
export interface StartOptions extends RunRequest {
  bench: string;
  operator: string;
  dutUnit: { serial?: string | undefined; assetTag?: string | undefined };
  /** What the results claim to be; `none`, the default, for work in the lab. */
  division?: 'closed' | 'open' | 'none' | undefined;
  /** The recipe that is followed; absent without one. */
  recipe?: RecipeReference | undefined;
  sessionsFolder?: string | undefined;
  /** What was flashed onto the DUT before, with the firmware that it makes of it, and the tool's log, of which the session keeps a copy. */
  flashed?: { record: FlashRecord; firmware: NonNullable<Artefacts['firmware']>; logPath: string } | undefined;
  /** Needed when one of the modes is energy. */
  energy?: EnergyRequest | undefined;
  baud?: number | undefined;
  pace?: OpenBenchOptions['pace'];
  useWorker: boolean;
  /** Wait for the operator where a window looks wrong. */
  askOnDoubt?: boolean | undefined;
  /** The DUT behind a port or socket is a simulation; see `openBench`. */
  simulated?: boolean | undefined;
}

export type ResumeOptions = Partial<
  Pick<StartOptions, 'bench' | 'modelFile' | 'datasetFolder' | 'baud' | 'pace' | 'simulated'>
> & {
  useWorker: boolean;
};

/** All services, built once: the desktop app, `joulebench` and the tests stand around one of these. */
export interface Host {
  readonly options: HostOptions;
  readonly clock: Clock;
  readonly settings: SettingsStore;
  /** Which instrument plays which role, remembered. */
  readonly benchFile: BenchFile;
  readonly locks: InstrumentLocks;
  readonly catalogue: WorkloadCatalogue;
  readonly embedded: readonly OwnWorkload[];
  readonly renderPdf: RenderPdf;
  /** What is said on the lines to the instruments. */
  readonly consoles: Consoles;
  /** Lines that were opened by hand. */
  readonly handLines: HandLines;
  /** Calibration certificates of this user. */
  readonly certificates: CertificateStore;
  /** Signing keys of the people at this computer. */
  readonly keys: KeyRing;
  /** Keys of everybody whose signature was seen here. */
  readonly knownKeys: KnownKeys;
  readonly sign: SignSession;
  /** Recipes and batches of this user. */
  readonly recipes: RecipeStore;
  readonly batches: BatchStore;
  readonly renderBatch: RenderBatch;
  text(): Text;
  sessionsFolder(): string;
  prepare(request: RunRequest, signal?: AbortSignal): Promise<PreparedRuns>;
  /** Checks everything, opens the bench, makes the session and starts measuring. */
  startRun(options: StartOptions, signal?: AbortSignal): Promise<StartedRun>;
  /** Examines the connection to a DUT: `COM7`, `/dev/ttyACM0`, `tcp:HOST:PORT`. Holds the port meanwhile. */
  examine(
    port: string,
    options?: { baud?: number | undefined; signal?: AbortSignal | undefined; onStep?: (step: DoctorStep) => void },
  ): Promise<DoctorReport>;
  /** Takes an interrupted session up again. */
  resumeRun(folder: string, options: ResumeOptions, signal?: AbortSignal): Promise<StartedRun>;
}

export interface StartedRun {
  operation: RunOperation;
  bench: Bench;
}

export async function createHost(options: HostOptions): Promise<Host> {
  const { app, program, folders, platform } = options;
  const clock = systemClock();
  const settings = await openSettings(join(folders.config, 'settings.json'), options.systemLocale);
  const benchFile = await openBenchFile(join(folders.config, 'bench.json'));
  const files = diskDatasetFiles(platform);
  const embedded = [await readOwnWorkload(files, join(options.resourcesDir, 'workloads', 'demo01'))];
  const catalogue = createCatalogue(embedded.map((own) => own.workload));
  const consoles = new Consoles((work) => void setTimeout(work, 50).unref());
  const plainLocks = createLocks({
    folder: folders.locks,
    host: hostname(),
    program,
    processes: systemProcesses(platform),
    epochMs: () => clock.epochMs(),
  });
  const handLines = new HandLines({ consoles, locks: plainLocks, clock, platform });
  const locks = handLines.yielding(plainLocks);
  const text = (): Text => createText(settings.get().language);
  const certificates = openCertificates(join(folders.config, 'certificates'));
  const now = (): string => isoTime(clock);
  const randomHex = (): string => randomBytes(16).toString('hex');
  const recipes = openRecipes(join(folders.config, 'recipes'), { now, randomHex });
  const batches = openBatches(join(folders.config, 'batches'), { app, now, randomHex });
  const looks = () => ({
    locale: settings.get().language,
    paper: settings.get().paper,
    units: settings.get().units,
  });
  const renderPdf = options.renderPdf ?? createPdfRenderer(looks);
  const keysFolder = join(folders.config, 'signing');
  const epochMs = (): number => clock.epochMs();
  const keys = createKeyRing({ folder: join(keysFolder, 'keys'), secrets: options.secrets, epochMs });
  const knownKeys = openKnownKeys(join(keysFolder, 'known-keys.json'), epochMs);
  const sign = createSigner({ app, keys, render: renderPdf, paper: () => settings.get().paper, text, epochMs });
  const runs = createRunService({
    app,
    locks,
    text,
    randomHex,
    defer: (work) => void setTimeout(work, 50).unref(),
    async finish(folder, record, benchClock) {
      await removeSources(folder);
      const certificateOf = (id: string): Promise<string | undefined> =>
        certificates.get(id).then(
          (certificate) => `${JSON.stringify(certificate, undefined, 2)}\n`,
          () => undefined,
        );
      return finishSession(folder, record, renderPdf, app, benchClock.epochMs(), certificateOf);
    },
  });

  const prepare = (request: RunRequest, signal?: AbortSignal): Promise<PreparedRuns> =>
    prepareRuns(request, { catalogue, embedded, files, readModel, baseName: (path) => basename(path) }, signal);

  const open = (
    spec: string,
    prepared: PreparedRuns,
    how: Pick<StartOptions, 'baud' | 'pace' | 'useWorker' | 'simulated' | 'energy'>,
  ): Promise<Bench> => {
    if (/^(virtual$|qemu:)/.test(spec) && !prepared.model)
      throw new Fault('runner.modelNeeded', { workload: prepared.workload.id });
    return (options.openBench ?? openBench)(spec, {
      ...how,
      tap: consoles.tap,
      model: prepared.model,
      resourcesDir: options.resourcesDir,
      platform,
      epochMs: clock.epochMs(),
      energy: prepared.runs.some((run) => run.mode === 'energy') ? how.energy : undefined,
    });
  };

  const withArtefacts = (prepared: PreparedRuns, bench: Bench): PreparedRuns => {
    const firmware = bench.identity.instruments.find((instrument) => instrument.role === 'dut')?.firmware;
    return firmware
      ? { ...prepared, runs: prepared.runs.map((run) => ({ ...run, artefacts: { ...run.artefacts, firmware } })) }
      : prepared;
  };

  const withFlash = (prepared: PreparedRuns, flashed: StartOptions['flashed']): PreparedRuns =>
    flashed
      ? {
          ...prepared,
          runs: prepared.runs.map((run) => ({
            ...run,
            flash: flashed.record,
            artefacts: { ...run.artefacts, firmware: flashed.firmware },
          })),
        }
      : prepared;

  const energyOf = (
    modes: readonly Mode[],
    request: EnergyRequest | undefined,
    bench: string,
  ): EnergyRequest | undefined => {
    if (!modes.includes('energy')) return undefined;
    const asked = request ?? energyRequestSchema.parse({});
    // What hangs at the virtual monitor is known: there is nothing for the operator to declare.
    if (bench !== 'virtual' || asked.scope.declaredBy !== '') return asked;
    const scope = {
      measured: [text().t('term.virtualDut')],
      notMeasured: asked.ioManager === null ? [] : [text().t('term.virtualIoManager')],
      declaredBy: text().t('term.virtualBench'),
    };
    return { ...asked, scope };
  };

  /** What the chosen certificates correct; none chosen, none applied. */
  const correctionFor = async (
    monitor: EnergyMonitor,
    voltageV: number,
    request: EnergyRequest,
    board: string | undefined,
  ): Promise<Correction | null> => {
    if (request.certificates.length === 0) return null;
    const chosen = await Promise.all(request.certificates.map((id) => certificates.get(id)));
    const { score } = monitor.kind;
    return correctionFrom(chosen, {
      instrument: {
        model: monitor.kind.model,
        serial: monitor.serial,
        firmware: monitor.firmwareVersion,
        constantsSha256: monitor.constantsSha256,
      },
      mode: score.quantity,
      filter: request.spikeFilter ? score.filter : 'none',
      voltageV,
      simulated: monitor.identity.simulated,
      board,
      nowMs: clock.epochMs(),
    });
  };

  /** What energy runs need besides the bench: the board's limits, certificates, and where traces go. */
  const energySide = async (
    request: EnergyRequest,
    { bench, useWorker }: Pick<StartOptions, 'bench' | 'useWorker'>,
  ): Promise<OpenEnergy> => {
    const boardId = request.board ?? (bench === 'virtual' ? 'virtual' : null);
    const board = boardId === null ? null : await findBoard(options.resourcesDir, boardId);
    return createOpenEnergy({
      request,
      board: board && { id: board.id, limits: board.supplyV },
      app,
      specificationOf: (monitor, { monitorSpecification }) =>
        mergeAssumptions(monitorSpecification ?? specificationOf(monitor.kind.kind), definedOnly(request.assumptions)),
      correctionOf: (monitor, voltageV) => correctionFor(monitor, voltageV, request, board?.id),
      createRecorder: options.createRecorder ?? (useWorker ? recordTrace : createTrace),
      watch: async (monitor, signal) => {
        const { label } = monitor.identity;
        const watch = await startSupplyWatch(monitor.panic, { clock, label, platform, signal });
        return async (supply) => (supply === 'off' ? watch?.disarm() : watch?.act());
      },
    });
  };

  const sessionsFolder = (): string => settings.get().sessionsFolder || folders.sessions;

  return {
    options,
    clock,
    settings,
    benchFile,
    consoles,
    handLines,
    locks,
    catalogue,
    embedded,
    renderPdf,
    certificates,
    keys,
    knownKeys,
    sign,
    recipes,
    batches,
    renderBatch: createBatchRenderer(looks),
    text,
    sessionsFolder,
    prepare,
    async startRun(start, signal) {
      const target = start.sessionsFolder ?? sessionsFolder();
      const checked = await prepare(start, signal);
      await ensureFolder(target);
      const energy = energyOf(start.modes, start.energy, start.bench);
      const bench = await open(start.bench, checked, { ...start, energy });
      // Files and locks are waited for: nothing happens on a simulated bench before the run begins.
      const release = bench.clock.hold();
      try {
        const prepared = withFlash(withArtefacts(checked, bench), start.flashed);
        const { operator, dutUnit } = start;
        const operation = await runs.start(
          {
            bench,
            prepared,
            sessionsFolder: target,
            operator,
            dutUnit: definedOnly(dutUnit),
            division: start.division ?? 'none',
            recipe: start.recipe,
            ...(energy ? { openEnergy: await energySide(energy, start) } : {}),
            askOnDoubt: start.askOnDoubt,
          },
          async (folder) => {
            if (start.flashed) await keepLog(start.flashed.logPath, join(folder, 'flash.log'));
            await writeSources(
              folder,
              definedOnly({
                bench: start.bench,
                modes: [...start.modes],
                workload: start.workload,
                modelFile: start.modelFile,
                datasetFolder: start.datasetFolder,
                settings: start.settings,
                fold: start.fold,
                energy,
              }),
            );
          },
        );
        return { operation, bench };
      } catch (error) {
        await bench.close();
        throw error;
      } finally {
        release();
      }
    },
    examine: (port, how = {}) => examinePort({ port, platform, locks, clock, tap: consoles.tap, ...how }),
    async resumeRun(folder, how, signal) {
      const sources = await readSources(folder);
      if (!sources) throw new Fault('store.nothingToResume', { sessionId: basename(folder) });
      const request = { ...sources, ...definedOnly({ modelFile: how.modelFile, datasetFolder: how.datasetFolder }) };
      const checked = await prepare(request, signal);
      const spec = how.bench ?? sources.bench;
      const energy = energyOf(sources.modes, sources.energy, spec);
      const bench = await open(spec, checked, { ...how, energy });
      const release = bench.clock.hold();
      try {
        const operation = await runs.resume(folder, {
          bench,
          prepared: withArtefacts(checked, bench),
          ...(energy ? { openEnergy: await energySide(energy, { bench: spec, useWorker: how.useWorker }) } : {}),
        });
        return { operation, bench };
      } catch (error) {
        await bench.close();
        throw error;
      } finally {
        release();
      }
    },
  };
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Fault('runner.modelUnreadable', { path, reason }, { cause: error });
  }
}

async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw storeFault(error, path);
  }
}

async function keepLog(from: string, path: string): Promise<void> {
  try {
    await copyFile(from, path);
  } catch (error) {
    throw storeFault(error, path);
  }
}
