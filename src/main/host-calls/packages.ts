import type { HostContext, SomeCalls } from './context.ts';

/** Descriptions of systems, and the submission packages that are made with them. */
export function packageCalls({ systems, packages, madeFiles }: HostContext) {
  return {
    'package.systems': () => systems.list(),
    'package.system': ({ name }) => systems.get(name),
    'package.proposal': ({ board }, { signal }) => systems.proposal(board, signal),
    'package.saveSystem': ({ name, fields, previous }) => systems.save(name, fields, previous),
    'package.removeSystem': async ({ name }) => {
      await systems.remove(name);
      return {};
    },
    'package.restoreSystem': async ({ name }) => {
      await systems.restore(name);
      return {};
    },
    'package.importSystem': ({ name, text }) => systems.add(name, text),
    'package.exportSystem': ({ name }) => systems.export(name, madeFiles),
    'package.start': async (request) => ({ packageId: await packages.start(request) }),
    'package.list': async () => packages.list(),
    'package.stop': async ({ packageId }) => {
      packages.stop(packageId);
      return {};
    },
    'package.save': ({ packageId }) => packages.save(packageId, madeFiles),
    'package.audit': async ({ packageId }) => ({ auditId: await packages.audit(packageId) }),
  } satisfies SomeCalls;
}
