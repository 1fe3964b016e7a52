import { formatNumber, missing, narrowSpace } from './number.ts';

/**
 * How long something takes, in words that fit on a button: `4.2 s`, `48 s`, `2 min 05 s`, `1 h 07 min`.
 * The symbols are those of the SI brochure (s, min, h) and the same in every language.
 */
export function formatDuration(durationS: number | null | undefined, locale?: string): string {
  if (durationS === null || durationS === undefined || !Number.isFinite(durationS) || durationS < 0) return missing;
  const number = (value: number, decimals = 0): string =>
    formatNumber(value, locale === undefined ? { decimals } : { locale, decimals });
  if (durationS < 9.95) return `${number(durationS, 1)}${narrowSpace}s`;
  const seconds = Math.round(durationS);
  if (seconds < 60) return `${number(seconds)}${narrowSpace}s`;
  if (seconds < 3600) {
    return `${number(Math.floor(seconds / 60))}${narrowSpace}min ${two(seconds % 60)}${narrowSpace}s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${number(Math.floor(minutes / 60))}${narrowSpace}h ${two(minutes % 60)}${narrowSpace}min`;
}

/** A moment on a time line as `mm:ss.d`, or `h:mm:ss.d`: always as wide as its neighbours. */
export function formatTimestamp(atS: number, decimals = 3): string {
  if (!Number.isFinite(atS)) return missing;
  const scale = 10 ** decimals;
  const ticks = Math.round(Math.abs(atS) * scale);
  const seconds = Math.floor(ticks / scale);
  const rest = String(ticks % scale).padStart(decimals, '0');
  const hours = Math.floor(seconds / 3600);
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${decimals > 0 ? `.${rest}` : ''}`;
  return `${atS < 0 ? '-' : ''}${hours > 0 ? `${hours}:` : ''}${clock}`;
}

/** Date and time of a record, to the minute, in the reader's zone unless one is named. */
export function formatDateTime(iso: string, options: { locale?: string; timeZone?: string } = {}): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return missing;
  return new Intl.DateTimeFormat(options.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
  }).format(moment);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
