import { contractVersion } from '../../shared/contract/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** The app itself and its settings. */
export function appCalls(context: HostContext) {
  const { host, carrier } = context;
  const { options, settings } = host;
  return {
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
  } satisfies SomeCalls;
}
