import type { RunView, SessionView } from '../view.ts';
import { hasFigure } from '../energy-view.ts';
import { energyLines, officialWindows, throughputLines } from './energy-text.ts';
import { bracketed, logLine, simulatedMark } from './line.ts';
import { pluginCode } from './steps.ts';

/**
 * `results.txt`: the summary lines in the published form (section 4), which the official tools search by pattern
 * (section 10). Figures stand there only for a run that was completed: of several lines that match, those tools take the last
 * one, so a partial figure would pass for a result. Lines of channel `joulebench` are this program's own.
 */
export function writeResultsTxt(session: SessionView, run: RunView): string {
  const atS = run.endedAtS ?? run.startedAtS;
  const code = pluginCode(run);
  const own = (text: string): string => logLine(atS, 'joulebench', text);
  const published = (text: string): string => logLine(atS, code, text);
  const content = [
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
    ...lines[run.mode](run).map(published),
    ...energyNotice(run).map(own),
    ...(run.status === 'completed' ? [] : [own(`e-[The run is ${run.status}: no figure is given]`)]),
    ...simulated(session).map(own),
  ];
  return `${content.join('\n')}\n`;
}

function simulated(session: SessionView): string[] {
  return session.simulated ? [`${simulatedMark}: measured on ${session.bench.name}, not on hardware.`] : [];
}

function performanceLines(run: RunView): string[] {
  const median = run.figures.medianThroughputInfPerS;
  const complete = run.status === 'completed' && run.windows.length >= officialWindows;
  return throughputLines(run.windows, complete ? (median ?? null) : null);
}

/** Why a complete energy run has no median line. */
function energyNotice(run: RunView): string[] {
  if (run.mode !== 'energy' || run.status !== 'completed' || hasFigure(run.energy?.figures)) return [];
  const reasons = run.energy?.figures?.budget.reasons ?? [];
  return [`e-[No energy figure is given: ${reasons.length === 0 ? 'nothing was computed' : reasons.join(', ')}]`];
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

const lines: Readonly<Record<RunView['mode'], (run: RunView) => string[]>> = {
  performance: performanceLines,
  accuracy: accuracyLines,
  energy: energyLines,
};
