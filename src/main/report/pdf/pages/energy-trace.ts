import type { EnergyView } from '../../energy-view.ts';
import type { SessionView } from '../../view.ts';
import { powerChart, powerChartHeight } from '../charts/power.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { drawChartTitle } from './blocks.ts';

const titleHeight = styles.section.leading + 4;

/** The whole trace with its windows and rests shaded. */
export function drawTrace(sheet: Sheet, words: Words, view: SessionView, energy: EnergyView): void {
  const { trace, columns } = energy;
  if (!trace || !columns) {
    sheet.sectionHeading(words.t('energy.traceTitle'), 14);
    sheet.paragraph(words.t(trace ? 'energy.traceUnread' : 'energy.noTrace'), styles.muted);
    sheet.gap(10);
    return;
  }
  sheet.ensure(titleHeight + powerChartHeight);
  drawChartTitle(sheet, words, view, words.t('energy.traceTitle'), sheet.left, sheet.width);
  sheet.gap(titleHeight);
  const rate = trace.sampleRateHz;
  const windows = trace.windows.map((window) => ({
    fromS: window.startEdge / rate,
    toS: window.endEdge / rate,
    name: String(window.number),
    color: colors.accent,
  }));
  const rests = trace.rest.map(({ state, stretch }) => ({
    fromS: stretch.firstSample / rate,
    toS: stretch.endSample / rate,
    name: words.t(`energy.rest.${state}`),
    color: colors.grey,
  }));
  const alt = words.t('energy.alt.trace', {
    seconds: words.number(trace.samples / rate, 1),
    windows: windows
      .map((window) =>
        words.t('energy.alt.window', {
          number: window.name,
          from: words.number(window.fromS, 3),
          to: words.number(window.toS, 3),
        }),
      )
      .join('; '),
  });
  sheet.figure(alt, sheet.left, sheet.width, powerChartHeight, (x, y) =>
    powerChart(
      sheet,
      words,
      {
        columns,
        bands: [...windows, ...rests],
        marks: [],
        originS: 0,
        timeAxis: words.t('energy.timeAxis'),
        timeFactor: 1,
      },
      x,
      y,
      sheet.width,
    ),
  );
  sheet.gap(2);
  sheet.paragraph(words.t('energy.traceNote'), styles.small);
  sheet.gap(10);
}

/** The start of the median window: where the edge lies, and what the DUT did around it. */
export function drawStartZoom(sheet: Sheet, words: Words, view: SessionView, energy: EnergyView): void {
  const { trace, startZoom } = energy;
  // The columns decide: they may have been read for another window than today's median.
  const window = trace?.windows.find(({ startEdge }) => {
    const startS = startEdge / trace.sampleRateHz;
    return startZoom !== null && startS >= startZoom.fromS && startS < startZoom.toS;
  });
  if (!trace || !startZoom || !window) return;
  const edgeS = window.startEdge / trace.sampleRateHz;
  sheet.ensure(titleHeight + powerChartHeight);
  drawChartTitle(sheet, words, view, words.t('energy.zoomTitle', { window: window.number }), sheet.left, sheet.width);
  sheet.gap(titleHeight);
  const alt = words.t('energy.alt.zoom', {
    window: window.number,
    before: words.quantity(window.beforeStartW, 'W', 3),
    power: words.quantity(window.official.meanPowerW, 'W', 3),
  });
  sheet.figure(alt, sheet.left, sheet.width, powerChartHeight, (x, y) =>
    powerChart(
      sheet,
      words,
      {
        columns: startZoom,
        bands: [
          {
            fromS: edgeS,
            toS: window.endEdge / trace.sampleRateHz,
            name: words.t('chart.window', { number: window.number }),
            color: colors.accent,
          },
        ],
        marks: [{ atS: edgeS, name: words.t('energy.startEdge') }],
        originS: edgeS,
        timeAxis: words.t('energy.zoomAxis'),
        timeFactor: 1000,
      },
      x,
      y,
      sheet.width,
    ),
  );
  sheet.gap(12);
}
