import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { consoleLineRecord } from '../../shared/text/console-line.ts';
import { readBoards } from '../bench/index.ts';
import { examineAs } from '../host-services/examine.ts';
import { monitorEntry } from '../emon/index.ts';
import { traceRoom } from '../runner/index.ts';
import { monitorSummaries } from '../host-services/monitors.ts';
import type { HostContext, SomeCalls } from './context.ts';

const rulesName = '70-joulebench.rules';

/** What is attached to this computer, and what can be done with it. */
export function benchCalls(context: HostContext) {
  const { host, benches, desk, flashings, madeFiles, ensureFree, log } = context;
  const { options } = host;
  return {
    'bench.list': () => Promise.resolve(benches.list()),
    'bench.open': async ({ benchId }) => {
      const flashed = await flashings.flashedAt(benchId);
      return benches.open(benchId, { emulated: flashed?.record.simulated ?? false });
    },
    'bench.close': async ({ benchId }) => {
      await benches.close(benchId);
      return {};
    },
    'bench.setPace': ({ benchId, pace }) => {
      benches.setPace(benchId, pace);
      return Promise.resolve({});
    },
    'devices.list': async () => {
      await desk.refresh();
      return desk.value.devices
        .filter(({ medium, state }) => medium !== 'probe' && state !== 'absent')
        .map(({ port, description, usb }) => ({
          path: port,
          description,
          ...(usb ? { usb: `${usb.vendorId}:${usb.productId}` } : {}),
        }));
    },
    'desk.refresh': async () => {
      await desk.refresh();
      return {};
    },
    'desk.change': async (change) => {
      await desk.change(change);
      return {};
    },
    'desk.assign': async (assignment) => {
      await desk.assign(assignment);
      return {};
    },
    'desk.add': async ({ address }) => ({ key: await desk.add(address) }),
    'desk.forget': async ({ key }) => {
      await desk.forget(key);
      return {};
    },
    'desk.udevRules': () =>
      madeFiles.offer(rulesName, 'text/plain', (path) =>
        copyFile(join(options.resourcesDir, 'linux', rulesName), path),
      ),
    'console.read': ({ channel, beforeSeq }) => Promise.resolve(host.consoles.read(channel, beforeSeq)),
    'console.save': ({ channel }) => {
      const text = host.text();
      const lines = host.consoles.all(channel).map((line) => `${consoleLineRecord(text, line)}\n`);
      return madeFiles.offer(`joulebench-console-${channel}.txt`, 'text/plain', (path) =>
        writeFile(path, lines.join('')),
      );
    },
    'console.send': async ({ channel, text }, { signal }) => {
      // Not while anything is measured, on whichever bench.
      ensureFree();
      if (host.settings.get().mode !== 'engineering') throw new Fault('bench.engineeringOnly', {});
      const device = desk.inRole(channel);
      if (!device) throw new Fault('bench.roleEmpty', { channel });
      await host.handLines.send(channel, device.port, text, signal);
      log('info', 'console.byHand', { port: device.port, text });
      return {};
    },
    'console.close': async ({ channel }) => {
      await host.handLines.close(channel);
      return {};
    },
    'doctor.run': (input, { signal }) => examineAs(host, desk, input, signal),
    'board.list': async () =>
      (await readBoards(options.resourcesDir)).map(({ id, title, supplyV, source }) => ({
        id,
        title,
        supplyV,
        source,
      })),
    'monitor.list': () => Promise.resolve(monitorSummaries()),
    'monitor.traceRoom': ({ kind }) => {
      const driver = monitorEntry(kind)?.driver;
      return driver ? traceRoom(driver, host.sessionsFolder()) : Promise.resolve(null);
    },
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
            inputBytes: workload.inputBytes,
            ...(workload.ownList ? { inputs: workload.ownList.inputs } : {}),
            ...(workload.notRunnableKey === null
              ? {}
              : { reason: host.text().t(`rule.notRunnable.${workload.notRunnableKey}`) }),
          };
        }),
      ),
  } satisfies SomeCalls;
}
