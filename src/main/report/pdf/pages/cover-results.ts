import type { Finding } from '../../../../shared/domain/verdict.ts';
import { findingText } from '../../../../shared/text/finding.ts';
import { missing } from '../../../../shared/units/index.ts';
import { hasFigure } from '../../energy-view.ts';
import type { EnergyView } from '../../energy-view.ts';
import { coverageText, doubtful } from '../doubt.ts';
import { acceptance } from '../energy-words.ts';
import { marks } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { drawTable } from '../table.ts';
import type { Cell } from '../table.ts';
import { styles } from '../theme.ts';
import { outcomeMark, outcomeOf, outcomeWord } from '../words.ts';
import type { Words } from '../words.ts';
import type { RunView, SessionView } from '../../view.ts';
import { clockDeviation } from './performance.ts';

/** The figure of each run with its doubt, its target and its verdict. */
export function drawResults(sheet: Sheet, words: Words, view: SessionView): void {
  drawTable(sheet, {
    columns: [
      { title: words.t('results.workload'), width: { share: 1.05 } },
      { title: words.t('results.figure'), width: { share: 1 } },
      { title: words.t('results.doubt'), width: { share: 0.9 } },
      { title: words.t('results.target'), width: { share: 0.85 } },
      { title: words.t('results.verdict'), width: { share: 1.4 } },
    ],
    rows: view.runs.map((run) => resultRow(words, run)),
    padding: 4,
  });
}

function resultRow(words: Words, run: RunView): Cell[] {
  const outcome = outcomeOf(run);
  const { figure, doubt } = resultFigures(words, run);
  return [
    { text: run.workload.title, sub: `${words.mode(run)} · ${run.workload.id} · ${run.runId}`, style: styles.bold },
    { ...figure, style: { ...styles.bold, size: 11, leading: 14 } },
    doubt,
    targetCell(words, run),
    { text: outcomeWord(words, outcome), mark: outcomeMark[outcome], style: styles.bold },
  ];
}

/** What the verdict of each run rests on: a cover that only claims is worth little. */
export function drawGrounds(sheet: Sheet, words: Words, view: SessionView): void {
  sheet.sectionHeading(words.t('grounds.heading'));
  drawTable(sheet, {
    columns: [
      { title: words.t('grounds.run'), width: { share: 0.8 } },
      { title: words.t('grounds.rules'), width: { share: 0.95 } },
      { title: words.t('grounds.findings'), width: { share: 1.1 } },
      { title: words.t('grounds.record'), width: { share: 2.6 } },
    ],
    rows: view.runs.map((run) => {
      const findings = run.judgement?.findings ?? [];
      const passed = findings.filter((finding) => finding.outcome === 'passed').length;
      const failed = findings.filter((finding) => finding.outcome === 'failed');
      return [
        `${words.mode(run)}, ${run.runId}`,
        run.judgement ? words.t('grounds.passed', { passed, applied: passed + failed.length }) : missing,
        findingsCell(words, run, failed),
        grounds(words, view, run),
      ];
    }),
    padding: 2.5,
  });
  drawReasons(sheet, words, view);
  sheet.gap(10);
}

/** Reasons beyond this number are only counted. */
const mostReasons = 6;

/** What stands against a run, in its own words: a number of a rule tells a stranger nothing. */
function drawReasons(sheet: Sheet, words: Words, view: SessionView): void {
  const reasons = view.runs
    .flatMap((run) => (run.judgement?.findings ?? []).map((finding) => ({ run: run.runId, finding })))
    .filter(({ finding }) => finding.outcome === 'failed' && finding.severity !== 'I')
    .toSorted((a, b) => 'EW'.indexOf(a.finding.severity) - 'EW'.indexOf(b.finding.severity));
  if (reasons.length > 0) sheet.gap(5);
  for (const { run, finding } of reasons.slice(0, mostReasons)) {
    const { message } = findingText(words.text, finding);
    sheet.paragraph(words.t('grounds.finding', { rule: finding.rule, run, message }), styles.smallText);
  }
  if (reasons.length > mostReasons) {
    sheet.paragraph(words.t('grounds.more', { count: reasons.length - mostReasons }), styles.smallText);
  }
}

function findingsCell(words: Words, run: RunView, failed: readonly Finding[]): Cell {
  if (!run.judgement) return { text: words.t('grounds.notJudged'), mark: marks.none };
  if (failed.length === 0) return { text: words.t('grounds.none'), mark: marks.ok };
  const has = (severity: Finding['severity']): boolean => failed.some((finding) => finding.severity === severity);
  return {
    text: failed.map((finding) => finding.rule).join(', '),
    mark: has('E') ? marks.bad : has('W') ? marks.warn : marks.none,
  };
}

function grounds(words: Words, view: SessionView, run: RunView): string {
  if (run.mode === 'accuracy') return accuracyGrounds(words, run);
  return run.energy ? energyGrounds(words, run, run.energy) : performanceGrounds(words, view, run);
}

