import { parentPort, workerData } from 'node:worker_threads';
import { toFault } from '../../shared/fault/index.ts';
import type { SessionFilter, SessionQuery } from '../../shared/domain/session-query.ts';
import { indexFile, openSessionIndex, removeIndex } from '../store/index.ts';
import { indexSession } from './index-session.ts';
import { SessionCatalogue } from './session-catalogue.ts';
import type { SessionReply, SessionRequest, SessionWorkerData } from './session-messages.ts';

// Entry of the worker thread that reads the session folders and keeps their index: SQLite answers without letting anything else happen.
const { cacheFolder, appVersion } = workerData as SessionWorkerData;
let open: { root: string; catalogue: Promise<SessionCatalogue> } | undefined;

function catalogueOf(root: string): Promise<SessionCatalogue> {
  if (open?.root !== root) {
    void open?.catalogue.then((last) => last.close());
    open = { root, catalogue: openCatalogue(root) };
  }
  return open.catalogue;
}

async function openCatalogue(root: string): Promise<SessionCatalogue> {
  const place = { file: indexFile(cacheFolder, root), owner: `${appVersion} ${root}` };
  return new SessionCatalogue({
    root,
    index: await openSessionIndex(place),
    reopen: () => {
      removeIndex(place.file);
      return openSessionIndex(place);
    },
    read: indexSession,
    nowMs: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

async function answer({ kind, root, ask }: SessionRequest): Promise<unknown> {
  const catalogue = await catalogueOf(root);
  switch (kind) {
    case 'find':
      return catalogue.find((ask as { query: SessionQuery }).query);
    case 'facets':
      return catalogue.facets((ask as { filter: SessionFilter }).filter);
    case 'refresh':
      catalogue.changed();
      await catalogue.refresh();
      return null;
    case 'changed':
      catalogue.changed();
      return null;
  }
}

parentPort?.on('message', (request: SessionRequest) => {
  const reply = (message: SessionReply): void => parentPort?.postMessage(message);
  answer(request).then(
    (value) => reply({ id: request.id, answer: value }),
    (error: unknown) => reply({ id: request.id, fault: toFault(error).toRecord() }),
  );
});
