import type { EnergySetup, TraceSummary } from '../../../../shared/domain/energy.ts';
import { missing } from '../../../../shared/units/index.ts';
import type { RunView, SessionView } from '../../view.ts';
import { wiringChart, wiringChartHeight } from '../charts/wiring.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';
import type { Cell } from '../table.ts';
import { styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { drawRunTitle } from './blocks.ts';

/** How the bench was wired, what the figure covers, and how the trace was taken. */
export function drawWiring(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const { energy } = run;
  if (!energy) return;
  const { setup, trace } = energy;
  drawRunTitle(
    sheet,
    words,
    view,
    run,
    words.t('energy.wiring.title', { mode: words.mode(run), workload: run.workload.title }),
  );
  sheet.sectionHeading(words.t('energy.wiring.heading'), wiringChartHeight + 6);
  const alt = words.t('energy.alt.wiring', {
    path: words.t(`energy.path.${setup.path}`),
    monitor: setup.monitor.model,
    voltage: words.number(setup.supply.voltageV, 3),
    board: setup.supply.board,
    plane: words.t(`energy.plane.${setup.plane}`),
  });
  sheet.figure(alt, sheet.left, sheet.width, wiringChartHeight, (x, y) =>
    wiringChart(sheet, words, setup, x, y, sheet.width),
  );
  sheet.gap(8);
  const { limits, voltageV, board } = setup.supply;
  drawFacts(
    sheet,
    [
      [words.t('energy.fact.path'), words.t(`energy.path.${setup.path}`)],
      [words.t('energy.fact.plane'), words.t(`energy.plane.${setup.plane}`)],
      [words.t('energy.fact.board'), board],
      [
        words.t('energy.fact.supply'),
        words.t('energy.supplyValue', {
          voltage: words.number(voltageV, 3),
          min: words.number(limits.minV, 2),
          nominal: words.number(limits.nominalV, 2),
          max: words.number(limits.maxV, 2),
        }),
      ],
      [
        words.t('energy.fact.temperature'),
        setup.temperatureC === null ? words.t('facts.notRecorded') : `${words.number(setup.temperatureC, 1)}\u00a0°C`,
      ],
    ],
    { nameWidth: 120 },
  );
  sheet.gap(12);
  drawScope(sheet, words, setup);
  if (trace) drawTraceFacts(sheet, words, trace);
}

/** What the measured supply feeds and what not, and who said so. */
export function drawScope(sheet: Sheet, words: Words, { scope }: EnergySetup): void {
  sheet.sectionHeading(words.t('energy.scope.heading'), 60);
  sheet.paragraph(words.t('energy.scope.intro'), styles.body);
  sheet.gap(2);
  const nothing = { text: words.t('energy.scope.notDeclared'), style: styles.muted };
  const cell = (items: readonly string[], i: number): Cell | string =>
    items[i] ?? (i === 0 && items.length === 0 ? nothing : '');
  const rows = Math.max(scope.measured.length, scope.notMeasured.length, 1);
  drawTable(sheet, {
    columns: [
      { title: words.t('energy.scope.measured'), width: { share: 1 }, mostLines: 5 },
      { title: words.t('energy.scope.notMeasured'), width: { share: 1 }, mostLines: 5 },
    ],
    rows: Array.from({ length: rows }, (_, i) => [cell(scope.measured, i), cell(scope.notMeasured, i)]),
    padding: 2,
  });
  sheet.gap(3);
  sheet.paragraph(
    scope.declaredBy === ''
      ? words.t('energy.scope.nobody')
      : words.t('energy.scope.declaredBy', { name: scope.declaredBy }),
    styles.small,
  );
  sheet.gap(12);
}

function drawTraceFacts(sheet: Sheet, words: Words, trace: TraceSummary): void {
  const seconds = (value: number | null): string => (value === null ? missing : `${words.number(value, 3)}\u00a0s`);
  const lost = trace.losses.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const unknown = trace.losses.filter(({ count }) => count === null).length;
  drawFacts(
    sheet,
    [
      [words.t('energy.trace.file'), trace.file],
      [words.t('energy.trace.hash'), trace.sha256, styles.hash],
      [
        words.t('energy.trace.samples'),
        words.t('energy.trace.samplesValue', {
          samples: words.count(trace.samples),
          rate: words.quantity(trace.sampleRateHz, 'Hz'),
          achieved: trace.achievedRateHz === null ? missing : words.quantity(trace.achievedRateHz, 'Hz', 6),
        }),
      ],
      [
        words.t('energy.trace.duration'),
        words.t('energy.trace.durationValue', {
          samples: seconds(trace.samples / trace.sampleRateHz),
          host: seconds(trace.hostDurationS),
          device: seconds(trace.deviceDurationS),
        }),
      ],
      [
        words.t('energy.trace.edges'),
        words.t('energy.trace.edgesValue', {
          seen: trace.edgeCount,
          expected: trace.expectedEdgeCount,
          stray: trace.strayEdges,
        }),
      ],
      [
        words.t('energy.trace.losses'),
        trace.losses.length === 0
          ? words.t('energy.trace.noLoss')
          : words.t('energy.trace.lossValue', { places: trace.losses.length, lost: words.count(lost), unknown }),
      ],
      [
        words.t('energy.trace.margins'),
        words.t('energy.trace.marginsValue', { head: seconds(trace.headS), tail: seconds(trace.tailS) }),
      ],
    ],
    { heading: words.t('energy.trace.heading'), nameWidth: 120 },
  );
}
