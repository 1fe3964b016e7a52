import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contractVersion, largestMessageBytes } from '../shared/contract/index.ts';
import type { Handlers } from '../shared/contract/index.ts';
import type { InstrumentIdentity } from '../shared/domain/identity.ts';
import type { Operation } from '../shared/domain/operation.ts';
import { Fault } from '../shared/fault/index.ts';
import type { HostActivity, HostApi, HostLog } from './api/host-api.ts';
import { summariseCertificate } from './calibration/index.ts';
import { createSessionList, findSession, liveRuns, reportName, summarise, verifySession } from './archive/index.ts';
import { readBoards } from './bench/index.ts';
import { Benches } from './host-services/benches.ts';
import { Calibrations, summariseProcedure } from './host-services/calibration.ts';
import { Flashings } from './host-services/flash.ts';
import { monitorSummaries } from './host-services/monitors.ts';
import { Operations } from './host-services/operations.ts';
import { Traces } from './host-services/traces.ts';
import type { Host } from './host.ts';
import { readSources } from './runner/index.ts';
import type { RunOperation } from './runner/index.ts';
import { foldSession } from './session/index.ts';
import { readSession } from './store/index.ts';
import { listSerialPorts } from './transport/index.ts';
import { readVirtualFirmware } from './virtual/index.ts';

