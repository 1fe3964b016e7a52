import type { TraceColumnsView } from '../../energy-view.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { band, decimalsOf, horizontalGrid, linear, ticks, verticalGrid } from './plot.ts';
import type { Frame, Scale } from './plot.ts';

export interface PowerChart {
  columns: TraceColumnsView;
  /** Stretches with a tab that names them. */
  bands: readonly { fromS: number; toS: number; name: string; color: string }[];
  /** Instants with a name. */
  marks: readonly { atS: number; name: string }[];
  /** Zero of the time axis, in seconds of the trace. */
  originS: number;
  timeAxis: string;
  /** Seconds times this stand at the axis. */
  timeFactor: number;
}

export const powerChartHeight = 178;

/** Columns few enough that each is seen are drawn as the steps that samples are. */
const mostSteps = 400;

/** Min/max envelope under the line of the means; stretches as bands with a tab, gaps hatched. */
export function powerChart(sheet: Sheet, words: Words, chart: PowerChart, x: number, y: number, width: number): void {
  const { columns } = chart;
  const frame: Frame = { x: x + 44, y: y + 14, width: width - 50, height: powerChartHeight - 46 };
  const most = columns.maxW.reduce((max, value) => (value > max ? value : max), 0) || 1;
  const unit = powerUnit(words, most);
  const vertical = linear(0, (most / unit.factor) * 1.06, frame.y + frame.height, frame.y);
  const horizontal = linear(columns.fromS, columns.toS, frame.x, frame.x + frame.width);
  for (const { fromS, toS, name, color } of chart.bands) drawBand(sheet, frame, horizontal, fromS, toS, name, color);
  const levels = ticks(0, (most / unit.factor) * 1.02, 5);
  horizontalGrid(sheet, frame, vertical, levels, (value) => words.number(value, decimalsOf(levels)));
  const span = [columns.fromS - chart.originS, columns.toS - chart.originS].map((s) => s * chart.timeFactor);
  const times = ticks(span[0] ?? 0, span[1] ?? 1, 8);
  verticalGrid(
    sheet,
    frame,
    (value) => horizontal(value / chart.timeFactor + chart.originS),
    times,
    (value) => words.number(value, decimalsOf(times)),
  );
  const place = (w: number): number => vertical(w / unit.factor);
  for (const [first, end] of wholeStretches(columns.meanW)) drawStretch(sheet, columns, first, end, horizontal, place);
  drawGaps(sheet, columns, frame, horizontal);
  sheet.rule(frame.x, frame.y + frame.height, frame.width, colors.borderStrong, 0.8);
  for (const { atS, name } of chart.marks) drawInstant(sheet, frame, horizontal(atS), name);
  sheet.put(chart.timeAxis, frame.x + frame.width / 2, frame.y + frame.height + 15, styles.axis, 'center');
  const middle = frame.y + frame.height / 2;
  sheet.doc.save().rotate(-90, { origin: [x, middle] });
  sheet.put(words.t('energy.powerAxis', { unit: unit.name }), x, middle + 1.5, styles.axis, 'center');
  sheet.doc.restore();
}

/** The prefix in which the highest power has one to three digits before the mark. */
function powerUnit(words: Words, most: number): { factor: number; name: string } {
  if (!words.isPrefixed || most >= 1) return { factor: 1, name: 'W' };
  if (most >= 1e-3) return { factor: 1e-3, name: 'mW' };
  return most >= 1e-6 ? { factor: 1e-6, name: 'µW' } : { factor: 1e-9, name: 'nW' };
}

