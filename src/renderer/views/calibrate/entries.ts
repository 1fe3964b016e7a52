import type { AnswerValues, Field, Question } from '../../../shared/domain/calibration.ts';
import { formatNumber } from '../../../shared/units/index.ts';

/** What stands in the fields of a question before anybody typed: what a simulated bench suggests, else the default. */
export function firstEntries({ fields, suggested }: Question, locale: string): Record<string, string | boolean> {
  return Object.fromEntries(
    fields.map(({ id, kind, default: usual }) => {
      const value = suggested?.[id] ?? usual;
      // What is to be confirmed is never ticked for anybody.
      if (kind === 'flag') return [id, id !== 'confirmed' && value === true];
      return [id, value === undefined || value === null ? '' : entryText(value, locale)];
    }),
  );
}

/** A number without the digits that only a computer has, with the decimal sign that the reader writes. */
function entryText(value: string | number | boolean, locale: string): string {
  if (typeof value !== 'number') return String(value);
  const decimalSign = formatNumber(0.5, { locale, decimals: 1 }).charAt(1);
  return String(Number(value.toPrecision(7))).replace('.', decimalSign);
}

/** What was entered as the host takes it; an empty field is null. What is no number is sent as it is, and refused with words. */
export function answerOf(
  fields: readonly Field[],
  entries: Readonly<Record<string, string | boolean | number>>,
): AnswerValues {
  return Object.fromEntries(
    fields.map(({ id, kind }) => {
      const entry = entries[id];
      if (kind === 'flag') return [id, entry === true];
      const text = String(entry ?? '').trim();
      if (text === '') return [id, null];
      const number = Number(text.replace(',', '.'));
      return [id, kind === 'number' && Number.isFinite(number) ? number : text];
    }),
  );
}

/** Facts of a question with their numbers as a person reads them. */
export function shownFacts(facts: Readonly<Record<string, string | number>>, locale: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'number' ? plainNumber(value, locale) : value,
    ]),
  );
}

/** As many digits as there are, at most six, without zeros at the end. */
export function plainNumber(value: number, locale: string): string {
  const rounded = Number(value.toPrecision(6));
  const decimals = Math.min(9, (/\.(\d+)$/.exec(rounded.toFixed(9).replace(/0+$/, ''))?.[1] ?? '').length);
  return formatNumber(rounded, { locale, decimals });
}

/** The unit of a field as it is written beside it. */
export function unitOf({ unit }: Field): string {
  return unit === 'ohm' ? 'Ω' : unit;
}
