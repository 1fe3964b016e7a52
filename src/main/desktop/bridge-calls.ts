import { dirname } from 'node:path';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { z } from 'zod';
import { Fault } from '../../shared/fault/index.ts';
import type { HostApi } from '../api/host-api.ts';
import type { ElectronParts } from './electron-parts.ts';
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
  t(key: string): string;
}

const nothing = z.undefined();
const sessionId = z.string().min(1).max(160);
/** A name, not a path: the folder is the person's choice. */
const fileName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^/\\:*?"<>|]+$/);

/** What `window.joulebench.desktop` does, one channel a call. No path and no URL is taken from the page. */
export function answerBridgeCalls({ electron, ipc, host, question, window, lastFolder, t }: BridgeCallsOptions): void {
  const { dialog, shell } = electron;

  async function pick(options: OpenDialogOptions): Promise<string | undefined> {
    const parent = window();
    if (!parent) return undefined;
    const defaultPath = lastFolder.get();
    const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
      ...options,
      ...(defaultPath === undefined ? {} : { defaultPath }),
    });
    const path = canceled ? undefined : filePaths[0];
    if (path !== undefined) lastFolder.set(options.properties?.includes('openDirectory') ? path : dirname(path));
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
  ipc.answer(
    'jb:confirm-quit',
    z.object({ id: z.number().int(), answer: z.enum(['asking', 'stay', 'finish', 'stop']) }),
    ({ id, answer }) => {
      question.answer(id, answer);
      return null;
    },
  );
}