function drawBand(
  sheet: Sheet,
  frame: Frame,
  horizontal: Scale,
  fromS: number,
  toS: number,
  name: string,
  color: string,
): void {
  const [left, right] = [
    Math.max(frame.x, horizontal(fromS)),
    Math.min(frame.x + frame.width, horizontal(toS)),
  ] as const;
  if (right <= left) return;
  band(sheet, left, frame.y, right - left, frame.height, color, 0.08);
  // A tab above the frame: the name must not lie on the curve.
  sheet.doc.rect(left, frame.y - 11, right - left, 11).fill(color);
  const style = { ...styles.axis, size: 6.5, color: colors.paper };
  sheet.put(sheet.type.shorten(name, style, right - left - 2), (left + right) / 2, frame.y - 10, style, 'center');
}

/** Index ranges without gaps. */
function wholeStretches(values: Float32Array): [number, number][] {
  const stretches: [number, number][] = [];
  let first = -1;
  for (let i = 0; i <= values.length; i += 1) {
    const whole = i < values.length && Number.isFinite(values[i]);
    if (whole && first < 0) first = i;
    if (!whole && first >= 0) {
      stretches.push([first, i]);
      first = -1;
    }
  }
  return stretches;
}

function drawStretch(
  sheet: Sheet,
  columns: TraceColumnsView,
  first: number,
  end: number,
  horizontal: Scale,
  vertical: Scale,
): void {
  const count = columns.meanW.length;
  const edge = (i: number): number => horizontal(columns.fromS + ((columns.toS - columns.fromS) * i) / count);
  const isStepped = count <= mostSteps;
  const points = (values: Float32Array): [number, number][] =>
    Array.from({ length: end - first }, (_, k) => first + k).flatMap((i): [number, number][] => {
      const py = vertical(values[i] ?? 0);
      return isStepped
        ? [
            [edge(i), py],
            [edge(i + 1), py],
          ]
        : [[(edge(i) + edge(i + 1)) / 2, py]];
    });
  const { doc } = sheet;
  doc.save().fillOpacity(0.28);
  trace(doc, [...points(columns.maxW), ...points(columns.minW).reverse()]);
  doc.closePath().fill(colors.data1).restore();
  doc.save().lineWidth(0.8).lineJoin('round').strokeColor(colors.data1);
  trace(doc, points(columns.meanW));
  doc.stroke().restore();
}

function trace(doc: Sheet['doc'], points: readonly [number, number][]): void {
  points.forEach(([px, py], i) => {
    if (i === 0) doc.moveTo(round(px), round(py));
    else doc.lineTo(round(px), round(py));
  });
}

/** Hundredths of a point are finer than any printer; more digits only make the file larger. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function drawGaps(sheet: Sheet, columns: TraceColumnsView, frame: Frame, horizontal: Scale): void {
  const count = columns.meanW.length;
  const at = (i: number): number => horizontal(columns.fromS + ((columns.toS - columns.fromS) * i) / count);
  let first = -1;
  for (let i = 0; i <= count; i += 1) {
    const isGap = i < count && !Number.isFinite(columns.meanW[i]);
    if (isGap && first < 0) first = i;
    if (isGap || first < 0) continue;
    const [left, right] = [at(first), Math.max(at(i), at(first) + 1)];
    first = -1;
    const { doc } = sheet;
    doc
      .save()
      .rect(left, frame.y, right - left, frame.height)
      .clip();
    doc.lineWidth(0.6).strokeColor(colors.bad);
    for (let offset = -frame.height; offset < right - left; offset += 4)
      doc
        .moveTo(left + offset, frame.y + frame.height)
        .lineTo(left + offset + frame.height, frame.y)
        .stroke();
    doc.restore();
  }
}

function drawInstant(sheet: Sheet, frame: Frame, at: number, name: string): void {
  sheet.doc
    .save()
    .lineWidth(1)
    .dash(3, { space: 2 })
    .strokeColor(colors.data2)
    .moveTo(at, frame.y)
    .lineTo(at, frame.y + frame.height)
    .stroke()
    .undash()
    .restore();
  // Above the frame, where it covers no sample.
  sheet.put(name, at - 4, frame.y - 10, { ...styles.axis, color: colors.data2 }, 'right');
}
