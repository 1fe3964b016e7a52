import { writeFile } from 'node:fs/promises';
import { arch, cpus, homedir, hostname, release, totalmem, userInfo } from 'node:os';
import { contractVersion } from '../../shared/contract/index.ts';
import { diagnosticsText } from '../host-services/diagnostics/index.ts';
import { checkUpdate } from '../host-services/update/index.ts';
import { listSerialPorts } from '../transport/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** The app itself and its settings. */
export function appCalls(context: HostContext) {
  const { host, carrier, madeFiles } = context;
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
        logsFolder: options.folders.logs,
      }),
    'app.diagnostics': async () => {
      const text = await describeForSupport(context);
      const day = new Date(host.clock.epochMs()).toISOString().slice(0, 10);
      return madeFiles.offer(`joulebench-diagnostics-${day}.txt`, 'text/plain; charset=utf-8', (path) =>
        writeFile(path, text),
      );
    },
    'update.check': ({ path }, { signal }) =>
      checkUpdate(path, { currentVersion: options.app.version, platform: options.platform, signal }),
    'settings.get': () => Promise.resolve(settings.get()),
    'settings.set': (change) => settings.set(change),
  } satisfies SomeCalls;
}

async function describeForSupport({ host, carrier, operations, sessions }: HostContext): Promise<string> {
  const { options, settings, clock } = host;
  const [listed, ports] = await Promise.all([
    sessions.all(host.sessionsFolder(), settings.get().language).catch(() => []),
    listSerialPorts(options.platform).catch(() => []),
  ]);
  const { logs, sessions: sessionsFolder, config } = options.folders;
  return diagnosticsText(
    {
      createdAt: new Date(clock.epochMs()).toISOString(),
      app: { name: options.app.name, version: options.app.version, carrier },
      runtime: { ...process.versions },
      system: {
        platform: options.platform,
        release: release(),
        architecture: arch(),
        processor: cpus()[0]?.model ?? '',
        processors: cpus().length,
        memoryMB: Math.round(totalmem() / 1e6),
      },
      settings: settings.get(),
      ports: ports.map(({ path, usb, serial }) => ({
        path,
        ...(usb ? { usb: { ...usb, ...(serial === undefined ? {} : { serial }) } } : {}),
      })),
      sessions: listed,
      operations: operations.list(),
    },
    logs,
    {
      home: homedir(),
      user: userName(),
      computer: hostname(),
      folders: { sessions: host.sessionsFolder(), documents: sessionsFolder, logs, config },
      people: [settings.get().operator, ...listed.map((session) => session.operator)],
    },
  );
}

/** Empty where the system knows no name, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
