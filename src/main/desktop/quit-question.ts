import type { BrowserWindow, Dialog } from 'electron';
import type { Clock } from '../../shared/clock/index.ts';
import type { QuitAnswer } from '../../shared/contract/index.ts';

export type QuitDecision = Exclude<QuitAnswer, 'asking'>;

export interface QuitQuestionOptions {
  dialog: Dialog;
  window(): BrowserWindow | undefined;
  clock: Clock;
  t(key: string, values?: Record<string, unknown>): string;
}

export interface QuitQuestion {
  ask(titles: readonly string[]): Promise<QuitDecision>;
  /** The page's answer. */
  answer(id: number, answer: QuitAnswer): void;
}

/** Seconds that the page has for taking the question; it then may be answered at leisure. */
const takenWithinS = 2;

/**
 * Asks before a run is cut short: by the page's own dialog, or by a plain one of the system where the page does not take the
 * question (it is still loading, has crashed, or hangs).
 */
export function createQuitQuestion({ dialog, window, clock, t }: QuitQuestionOptions): QuitQuestion {
  let count = 0;
  let open: { id: number; taken: () => void; decide: (decision: QuitDecision) => void } | undefined;

  async function askSystem(titles: readonly string[]): Promise<QuitDecision> {
    const options = {
      type: 'question' as const,
      message: t('desktop.quit.message', { titles: titles.join(', ') }),
      detail: t('desktop.quit.detail'),
      buttons: [t('desktop.quit.stay'), t('desktop.quit.finish'), t('desktop.quit.stop')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const parent = window();
    const { response } = parent ? await dialog.showMessageBox(parent, options) : await dialog.showMessageBox(options);
    return (['stay', 'finish', 'stop'] as const)[response] ?? 'stay';
  }

  return {
    async ask(titles) {
      count += 1;
      const id = count;
      const contents = window()?.webContents;
      if (!contents || contents.isDestroyed() || contents.isCrashed()) return askSystem(titles);
      const page = new Promise<QuitDecision | 'not taken'>((resolve) => {
        const timer = clock.setTimer(takenWithinS, () => resolve('not taken'));
        open = {
          id,
          taken: () => timer.cancel(),
          decide: (decision) => {
            timer.cancel();
            resolve(decision);
          },
        };
      });
      contents.send('jb:page', { askQuit: { id, titles: [...titles] } });
      const decision = await page;
      open = undefined;
      return decision === 'not taken' ? askSystem(titles) : decision;
    },
    answer(id, answer) {
      if (open?.id !== id) return;
      if (answer === 'asking') open.taken();
      else open.decide(answer);
    },
  };
}
