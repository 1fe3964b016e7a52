import type { EnergyFigures } from '../../../shared/domain/energy.ts';
import type { LiveEnergy } from '../../../shared/domain/live-run.ts';
import { formatMicrojoules, formatNumber, formatQuantity, formatWithDoubt } from '../../../shared/units/index.ts';
import type { ScreenText } from '../../text/index.ts';

/** Whether the figures may be shown: a budget that is invalid takes its figure along (uncertainty, section 6). */
export function hasFigure(figures: EnergyFigures | null | undefined): figures is EnergyFigures & {
  medianEnergyUJPerInf: number;
} {
  return !!figures && figures.budget.status !== 'invalid' && figures.medianEnergyUJPerInf !== null;
}

/** `1,661 ± 43 µJ (k = 2)`; an en dash where the measurement allows no figure. */
export function energyFigure({ locale }: ScreenText, energy: LiveEnergy | undefined): string {
  const figures = energy?.figures;
  if (!hasFigure(figures)) return '–';
  const { expandedUncertainty, coverageFactor } = figures.budget;
  return formatMicrojoules(figures.medianEnergyUJPerInf, expandedUncertainty, { locale, coverageFactor });
}

/** Why there is no figure, in words; empty where there is one. */
export function noFigureReason({ t }: ScreenText, energy: LiveEnergy | undefined): string {
  if (hasFigure(energy?.figures)) return '';
  const reasons = energy?.figures?.budget.reasons ?? [];
  if (reasons.length > 0) return reasons.map((reason) => t(`energy.reason.${reason}`)).join(' ');
  return energy?.trace ? t('ui.energy.noFigureReason') : t('ui.energy.notFinished');
}

interface Power {
  powerUW: number;
  expandedUncertaintyUW: number | null;
  coverageFactor: number | null;
  interval95UW?: readonly [number, number] | null | undefined;
}

/** A power with its doubt, `8.43 ± 0.29 µW (k = 2)`. */
export function powerText({ locale }: ScreenText, power: Power): string {
  const { powerUW, expandedUncertaintyUW: doubt, coverageFactor } = power;
  if (doubt === null) return formatQuantity(powerUW / 1e6, 'W', { locale, significant: 3 });
  return formatWithDoubt(powerUW / 1e6, doubt / 1e6, 'W', {
    locale,
    ...(coverageFactor === null ? {} : { coverageFactor }),
  });
}

/** `95 % interval 9.53 µW to 15.1 µW`; empty where the figure has none. */
export function powerIntervalText({ t, locale }: Pick<ScreenText, 't' | 'locale'>, { interval95UW }: Power): string {
  if (!interval95UW) return '';
  const [low, high] = interval95UW.map((valueUW) => formatQuantity(valueUW / 1e6, 'W', { locale, significant: 3 }));
  return t('ui.energy.interval95', { low: low ?? '', high: high ?? '' });
}

/** A battery life in days, in hours below two days; with its doubt. */
export function batteryText({ t, locale }: ScreenText, hours: number, doubtH: number | null): string {
  const inDays = hours >= 48;
  const value = inDays ? hours / 24 : hours;
  const doubt = doubtH === null ? null : inDays ? doubtH / 24 : doubtH;
  const unit = t(inDays ? 'ui.energy.days' : 'ui.energy.hours');
  if (doubt === null) return `${formatNumber(value, { locale, significant: 3 })} ${unit}`;
  return formatWithDoubt(value, doubt, '', { locale }) + ` ${unit}`;
}

/** Parts of the scope in one sentence. */
export function scopeSentence({ t }: ScreenText, { setup: { scope } }: LiveEnergy): string {
  if (scope.declaredBy === '') return t('ui.energy.scopeNone');
  const list = (parts: readonly string[]): string => (parts.length === 0 ? t('ui.energy.nothing') : parts.join(', '));
  return t('ui.energy.scopeLine', {
    measured: list(scope.measured),
    notMeasured: list(scope.notMeasured),
    by: scope.declaredBy,
  });
}
