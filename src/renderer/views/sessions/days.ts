/** Midnight at the begin of a day of a date field, in the reader's zone; undefined for an empty field. */
export function dayStart(day: string): string | undefined {
  return atMidnight(day, 0);
}

/** Midnight at the end of a day: what began before it counts as that day. */
export function dayEnd(day: string): string | undefined {
  return atMidnight(day, 1);
}

function atMidnight(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const moment = new Date(year, month - 1, date + later);
  // Two digits of a year mean the last century, and five are more than ISO 8601 writes: nobody measured then.
  return Number.isNaN(moment.getTime()) || year < 1000 || year > 9998 ? undefined : moment.toISOString();
}

/** The day of a moment as a date field wants it; `later` counts days. */
export function dayOf(iso: string | undefined, later = 0): string {
  if (iso === undefined) return '';
  const moment = new Date(iso);
  const day = new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + later);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
