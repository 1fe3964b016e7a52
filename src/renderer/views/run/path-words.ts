import { formatCount, formatDuration, formatNumber, withUnit } from '../../../shared/units/index.ts';

/** The day of a point in time, as an operator writes it. */
export function dayOf(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(iso));
}

/** A time that nobody knows exactly: five seconds, half minutes and whole minutes are its steps. */
export function aboutDuration(durationS: number, locale: string): string {
  if (durationS < 90) return withUnit(formatCount(Math.max(5, Math.round(durationS / 5) * 5), locale), 's');
  const minutes = durationS < 600 ? Math.round(durationS / 30) / 2 : Math.round(durationS / 60);
  if (minutes >= 90) return formatDuration(minutes * 60, locale);
  return withUnit(formatNumber(minutes, { locale, decimals: Number.isInteger(minutes) ? 0 : 1 }), 'min');
}
