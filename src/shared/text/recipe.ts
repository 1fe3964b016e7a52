import type { LimitResult } from '../domain/batch.ts';
import type { FigureValue, Limit, RecipeFigure } from '../domain/recipe.ts';
import { formatMicrojoules, formatNumber, formatPercent, formatQuantity, withUnit } from '../units/index.ts';
import type { Text } from './index.ts';

type Words = Pick<Text, 't' | 'locale'>;

/** A figure as it is written everywhere: inferences per second, per cent, an area, or uJ with its doubt. */
export function figureText(
  { locale }: Words,
  figure: RecipeFigure,
  value: number | null,
  doubt?: number | null,
): string {
  if (figure === 'throughput') return formatQuantity(value, 'inf/s', { locale });
  if (figure === 'top1') return formatPercent(value, { locale });
  if (figure === 'auc') return formatNumber(value, { locale, decimals: 4 });
  return formatMicrojoules(value, doubt, { locale });
}

export function figureValueText(text: Words, { figure, value, expandedUncertainty }: FigureValue): string {
  return figureText(text, figure, value, expandedUncertainty);
}

/** A bound as it was set, without digits that nobody typed. */
export function boundText({ locale }: Words, figure: RecipeFigure, value: number): string {
  const shown = (number: number): string => {
    const plain = Number(number.toPrecision(6));
    const decimals = Math.min(6, /\.(\d+)$/.exec(String(plain))?.[1]?.length ?? 0);
    return formatNumber(plain, { locale, decimals });
  };
  if (figure === 'throughput') return withUnit(shown(value), 'inf/s');
  if (figure === 'top1') return withUnit(shown(value * 100), '%');
  return figure === 'auc' ? shown(value) : withUnit(shown(value), 'µJ');
}

/** The figure that a limit is about; none for verdicts and targets. */
export function figureOfLimit(limit: Limit): RecipeFigure | undefined {
  if (limit.kind === 'regression') return limit.figure;
  return limit.kind === 'verdict' || limit.kind === 'qualityTarget' ? undefined : limit.kind;
}

/** What a limit asks for, without its workload. */
export function limitText(text: Words, limit: Limit): string {
  const bound = (figure: RecipeFigure, value: number): string =>
    text.t(`recipe.limit.${limit.kind}`, { bound: boundText(text, figure, value) });
  switch (limit.kind) {
    case 'throughput':
      return bound('throughput', limit.minInfPerS);
    case 'top1':
      return bound('top1', limit.minShare);
    case 'auc':
      return bound('auc', limit.minArea);
    case 'energy':
      return bound('energy', limit.maxUJPerInf);
    case 'qualityTarget':
      return text.t('recipe.limit.qualityTarget');
    case 'verdict':
      return text.t(`recipe.limit.verdict.${limit.atLeast}`);
    case 'regression':
      return text.t('recipe.limit.regression', {
        figure: text.t(`recipe.figure.${limit.figure}`),
        share: boundText(text, 'top1', limit.maxShare),
      });
  }
}

/** What was found for a limit: the figure, or why there is none to judge. */
export function foundText(text: Words, limit: Limit, result: LimitResult, figures: readonly FigureValue[]): string {
  const figure = figureOfLimit(limit);
  const found = figures.find((one) => one.workload === limit.workload && one.figure === figure);
  const value = found && result.value !== null ? figureValueText(text, found) : '';
  const reason = result.reason ? text.t(`recipe.reason.${result.reason}`) : '';
  return [value, reason].filter(Boolean).join('. ');
}
