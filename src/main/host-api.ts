import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { largestMessageBytes } from '../shared/contract/index.ts';
import type { Handlers } from '../shared/contract/index.ts';
import type { InstrumentIdentity } from '../shared/domain/identity.ts';
import { Fault, toFault } from '../shared/fault/index.ts';
import type { HostActivity, HostApi, HostLog } from './api/host-api.ts';
import { createSessionList, findSession, reportName, summarise } from './archive/index.ts';
import { hostCalls } from './host-calls/index.ts';
import { Audits } from './host-services/audits.ts';
import { Batches, flashRequest } from './host-services/batches.ts';
import { createBeginRun } from './host-services/begin-run.ts';
import { Benches } from './host-services/benches.ts';
import { Desk } from './host-services/desk.ts';
import { systemDeskWorld } from './host-services/desk-world.ts';
import { Calibrations } from './host-services/calibration.ts';
import { Flashings } from './host-services/flash.ts';
import { MadeFiles } from './host-services/made-files.ts';
import { Packages } from './host-services/packages.ts';
import { SystemForms } from './host-services/system-forms.ts';
import { Operations } from './host-services/operations.ts';
import { Traces } from './host-services/traces.ts';
import type { HostContext } from './host-calls/index.ts';
import { Uploads } from './host-services/uploads.ts';
import { compilerVersion, systemTools } from './firmware/index.ts';
import type { Host } from './host.ts';
import { readSources } from './runner/index.ts';
import { signedReportName } from './store/index.ts';
import { readVirtualFirmware } from './virtual/index.ts';

