import { chmod, copyFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { UpdateCheck } from '../../shared/domain/update.ts';
import { Fault } from '../../shared/fault/index.ts';

/** What became of an update: `replaced` and `quits` need no more of the person than to start again; `opened` shows the system's own way. */
export type InstallOutcome = 'replaced' | 'quits' | 'opened';

export interface InstallContext {
  /** Path of the AppImage that runs; undefined when it is none. */
  appImage: string | undefined;
  /** Titles of what runs now; nothing is installed meanwhile. */
  running(): readonly string[];
  /** Resolves to the system's complaint, empty when it opened. */
  openPath(path: string): Promise<string>;
  /** Starts the installer once this program has ended. */
  startAfterQuit(path: string): void;
  t(key: string, values?: Record<string, unknown>): string;
}

/**
 * Installs a checked update in the way of its kind: an AppImage is copied beside the running one and renamed over it (the running one keeps
 * its open file), an NSIS installer starts after the program has ended, a disk image is opened. A deb package needs rights that
 * this program does not have: the page shows the command.
 * @throws Fault `update.notNow`, `app.cannotOpen`.
 */
export async function installUpdate(update: UpdateCheck, context: InstallContext): Promise<InstallOutcome> {
  const { t } = context;
  const running = context.running();
  if (running.length > 0)
    throw new Fault('update.notNow', { reason: t('desktop.update.running', { titles: running.join(', ') }) });
  if (!update.fits) throw new Fault('update.notNow', { reason: t('desktop.update.otherSystem') });
  if (update.kind === 'appimage') {
    if (context.appImage === undefined) throw new Fault('update.notNow', { reason: t('desktop.update.noAppImage') });
    await replace(update.installer, context.appImage);
    return 'replaced';
  }
  if (update.kind === 'nsis') {
    context.startAfterQuit(update.installer);
    return 'quits';
  }
  if (update.kind === 'dmg' || update.kind === 'zip') {
    const reason = await context.openPath(update.installer);
    if (reason !== '') throw new Fault('app.cannotOpen', { path: update.installer, reason });
    return 'opened';
  }
  throw new Fault('update.notNow', { reason: t('desktop.update.byHand') });
}

async function replace(from: string, appImage: string): Promise<void> {
  const draft = join(dirname(appImage), `.${basename(appImage)}.new`);
  try {
    await copyFile(from, draft);
    await chmod(draft, 0o755);
    await rename(draft, appImage);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Fault('update.notNow', { reason }, { cause: error });
  }
}
