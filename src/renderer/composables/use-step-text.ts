import type { LiveOperation } from '../../shared/domain/live-run.ts';
import { useText } from '../text/index.ts';

/** What an operation is doing, in words: the host sends the key of its step below `ui.step`. */
export function useStepText(): { stepText: (live: LiveOperation) => string } {
  const { t, known } = useText();
  return {
    stepText({ operation, runs }) {
      if (operation.state === 'cancelling') return t('ui.run.stopping');
      const step = known(`ui.step.${operation.step}`, operation.step);
      const run = runs.find((one) => one.status === 'running' && one.phase !== 'waiting' && one.phase !== 'done');
      return run ? t('ui.run.stepOf', { mode: t(`term.mode.${run.mode}`), step }) : step;
    },
  };
}
