import { summariseCertificate } from '../calibration/index.ts';
import { summariseProcedure } from '../host-services/calibration.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Calibration procedures and their certificates. */
export function calibrationCalls(context: HostContext) {
  const { host, benches, calibrations, ensureFree } = context;
  return {
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
    'certificate.list': async () => {
      const { certificates, problems } = await host.certificates.list();
      const nowMs = host.clock.epochMs();
      return { certificates: certificates.map((certificate) => summariseCertificate(certificate, nowMs)), problems };
    },
    'certificate.get': ({ certificateId }) => host.certificates.get(certificateId),
  } satisfies SomeCalls;
}
