import { parentPort, workerData } from 'node:worker_threads';
import { toFault } from '../../shared/fault/index.ts';
import { indexFile, openSessionIndex, removeIndex } from '../store/index.ts';
import { dropImport } from './handover/drafts.ts';
import { indexSession } from './index-session.ts';
import { applyRetention, dropOldDrafts, planRetention, reportRetention, retentionFacts } from './retention.ts';
import { SessionCatalogue } from './session-catalogue.ts';
import type {
  QuestionKind,
  SessionQuestions,
  SessionReply,
  SessionRequest,
  SessionWorkerData,
} from './session-messages.ts';
import { listTrash, moveToTrash, ownFolder, restoreFromTrash, weighSessions } from './trash.ts';

// Entry of the worker thread that reads the session folders, keeps their index and packs, unpacks and moves them: none of it holds up the
// instruments. SQLite answers without letting anything else happen.
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

/** Zip files are rare and their library is large: a list is there sooner without it. */
const handover = () => import('./handover/index.ts');

type Answers = {
  [K in QuestionKind]: (root: string, ask: SessionQuestions[K]['ask']) => Promise<SessionQuestions[K]['answer']>;
};

/** Does something to the folders; the next question looks at them again. */
async function changing<T>(root: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    (await catalogueOf(root)).changed();
  }
}

const answers: Answers = {
  find: async (root, { query }) => (await catalogueOf(root)).find(query),
  facets: async (root, { filter }) => (await catalogueOf(root)).facets(filter),
  async refresh(root) {
    const catalogue = await catalogueOf(root);
    catalogue.changed();
    await catalogue.refresh();
    return null;
  },
  async changed(root) {
    (await catalogueOf(root)).changed();
    return null;
  },
  weigh: (root, { names }) => weighSessions(root, names),
  discard: (root, { name, epochMs }) => changing(root, moveToTrash(root, name, epochMs)),
  restore: (root, { trashed }) => changing(root, restoreFromTrash(root, trashed)),
  async zip(root, { names, path }) {
    const { zipSessions } = await handover();
    await zipSessions(await Promise.all(names.map((name) => ownFolder(root, name))), path);
    return null;
  },
  prepareImport: async (root, { source, importId }) => (await handover()).prepareImport(root, source, importId),
  async placeImport(root, { importId, replace, epochMs }) {
    const { placeImport } = await handover();
    return changing(root, placeImport(root, importId, replace, epochMs));
  },
  async retention(root, { rules, epochMs, apply, except }) {
    if (apply) await dropOldDrafts(root, epochMs);
    const found = (await (await catalogueOf(root)).all()).filter(({ name }) => !except.includes(name));
    const plan = planRetention(await retentionFacts(root, found), await listTrash(root), rules, epochMs);
    return apply ? changing(root, applyRetention(root, plan, epochMs)) : reportRetention(root, plan);
  },
  async unpackTree(_root, { zip, folder }) {
    const { unpackTree } = await handover();
    await unpackTree(zip, folder);
    return null;
  },
  async dropImport(root, { importId }) {
    await dropImport(root, importId);
    return null;
  },
};

function answer<K extends QuestionKind>({
  kind,
  root,
  ask,
}: SessionRequest<K>): Promise<SessionQuestions[K]['answer']> {
  return answers[kind](root, ask);
}

parentPort?.on('message', (request: SessionRequest) => {
  const reply = (message: SessionReply): void => parentPort?.postMessage(message);
  answer(request).then(
    (value) => reply({ id: request.id, answer: value }),
    (error: unknown) => reply({ id: request.id, fault: toFault(error).toRecord() }),
  );
});