/** The host's services behind the contract. One of these serves all windows and tabs of a process. */
export function createHostApi(host: Host, carrier: string, log: HostLog = () => undefined): HostApi {
  const { options, settings, locks } = host;
  const operations = new Operations();
  const words = {
    virtual: host.text().t('term.virtualBench'),
    dut: host.text().t('term.virtualDut'),
    monitor: host.text().t('term.virtualMonitor'),
    ioManager: host.text().t('term.virtualIoManager'),
  };
  const benches = new Benches({
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
  const sessions = createSessionList();
  const traces = new Traces(host.clock);

  const folderOf = (sessionId: string): string => {
    const folder = findSession(host.sessionsFolder(), sessionId);
    if (folder === undefined) throw new Fault('app.sessionUnknown', { sessionId });
    return folder;
  };
  const ensureFree = (benchId: string): void => {
    const active = [operations, calibrations, flashings].map((kind) => kind.active(benchId).length);
    if (active.some((count) => count > 0)) throw new Fault('bench.busy', { bench: benchId });
  };

  const calls: Handlers['calls'] = {
    'trace.facts': async ({ sessionId, runId }) => traces.facts(folderOf(sessionId), runId),
    'trace.columns': async ({ sessionId, runId, fromS, toS, columns }) =>
      traces.columns(folderOf(sessionId), runId, fromS, toS, columns),
    'trace.statistics': async ({ sessionId, runId, fromS, toS }) =>
      traces.statistics(folderOf(sessionId), runId, fromS, toS),
    'app.info': () =>
      Promise.resolve({
        name: options.app.name,
        version: options.app.version,
        platform: options.platform,
        contract: contractVersion,
        carrier,
        sessionsFolder: host.sessionsFolder(),
      }),
    'settings.get': () => Promise.resolve(settings.get()),
    'settings.set': (change) => settings.set(change),
    'bench.list': () => benches.list(),
    'bench.open': ({ benchId }) => benches.open(benchId),
    'bench.close': async ({ benchId }) => {
      await benches.close(benchId);
      return {};
    },
    'bench.setPace': ({ benchId, pace }) => {
      benches.setPace(benchId, pace);
      return Promise.resolve({});
    },
    'devices.list': async () =>
      (await listSerialPorts(options.platform)).map(({ path, manufacturer, serial, usb }) => ({
        path,
        description: [manufacturer, serial].filter(Boolean).join(' '),
        ...(usb ? { usb: `${usb.vendorId}:${usb.productId}` } : {}),
      })),
    'doctor.run': ({ port }, { signal }) => host.examine(port, { signal }),
    'board.list': async () =>
      (await readBoards(options.resourcesDir)).map(({ id, title, supplyV, source }) => ({
        id,
        title,
        supplyV,
        source,
      })),
    'monitor.list': () => Promise.resolve(monitorSummaries()),
    'workload.list': () =>
      Promise.resolve(
        host.catalogue.workloads.map((workload) => {
          const embedded = host.embedded.some((own) => own.workload.id === workload.id);
          return {
            id: workload.id,
            title: workload.title,
            task: workload.task,
            runnable: workload.runnable,
            embedded,
            ...(workload.ownList ? { inputs: workload.ownList.inputs } : {}),
            ...(workload.notRunnableKey === null
              ? {}
              : { reason: host.text().t(`rule.notRunnable.${workload.notRunnableKey}`) }),
          };
        }),
      ),
    'run.start': async (input, { signal }) => {
      ensureFree(input.benchId);
      const pace = input.benchId === 'virtual' ? { pace: benches.pace } : {};
      const flashed = await flashings.flashedAt(input.benchId);
      // What runs on an emulated board is simulated wherever its figures go.
      const onto = flashed && { flashed, ...(flashed.record.simulated ? { simulated: true } : {}) };
      const start = { ...input, bench: input.benchId, ...pace, ...onto, useWorker: true };
      return operations.add(await host.startRun(start, signal));
    },
    'operation.list': () => Promise.resolve([...operations.list(), ...calibrations.list(), ...flashings.list()]),
    'operation.pause': ({ operationId }) => steered(operations.get(operationId), 'pause'),
    'operation.resume': ({ operationId }) => steered(operations.get(operationId), 'resume'),
    'operation.cancel': ({ operationId }) => {
      if (flashings.find(operationId)) return Promise.resolve(flashings.cancel(operationId));
      const calibration = calibrations.find(operationId);
      if (!calibration) return steered(operations.get(operationId), 'cancel');
      calibration.cancel();
      return Promise.resolve(calibration.topic.value.operation);
    },
    'calibration.list': async () => (await calibrations.procedures()).map(summariseProcedure),
    'calibration.start': async ({ benchId, ...input }, { signal }) => {
      ensureFree(benchId);
      const pace = benchId === 'virtual' ? { pace: benches.pace } : {};
      const { operation } = await calibrations.start({ ...input, bench: benchId, ...pace }, signal);
      return operation.topic.value.operation;
    },
    'calibration.answer': async ({ operationId, question, values }) => ({
      problems: [...(await calibrations.get(operationId).answer(question, values))],
    }),
    'probe.list': () => flashings.probes(),
    'flash.boards': async () => ({ boards: await flashings.boards(), left: await flashings.unfinished() }),
    'flash.tools': ({ board }, { signal }) => flashings.tools(board, signal),
    'flash.layout': (choice, { signal }) => flashings.preview(choice, signal),
    'flash.start': async (input) => {
      const benches = await flashings.benchesOf(input);
      benches.forEach(ensureFree);
      return flashings.start(input, benches);
    },
    'certificate.list': async () => {
      const { certificates, problems } = await host.certificates.list();
      const nowMs = host.clock.epochMs();
      return { certificates: certificates.map((certificate) => summariseCertificate(certificate, nowMs)), problems };
    },
    'certificate.get': ({ certificateId }) => host.certificates.get(certificateId),
    'session.list': () => sessions.list(host.sessionsFolder(), settings.get().language),
    'session.get': async ({ sessionId }) => {
      const folder = folderOf(sessionId);
      const summary = await summarise(folder, settings.get().language);
      const session = foldSession((await readSession(folder)).entries);
      if (!summary || !session) throw new Fault('app.sessionUnknown', { sessionId });
      return { summary, runs: liveRuns(session, host.text()) };
    },
    'session.resume': async ({ sessionId }, { signal }) => {
      const folder = folderOf(sessionId);
      const sources = await readSources(folder);
      if (sources) ensureFree(sources.bench);
      return operations.add(await host.resumeRun(folder, { pace: benches.pace, useWorker: true }, signal));
    },
    'session.verify': async ({ sessionId }) => {
      const result = await verifySession(folderOf(sessionId), options.app.version);
      return {
        holds: result.holds,
        problems: result.problems.map((problem) => host.text().t(`verify.${problem.key}`, problem.values)),
      };
    },
  };

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
    operation: ({ operationId }) => operations.topic(operationId),
    calibration: ({ operationId }) => calibrations.get(operationId).topic,
    flash: ({ operationId }) => flashings.topic(operationId),
    power: ({ operationId }) => operations.get(operationId).power.topic,
  };

  const sessionFolder = (sessionId: string): Promise<string | undefined> =>
    Promise.resolve(findSession(host.sessionsFolder(), sessionId));
  const reportPath = async (sessionId: string): Promise<string | undefined> => {
    const folder = await sessionFolder(sessionId);
    if (folder === undefined) return undefined;
    const summary = await summarise(folder, settings.get().language);
    return summary?.report === undefined ? undefined : join(folder, reportName(summary.simulated));
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
      closing ??= (async () => {
        for (const operation of operations.active()) operation.cancel();
        const all = Promise.all([
          calibrations.cancelAll(),
          flashings.cancelAll(),
          ...operations.active().map((operation) => operation.done),
        ]);
        await Promise.race([all, new Promise((resolve) => host.clock.setTimer(deadlineS, () => resolve(undefined)))]);
        await traces.close();
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

function steered(operation: RunOperation, how: 'pause' | 'resume' | 'cancel'): Promise<Operation> {
  operation[how]();
  return Promise.resolve(operation.feed.operation);
}
