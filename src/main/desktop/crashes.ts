import type { BrowserWindow } from 'electron';
import type { Clock } from '../../shared/clock/index.ts';
import type { HostLog } from '../api/host-api.ts';
import type { ElectronParts } from './electron-parts.ts';

export interface CrashOptions {
  electron: Pick<ElectronParts, 'app' | 'dialog'>;
  window(): BrowserWindow | undefined;
  clock: Clock;
  log: HostLog;
  t(key: string): string;
}

/** A second crash of the page within this time is not mended by loading it again. */
const againWithinS = 60;

/** A page that crashed is loaded again, once a minute at most: the run goes on in main and is shown again. */
export function watchCrashes({ electron: { app, dialog }, window, clock, log, t }: CrashOptions): void {
  let reloadedAtS = -Infinity;

  async function ask(): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: t('desktop.crash.message'),
      detail: t('desktop.crash.detail'),
      buttons: [t('desktop.crash.reload'), t('desktop.crash.quit')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 0) window()?.reload();
    else app.quit();
  }

  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log('error', 'desktop.pageGone', { reason, exitCode });
    if (contents !== window()?.webContents) return;
    if (clock.nowS() - reloadedAtS < againWithinS) {
      void ask();
      return;
    }
    reloadedAtS = clock.nowS();
    contents.reload();
  });
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason !== 'clean-exit') log('error', 'desktop.childGone', { type, name, reason, exitCode });
  });
}
