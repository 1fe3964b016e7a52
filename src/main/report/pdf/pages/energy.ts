import { missing } from '../../../../shared/units/index.ts';
import { hasFigure } from '../../energy-view.ts';
import type { EnergyView } from '../../energy-view.ts';
import type { RunView, SessionView } from '../../view.ts';
import { acceptance, headline, mainShares, reasonSentences, secondLine, tried } from '../energy-words.ts';
import { marks } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { drawNotice, drawRunTitle, drawTiles, drawUnfinished, parts } from './blocks.ts';
import type { Tile } from './blocks.ts';
import { drawApart, drawCorrected } from './energy-apart.ts';
import { drawStartZoom, drawTrace } from './energy-trace.ts';

/** The figures of an energy run: headline, windows and trace; then what stands apart from the benchmark. */
export function drawEnergy(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  drawRunTitle(sheet, words, view, run, words.t('run.title', { mode: words.mode(run), workload: run.workload.title }));
  drawUnfinished(sheet, words, run);
  const { energy } = run;
  if (!energy) {
    sheet.paragraph(words.t('energy.nothing'), styles.muted);
    return;
  }
  drawHeadline(sheet, words, run, energy);
  sheet.gap(10);
  drawTiles(sheet, tiles(words, run, energy));
  sheet.gap(9);
  drawMonitor(sheet, words, energy);
  sheet.gap(12);
  drawTrace(sheet, words, view, energy);
  drawWindows(sheet, words, energy);
  sheet.gap(12);
  drawStartZoom(sheet, words, view, energy);
  drawMethod(sheet, words, energy);
  drawCorrected(sheet, words, run, energy);
  drawApart(sheet, words, run, energy);
}

/** Whether the run has a figure that may be printed. */
export function isPrintable(run: RunView): boolean {
  return run.status === 'completed' && hasFigure(run.energy?.figures);
}

function drawHeadline(sheet: Sheet, words: Words, run: RunView, { figures }: EnergyView): void {
  if (run.status !== 'completed') return;
  if (!hasFigure(figures)) {
    drawNotice(sheet, marks.bad, words.t('energy.noFigure'), reasonSentences(words, figures?.budget));
    return;
  }
  const { budget, medianEnergyUJPerInf } = figures;
  const big = { ...styles.page, size: 17, leading: 22 };
  const inner = sheet.width - 24;
  const lines = sheet.type.break(headline(words, medianEnergyUJPerInf, budget), big, inner);
  const shares = mainShares(words, budget);
  const details = [
    ...(shares === '' ? [] : sheet.type.break(words.t('energy.shares', { shares }), styles.body, inner)),
    ...sheet.type.break(secondLine(words, budget), styles.body, inner),
  ];
  const height = 14 + styles.small.leading + lines.length * big.leading + details.length * styles.body.leading + 3;
  sheet.ensure(height);
  const top = sheet.y;
  sheet.artifact(() => {
    sheet.doc.roundedRect(sheet.left, top, sheet.width, height, 4).fillAndStroke(colors.ground, colors.border);
    sheet.doc.rect(sheet.left, top + 3, 2.5, height - 6).fill(colors.accent);
  }, 'Background');
  sheet.y = top + 7;
  sheet.leaf('P', () => {
    sheet.put(words.t('energy.official'), sheet.left + 12, sheet.y, styles.small);
    sheet.y += styles.small.leading;
  });
  sheet.leaf('P', () => {
    sheet.y = sheet.type.lines(lines, sheet.left + 12, sheet.y, big);
  });
  sheet.gap(3);
  sheet.leaf('P', () => {
    sheet.y = sheet.type.lines(details, sheet.left + 12, sheet.y, styles.body);
  });
  sheet.y = top + height;
}

function tiles(words: Words, run: RunView, { setup, trace, figures }: EnergyView): Tile[] {
  const printable = isPrintable(run) ? figures : null;
  const none = {
    value: missing,
    note: words.t(run.status === 'completed' ? 'energy.noFigure' : 'results.notCompleted'),
  };
  const throughput = printable?.medianThroughputInfPerS ?? null;
  const powerUW = printable?.medianPowerUW ?? null;
  const lengths = (figures?.windows ?? []).map((window) => window.seconds);
  const measuredV = trace?.measuredVoltageV ?? null;
  return [
    powerUW === null
      ? { name: words.t('energy.tile.power'), ...none }
      : {
          name: words.t('energy.tile.power'),
          ...parts(words.quantity(powerUW / 1e6, 'W')),
          note: words.t('energy.tile.powerNote'),
        },
    throughput === null
      ? { name: words.t('tile.throughput'), ...none }
      : {
          name: words.t('tile.throughput'),
          value: words.significant(throughput),
          unit: 'inf/s',
          note: words.t('tile.latency', { latency: words.quantity(1 / throughput, 's') }),
        },
    {
      name: words.t('tile.windows'),
      value: words.count(lengths.length),
      unit: words.t('tile.ofTotal', { total: run.inputsTotal }),
      note:
        lengths.length === 0
          ? words.t('results.noWindows')
          : words.t('tile.shortest', { seconds: words.quantity(Math.min(...lengths), 's') }),
    },
    {
      name: words.t('energy.tile.supply'),
      value: words.number(setup.supply.voltageV, 3),
      unit: 'V',
      note:
        measuredV === null
          ? words.t('energy.tile.supplyUnread')
          : words.t('energy.tile.supplyRead', { voltage: words.number(measuredV, 3) }),
    },
  ];
}

