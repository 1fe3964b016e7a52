import type { LiveRun } from '../../../shared/domain/live-run.ts';
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  withUnit,
} from '../../../shared/units/index.ts';
import { wilsonInterval95 } from '../../figures/wilson.ts';
import { energyFigure, noFigureReason } from '../energy/energy-words.ts';
import type { ScreenText } from '../../text/index.ts';

/** What a finished run measured, in one sentence; empty where it measured nothing. */
export function figureSentence(text: ScreenText, run: LiveRun): string {
  const { t, locale } = text;
  if (run.mode === 'energy') {
    if (!run.energy) return '';
    const reason = noFigureReason(text, run.energy);
    return reason === ''
      ? t('ui.judge.energy', {
          value: energyFigure(text, run.energy),
          windows: formatCount(run.energy.figures?.windows.length, locale),
        })
      : t('ui.energy.noFigure', { reason });
  }
  if (run.medianThroughputInfPerS !== undefined) {
    const value = withUnit(formatNumber(run.medianThroughputInfPerS, { locale }), 'inf/s');
    return t('ui.judge.throughput', { value, windows: formatCount(run.windows.length, locale) });
  }
  if (run.top1 === undefined) return '';
  const interval = wilsonInterval95(run.correct, run.inputsDone);
  return t('ui.judge.top1', {
    value: formatPercent(run.top1, { locale }),
    interval: interval ? formatPercentInterval(interval.low, interval.high, { locale }) : '–',
    correct: formatCount(run.correct, locale),
    inputs: formatCount(run.inputsDone, locale),
  });
}