/** The host's services behind the contract. One of these serves all windows and tabs of a process. */
export function createHostApi(host: Host, carrier: string, log: HostLog = () => undefined): HostApi {
  const { options, settings, locks } = host;
  const operations = new Operations(host.clock);
  const words = {
    virtual: host.text().t('term.virtualBench'),
    dut: host.text().t('term.virtualDut'),
    monitor: host.text().t('term.virtualMonitor'),
    ioManager: host.text().t('term.virtualIoManager'),
  };
  const desk = new Desk({
    clock: host.clock,
    locks,
    platform: options.platform,
    file: host.benchFile,
    world: { ...systemDeskWorld(options.platform, options.resourcesDir), ...options.deskWorld },
  });
  const benches = new Benches({
    desk,
    locks,
    operations,
    platform: options.platform,
    pace: settings.get().screenPace,
    words,
    locale: () => settings.get().language,
    virtualFirmware: () => virtualFirmware(options.resourcesDir),
  });
  const calibrations = new Calibrations(host);
  calibrations.onChange(() => void benches.refresh());
  const flashings = new Flashings(host);
  const sessions = createSessionList({
    cacheFolder: join(options.folders.config, 'session-index'),
    appVersion: options.app.version,
  });
  const traces = new Traces(host.clock);
  const madeFiles = new MadeFiles();
  const uploads = new Uploads();
  const audits = new Audits({ host, unpack: (zip, folder) => sessions.unpackTree(zip, folder) });

  const systems = new SystemForms({
    config: options.folders.config,
    resourcesDir: options.resourcesDir,
    compiler: (signal) => compilerVersion(systemTools(process.env), options.resourcesDir, signal),
  });

  // Once, when the program has settled: what the rules of the settings say is too old.
  const retained = host.clock.setTimer(10, () => void keepRetention());
  async function keepRetention(): Promise<void> {
    const rules = settings.get().retention;
    if (Object.values(rules).every((days) => days === null)) return;
    try {
      const except = operations.active().map((operation) => operation.sessionId);
      const epochMs = host.clock.epochMs();
      const report = await sessions.retention(host.sessionsFolder(), { rules, epochMs, apply: true, except });
      log('info', 'retention', { ...report });
    } catch (error) {
      log('warn', 'retention', { ...toFault(error).toRecord() });
    }
  }

  const folderOf = (sessionId: string): string => {
    const folder = findSession(host.sessionsFolder(), sessionId);
    if (folder === undefined) throw new Fault('app.sessionUnknown', { sessionId });
    return folder;
  };
  const packages = new Packages({ host, systems, folderOf, audits });
  const ensureFree = (benchId?: string): void => {
    const active = [operations, calibrations, flashings].map((kind) => kind.active(benchId).length);
    if (active.some((count) => count > 0)) throw new Fault('bench.busy', { bench: benchId ?? '' });
  };

  // A fault that ended something stands on the card of the instrument it happened in.
  operations.onChange(() => {
    for (const { id, state, fault } of operations.list()) if (state === 'failed' && fault) desk.noteEnded(id, fault);
  });
  const beginRun = createBeginRun({ host, benches, flashings, operations, ensureFree });
  const resumeRun: HostContext['resumeRun'] = async (sessionId, signal) => {
    const folder = folderOf(sessionId);
    const sources = await readSources(folder);
    if (sources) ensureFree(sources.bench);
    const started = await host.resumeRun(folder, { pace: benches.pace, useWorker: true }, signal);
    operations.add(started);
    return started;
  };
  const batches = new Batches({
    host,
    store: host.batches,
    beginRun,
    resumeRun,
    flash: (flash, item, bench) => {
      ensureFree(bench);
      return flashings.flashFor(flashRequest(flash, item, bench));
    },
    findSession: (sessionId) => findSession(host.sessionsFolder(), sessionId),
  });

  const calls = hostCalls({
    host,
    carrier,
    operations,
    benches,
    desk,
    calibrations,
    flashings,
    sessions,
    traces,
    madeFiles,
    batches,
    audits,
    uploads,
    systems,
    packages,
    folderOf,
    beginRun,
    resumeRun,
    ensureFree,
    log,
  });

  const bytes: Handlers['bytes'] = {
    'session.reportBytes': async function* ({ sessionId }) {
      const path = await reportPath(sessionId);
      if (path === undefined) throw new Fault('app.sessionUnknown', { sessionId });
      const content = await readFile(path);
      const piece = largestMessageBytes / 4;
      for (let at = 0; at < content.length; at += piece) yield Uint8Array.from(content.subarray(at, at + piece));
    },
  };

  const topics: Handlers['topics'] = {
    bench: async ({ benchId }) => {
      const topic = benches.topic(benchId);
      await benches.refresh();
      return topic;
    },
    console: ({ channel }) => host.consoles.topic(channel),
    desk: async () => {
      desk.start();
      // The first value is a true one: what was looked for once.
      if (!desk.value.looked) await desk.refresh();
      return desk.topic;
    },
    operation: ({ operationId }) => operations.topic(operationId),
    calibration: ({ operationId }) => calibrations.get(operationId).topic,
    flash: ({ operationId }) => flashings.topic(operationId),
    batch: ({ batchId }) => batches.topic(batchId),
    audit: ({ auditId }) => audits.topic(auditId),
    package: ({ packageId }) => packages.topic(packageId),
    power: ({ operationId }) => operations.get(operationId).power.topic,
  };

  const sessionFolder = (sessionId: string): Promise<string | undefined> =>
    Promise.resolve(findSession(host.sessionsFolder(), sessionId));
  const reportPath = async (sessionId: string): Promise<string | undefined> => {
    const folder = await sessionFolder(sessionId);
    if (folder === undefined) return undefined;
    const summary = await summarise(folder, settings.get().language);
    if (summary?.report === undefined) return undefined;
    // Once somebody has signed, the report is the one with the signatures on it.
    const signed = join(folder, signedReportName(summary.simulated));
    return existsSync(signed) ? signed : join(folder, reportName(summary.simulated));
  };

  const activity = (): HostActivity => {
    const titles = [
      ...operations.active().map((operation) => operation.sessionId),
      ...calibrations.active().map(({ topic }) => host.text().t(`calibration.procedure.${topic.value.procedure}`)),
      ...flashings.active().map(({ topic }) => host.text().t('ui.flash.activity', { board: topic.value.board })),
    ];
    return { running: titles.length > 0, titles };
  };
  let closing: Promise<void> | undefined;

  return {
    handlers: { calls, bytes, topics },
    log,
    busy: activity,
    onActivity(listener) {
      const stops = [operations, calibrations, flashings].map((kind) => kind.onChange(() => listener(activity())));
      return () => stops.forEach((stop) => stop());
    },
    reportPath,
    madeFile(fileId) {
      const made = madeFiles.find(fileId);
      return made && { path: made.path, mediaType: made.file.mediaType, name: made.file.name };
    },
    sessionFolder,
    async finishWindow(signal) {
      for (const operation of operations.active()) operation.pause();
      await Promise.race([
        Promise.all(operations.active().map((operation) => operation.atGate())),
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
        ),
      ]);
    },
    suspend() {
      // A window that spans a sleep is worthless: the run stops after what is in the journal and is resumed by the operator.
      for (const operation of operations.active()) operation.cancel();
      void calibrations.cancelAll();
      void flashings.cancelAll();
      return Promise.resolve();
    },
    resume: () => Promise.resolve(),
    shutdown(deadlineS) {
      retained.cancel();
      closing ??= (async () => {
        desk.stop();
        await host.handLines.closeAll();
        for (const operation of operations.active()) operation.cancel();
        const all = Promise.all([
          calibrations.cancelAll(),
          flashings.cancelAll(),
          ...operations.active().map((operation) => operation.done),
        ]);
        await Promise.race([all, new Promise((resolve) => host.clock.setTimer(deadlineS, () => resolve(undefined)))]);
        await traces.close();
        await madeFiles.close();
        await packages.close();
        await audits.close();
        await uploads.close();
        await sessions.close();
      })();
      return closing;
    },
  };
}

/** What the virtual DUT runs, for its card. */
async function virtualFirmware(resources: string): Promise<InstrumentIdentity['firmware']> {
  const found = await readVirtualFirmware(join(resources, 'firmware', 'virtual')).catch(() => undefined);
  return found && { name: 'joulebench-virtual', version: `abi ${found.manifest.abi}`, sha256: found.manifest.sha256 };
}
