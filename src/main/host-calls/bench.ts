import { readBoards } from '../bench/index.ts';
import { monitorSummaries } from '../host-services/monitors.ts';
import { listSerialPorts } from '../transport/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** What is attached to this computer, and what can be done with it. */
export function benchCalls(context: HostContext) {
  const { host, benches, flashings } = context;
  const { options } = host;
  return {
    'bench.list': () => benches.list(),
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
