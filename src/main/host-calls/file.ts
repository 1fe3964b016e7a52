import { Fault } from '../../shared/fault/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Files that were made for a page. */
export function fileCalls({ madeFiles }: HostContext) {
  return {
    'file.save': async ({ fileId, path }, { client }) => {
      // A page in a browser fetches the file; it has no say in where this computer keeps its files.
      if (client.carrier === 'websocket') throw new Fault('app.desktopOnly', {});
      await madeFiles.save(fileId, path);
      return {};
    },
  } satisfies SomeCalls;
}
