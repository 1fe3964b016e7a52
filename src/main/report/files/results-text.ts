import type { RunView, SessionView } from '../view.ts';
import { bracketed, column, logLine, pluginCode, rule, simulatedMark } from './line.ts';

/** What the published runner asks of a window (results and submission, section 4); settings of a run do not change it. */
const officialWindowS = 10;
const officialIterations = 10;
const officialWindows = 5;

/**
 * `results.txt`: the summary lines in the published form (section 4), which the official tools search by pattern
 * (section 10). Figures stand there only for a run that was completed: of several lines that match, those tools take the last
 * one, so a partial figure would pass for a result. Lines of channel `joulebench` are this program's own.
 */
export function writeResultsTxt(session: SessionView, run: RunView): string {
  const atS = run.endedAtS ?? run.startedAtS;
  const own = (text: string): string => logLine(atS, 'joulebench', text);
  const published = (text: string): string => logLine(atS, pluginCode, text);
  const lines = [
    own(`m-joulebench-version${bracketed(session.app.version)}`),
    own(
      `m-joulebench-session${bracketed(session.sessionId)}-run${bracketed(run.runId)}-mode${bracketed(run.mode)}-workload${bracketed(run.workload.id)}`,
    ),
    own(`m-joulebench-input-set${bracketed(run.inputSet.kind)}-inputs${bracketed(run.inputSet.inputs)}`),
    ...(run.judgement
      ? [own(`m-joulebench-verdict${bracketed(run.judgement.verdict)}-target${bracketed(run.judgement.qualityTarget)}`)]
      : []),
    own('Not a verified MLPerf result.'),
    ...simulated(session).map(own),
    ...(run.mode === 'accuracy' ? accuracyLines(run) : performanceLines(run)).map(published),
    ...(run.status === 'completed' ? [] : [own(`e-[The run is ${run.status}: no figure is given]`)]),
    ...simulated(session).map(own),
  ];
  return `${lines.join('\n')}\n`;
}

function simulated(session: SessionView): string[] {
  return session.simulated ? [`${simulatedMark}: measured on ${session.bench.name}, not on hardware.`] : [];
}

function performanceLines(run: RunView): string[] {
  const lines: string[] = [];
  for (const window of run.windows) {
    lines.push(
      // Edge 0 is the single timestamp, every infer gives two more: windows are intervals 2, 4, 6, 8, 10.
      `Performance results for window ${window.number * 2}:`,
      `  # Inferences : ${String(window.inferences).padStart(12)}`,
      `  Runtime      : ${column(window.seconds, 3)} sec.`,
      `  Throughput   : ${column(window.throughputInfPerS, 3)} inf./sec.`,
      window.seconds >= officialWindowS && window.inferences >= officialIterations
        ? 'Runtime requirements have been met.'
        : 'e-[The run must take at least 10 seconds and 10 iterations to be valid]',
    );
  }
  const median = run.figures.medianThroughputInfPerS;
  if (run.status !== 'completed' || median === undefined || run.windows.length < officialWindows) {
    return [...lines, 'Too few timestamps found for performance check'];
  }
  return [
    ...lines,
    rule,
    `Median throughput is ${median.toFixed(3)} inf./sec.`,
    rule,
    'Cannot compute accuracy metrics in single-run mode.',
  ];
}

function accuracyLines(run: RunView): string[] {
  if (run.status !== 'completed') return [];
  const { top1, aucEembc, bestPrecisionRecall } = run.figures;
  const share = run.workload.metric === 'auc' ? bestPrecisionRecall : top1;
  return [
    ...(share === undefined ? [] : [`Top-1: ${(share * 100).toFixed(1)}%`]),
    ...(aucEembc === undefined ? [] : [`AUC: ${aucEembc.toFixed(2)}`]),
  ];
}