function drawMonitor(sheet: Sheet, words: Words, { setup }: EnergyView): void {
  const { monitor } = setup;
  const identity = words.t('energy.monitorIdentity', {
    serial: monitor.serial || missing,
    firmware: monitor.firmware || missing,
  });
  const stream = words.t('energy.monitorStream', {
    quantity: words.t(`energy.quantity.${monitor.quantity}`),
    rate: words.quantity(monitor.sampleRateHz, 'Hz'),
    filter: words.t(`energy.filter.${monitor.filter}`),
  });
  drawTable(sheet, {
    columns: [
      { title: words.t('role.monitor'), width: { share: 1.3 } },
      { title: words.t('energy.column.stream'), width: { share: 1.3 }, style: styles.smallText },
      { title: words.t('energy.column.acceptance'), width: { share: 1.2 } },
      { title: words.t('column.tried'), width: { share: 1 } },
    ],
    rows: [
      [
        { text: monitor.model, sub: identity, style: styles.bold },
        stream,
        {
          text: acceptance(words, setup),
          mark: monitor.acceptance === 'submissions' ? marks.ok : marks.warn,
          style: styles.bold,
        },
        {
          text: tried(words, setup),
          mark: monitor.simulated ? marks.none : monitor.triedOnHardware ? marks.ok : marks.warn,
        },
      ],
    ],
    padding: 2.5,
  });
}

function drawWindows(sheet: Sheet, words: Words, { trace, figures }: EnergyView): void {
  sheet.sectionHeading(words.t('evidence.windows'), 60);
  const rows = (figures?.windows ?? []).map((window) => {
    const summary = trace?.windows.find((other) => other.number === window.number);
    return [
      String(window.number),
      words.count(window.inferences),
      words.number(window.seconds, 3),
      words.number(window.energyUJ, 3),
      words.number(window.powerUW, 3),
      words.number(window.energyUJPerInf, 3),
      summary ? words.count(summary.official.endSample - summary.official.firstSample) : missing,
      summary ? words.count(summary.edges) : missing,
      summary ? words.count(summary.official.lostSamples) : missing,
    ];
  });
  if (rows.length === 0) {
    sheet.paragraph(words.t('evidence.noWindows'), styles.muted);
    return;
  }
  const number = (title: string, share: number) =>
    ({ title, width: { share }, align: 'right', style: styles.number }) as const;
  drawTable(sheet, {
    columns: [
      { title: words.t('column.window'), width: { points: 34 }, style: styles.number },
      number(words.t('column.inferences'), 1),
      number(words.t('energy.column.seconds'), 0.9),
      number(words.t('energy.column.energy'), 1.35),
      number(words.t('energy.column.power'), 1.25),
      number(words.t('energy.column.perInference'), 1.1),
      number(words.t('energy.column.samples'), 0.95),
      number(words.t('energy.column.edges'), 0.6),
      number(words.t('energy.column.lost'), 0.6),
    ],
    rows,
    padding: 2,
  });
  if (!hasFigure(figures)) {
    sheet.gap(3);
    sheet.paragraph(words.t('energy.windowsNoResult'), styles.small);
  }
}

/** How the official figure came about, and what the other published rule gives. */
function drawMethod(sheet: Sheet, words: Words, { setup, figures }: EnergyView): void {
  if (!hasFigure(figures)) return;
  const other = figures.otherRuleMedianEnergyUJPerInf;
  const otherRule = setup.windowRule === 'eembc' ? 'mlc' : 'eembc';
  drawFacts(
    sheet,
    [
      [words.t('energy.fact.rule'), words.t(`energy.rule.${setup.windowRule}`)],
      [
        words.t('energy.fact.printed'),
        // As the result file has it, whatever the language of this page.
        words.t('energy.printed', { value: figures.medianEnergyUJPerInf.toFixed(3) }),
      ],
      [
        words.t('energy.fact.otherRule'),
        other === null
          ? missing
          : words.t('energy.otherRule', {
              value: words.number(other, 3),
              rule: words.t(`energy.rule.${otherRule}`),
              difference: words.signedPercent(other / figures.medianEnergyUJPerInf - 1),
            }),
      ],
    ],
    { heading: words.t('energy.methodHeading'), nameWidth: 120 },
  );
  sheet.gap(12);
}
