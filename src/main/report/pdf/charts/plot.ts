import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Style } from '../theme.ts';

/** Where a chart draws: the frame of its data, inside its labels. */
export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Scale = (value: number) => number;

export function linear(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Round steps of 1, 2 or 5 times a power of ten, about `count` of them over the span. */
export function ticks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / Math.max(1, count);
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const values: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i += 1)
    values.push(Number((i * step).toPrecision(12)));
  return values;
}

/** Decimals that the steps of an axis need. */
export function decimalsOf(values: readonly number[]): number {
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0)) || 1;
  return Math.max(0, Math.min(6, -Math.floor(Math.log10(step) + 1e-9)));
}

export function horizontalGrid(
  sheet: Sheet,
  frame: Frame,
  scale: Scale,
  values: readonly number[],
  label: (value: number) => string,
): void {
  for (const value of values) {
    const y = scale(value);
    sheet.rule(frame.x, y, frame.width, colors.border, 0.4);
    sheet.put(label(value), frame.x - 4, y - styles.axis.leading / 2, styles.axis, 'right');
  }
}

export function verticalGrid(
  sheet: Sheet,
  frame: Frame,
  scale: Scale,
  values: readonly number[],
  label: (value: number) => string,
): void {
  for (const value of values) {
    const x = scale(value);
    sheet.doc
      .lineWidth(0.4)
      .strokeColor(colors.border)
      .moveTo(x, frame.y)
      .lineTo(x, frame.y + frame.height)
      .stroke();
    sheet.put(label(value), x, frame.y + frame.height + 3, styles.axis, 'center');
  }
}

/** A dashed line with its name at one end: a limit, a target, a median. */
export function limitLine(sheet: Sheet, from: [number, number], to: [number, number], color: string): void {
  sheet.doc.save().lineWidth(0.9).dash(3, { space: 2 }).strokeColor(color);
  sheet.doc
    .moveTo(...from)
    .lineTo(...to)
    .stroke()
    .undash()
    .restore();
}

export function band(
  sheet: Sheet,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
  opacity: number,
): void {
  sheet.doc.save().fillOpacity(opacity).rect(x, y, width, height).fill(color).restore();
}

/** Words on a ground of paper, so that a line behind them does not cross them out. */
export function labelOnPaper(
  sheet: Sheet,
  text: string,
  x: number,
  top: number,
  style: Style,
  align: 'left' | 'center' | 'right' = 'left',
): void {
  const width = sheet.type.width(text, style);
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  sheet.doc.rect(left - 1.5, top + 0.5, width + 3, style.leading - 1).fill(colors.paper);
  sheet.put(text, left, top, style);
}
