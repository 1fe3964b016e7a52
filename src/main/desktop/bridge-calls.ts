import { dirname } from 'node:path';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { UpdateCheck } from '../../shared/domain/update.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { HostApi } from '../api/host-api.ts';
import type { ElectronParts } from './electron-parts.ts';
import { installUpdate } from './install-update.ts';
import type { InstallContext } from './install-update.ts';
import type { PageIpc } from './page-ipc.ts';
import type { QuitQuestion } from './quit-question.ts';

export interface BridgeCallsOptions {
  electron: Pick<ElectronParts, 'dialog' | 'shell'>;
  ipc: PageIpc;
  host: HostApi;
  question: QuitQuestion;
  window(): BrowserWindow | undefined;
  /** The folder that the last dialog was left in; Electron itself always starts in Downloads. */
  lastFolder: { get(): string | undefined; set(folder: string): void };
  logsFolder: string;
  /** Checks an update anew: what the page saw may have been changed since. */
  checkUpdate(path: string): Promise<UpdateCheck>;
  install: Pick<InstallContext, 'appImage' | 'startAfterQuit'>;
  t(key: string, values?: Record<string, unknown>): string;
}

const nothing = z.undefined();
const sessionId = z.string().min(1).max(160);
/** A name, not a path: the folder is the person's choice. */
const fileName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^/\\:*?"<>|]+$/);

/** What `window.joulebench.desktop` does, one channel a call. No URL is taken from the page, and no path but that of an update, which is checked here. */
export function answerBridgeCalls(options: BridgeCallsOptions): void {
  const { electron, ipc, host, question, window, lastFolder, t } = options;
  const { dialog, shell } = electron;

  async function pick(wish: OpenDialogOptions): Promise<string | undefined> {
    const parent = window();
    if (!parent) return undefined;
    const defaultPath = lastFolder.get();
    const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
      ...wish,
      ...(defaultPath === undefined ? {} : { defaultPath }),
    });
    const path = canceled ? undefined : filePaths[0];
    if (path !== undefined) lastFolder.set(wish.properties?.includes('openDirectory') ? path : dirname(path));
    return path;
  }

  ipc.answer('jb:pick-folder', nothing, () => pick({ properties: ['openDirectory'] }));
  ipc.answer('jb:pick-file', z.enum(['model', 'any']), (kind) =>
    pick({
      properties: ['openFile'],
      filters: [
        ...(kind === 'model' ? [{ name: t('desktop.files.model'), extensions: ['tflite'] }] : []),
        { name: t('desktop.files.any'), extensions: ['*'] },
      ],
    }),
  );
  ipc.answer('jb:save-as', fileName, async (name) => {
    const parent = window();
    if (!parent) return undefined;
    const folder = lastFolder.get();
    const { canceled, filePath } = await dialog.showSaveDialog(parent, {
      defaultPath: folder === undefined ? name : `${folder}/${name}`,
    });
    if (canceled || filePath === '') return undefined;
    lastFolder.set(dirname(filePath));
    return filePath;
  });
  ipc.answer('jb:reveal', sessionId, async (id) => {
    const folder = await host.sessionFolder(id);
    if (folder === undefined) throw new Fault('app.sessionUnknown', { sessionId: id });
    shell.showItemInFolder(folder);
    return null;
  });
  ipc.answer('jb:open-report', sessionId, async (id) => {
    const path = await host.reportPath(id);
    if (path === undefined) throw new Fault('app.sessionUnknown', { sessionId: id });
    // Resolves with the system's complaint; it does not reject.
    const reason = await shell.openPath(path);
    if (reason !== '') throw new Fault('app.cannotOpen', { path, reason });
    return null;
  });
  ipc.answer('jb:open-logs', nothing, async () => {
    const reason = await shell.openPath(options.logsFolder);
    if (reason !== '') throw new Fault('app.cannotOpen', { path: options.logsFolder, reason });
    return null;
  });
  ipc.answer('jb:install-update', z.string().min(1).max(4000), async (path) =>
    installUpdate(await options.checkUpdate(path), {
      ...options.install,
      running: () => host.busy().titles,
      openPath: (file) => shell.openPath(file),
      t,
    }),
  );
  ipc.answer(
    'jb:confirm-quit',
    z.object({ id: z.number().int(), answer: z.enum(['asking', 'stay', 'finish', 'stop']) }),
    ({ id, answer }) => {
      question.answer(id, answer);
      return null;
    },
  );
}