function energyGrounds(words: Words, run: RunView, { setup, trace, figures }: EnergyView): string {
  const lengths = (figures?.windows ?? []).map((window) => window.seconds);
  if (!trace || lengths.length === 0) return words.t('results.noWindows');
  return words.t('energy.grounds', {
    monitor: setup.monitor.model,
    acceptance: acceptance(words, setup),
    done: lengths.length,
    total: run.inputsTotal,
    shortest: words.quantity(Math.min(...lengths), 's'),
    longest: words.quantity(Math.max(...lengths), 's'),
    edges: trace.edgeCount,
    expected: trace.expectedEdgeCount,
    lost: words.count(trace.losses.reduce((sum, { count }) => sum + (count ?? 0), 0)),
  });
}

function performanceGrounds(words: Words, view: SessionView, run: RunView): string {
  const lengths = run.windows.map((window) => window.seconds);
  if (lengths.length === 0) return words.t('results.noWindows');
  const deviations = run.windows.map((window) => clockDeviation(view, window)).filter((value) => value !== null);
  const parts = [
    words.t('grounds.windows', {
      done: run.windows.length,
      total: run.inputsTotal,
      shortest: words.quantity(Math.min(...lengths), 's'),
      longest: words.quantity(Math.max(...lengths), 's'),
    }),
  ];
  parts.push(
    deviations.length === 0
      ? words.t('grounds.noClock')
      : words.t('grounds.clock', { deviation: words.smallPercent(Math.max(...deviations.map(Math.abs))) }),
  );
  return parts.join(' ');
}

function accuracyGrounds(words: Words, run: RunView): string {
  const parts = [
    words.t('grounds.inputs', {
      done: words.count(run.inputs.length),
      total: words.count(run.inputsTotal),
      set: words.term(`inputSet.${run.inputSet.kind}`),
    }),
  ];
  if (run.resumes > 0) parts.push(words.t('grounds.resumed', { count: run.resumes }));
  return parts.join(' ');
}

function resultFigures(words: Words, run: RunView): { figure: Cell; doubt: Cell } {
  const { figures } = run;
  const none = (reason: string): Cell => ({ text: missing, sub: reason });
  if (run.status !== 'completed') return { figure: none(words.t('results.notCompleted')), doubt: none('') };
  if (run.energy) {
    const energy = run.energy.figures;
    if (!hasFigure(energy)) return { figure: none(words.t('energy.noFigure')), doubt: none('') };
    const { budget, medianEnergyUJPerInf } = energy;
    const doubt = budget.expandedUncertainty;
    const shown = doubt === null ? null : doubtful(words, medianEnergyUJPerInf / 1e6, doubt / 1e6, 'J');
    return {
      figure: {
        text: shown ? `${shown.value}\u00a0${shown.unit}` : words.quantity(medianEnergyUJPerInf / 1e6, 'J'),
        sub: words.t('energy.perInference', { windows: energy.windows.length }),
      },
      doubt:
        shown && budget.coverageFactor !== null
          ? {
              text: `±\u00a0${shown.doubt}\u00a0${shown.unit}`,
              sub: words.t('energy.doubt', { coverage: coverageText(words, budget.coverageFactor, null) }),
            }
          : none(words.t('energy.noDoubt')),
    };
  }
  if (run.mode === 'performance') {
    const median = figures.medianThroughputInfPerS;
    if (median === undefined) return { figure: none(words.t('results.noWindows')), doubt: none('') };
    return {
      figure: {
        text: words.quantity(median, 'inf/s'),
        sub: words.t('results.median', { windows: run.windows.length }),
      },
      doubt: { text: words.smallPercent(figures.spread), sub: words.t('results.spread') },
    };
  }
  if (run.workload.metric === 'auc') {
    if (figures.aucExact === undefined) return { figure: none(words.t('results.noScores')), doubt: none('') };
    return {
      figure: {
        text: words.number(figures.aucExact, 4),
        sub: words.t('results.auc', { inputs: words.count(figures.inputs) }),
      },
      doubt: none(words.t('results.noInterval')),
    };
  }
  if (figures.top1 === undefined) return { figure: none(words.t('results.noScores')), doubt: none('') };
  return {
    figure: {
      text: words.percent(figures.top1),
      sub: words.t('results.correct', { correct: words.count(figures.correct), inputs: words.count(figures.inputs) }),
    },
    doubt: figures.top1Interval
      ? { text: words.interval(...figures.top1Interval), sub: words.t('results.interval') }
      : none(words.t('results.noInterval')),
  };
}

function targetCell(words: Words, run: RunView): Cell {
  const { qualityTarget, metric } = run.workload;
  if (run.mode !== 'accuracy' || qualityTarget === null)
    return { text: missing, sub: words.t(run.mode === 'accuracy' ? 'results.noTarget' : 'results.noTargetMode') };
  const value = `≥ ${metric === 'auc' ? words.number(qualityTarget, 2) : words.percent(qualityTarget)}`;
  const state = run.status === 'completed' ? (run.judgement?.qualityTarget ?? 'notApplicable') : 'notApplicable';
  const mark = state === 'met' ? marks.ok : state === 'missed' ? marks.bad : null;
  return mark
    ? { text: words.term(`qualityTarget.${state}`), sub: value, mark, style: styles.bold }
    : { text: value, sub: words.term(`qualityTarget.${state}`) };
}
