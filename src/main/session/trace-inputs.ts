import type { RecordingInputs } from '../../shared/domain/recording.ts';
import { countedWindows } from './figures.ts';
import type { RunRecord, SessionRecord } from './record.ts';

/** What is known about the last trace of a run; undefined when it recorded none. */
export function traceInputs(session: SessionRecord, runId: string): RecordingInputs | undefined {
  const run = session.runs.find((candidate) => candidate.runId === runId);
  return run && recordingInputs(run);
}

function recordingInputs(run: RunRecord): RecordingInputs | undefined {
  const begun = run.steps.findLastIndex(({ outcome }) => outcome?.kind === 'recording' && outcome.traceFile !== null);
  const first = run.steps[begun]?.outcome;
  if (first?.kind !== 'recording' || first.traceFile === null) return undefined;
  const steps = run.steps.slice(begun + 1);
  const recorded: RunRecord = { ...run, steps };
  const inputs: RecordingInputs = {
    file: first.traceFile,
    windowRule: run.opened.energy?.windowRule ?? 'mlc',
    windows: countedWindows(recorded).map(({ step, measured: { infer, marks } }) => {
      const [startEdge = null, endEdge = null] = marks && marks.edges.length >= 2 ? marks.edges.slice(-2) : [];
      return {
        number: step.window ?? 0,
        inputIndex: step.inputIndex,
        inferences: step.iterations,
        startEdge,
        endEdge,
        hostS: hostSeconds(infer.lines),
        edges: marks?.edges.length ?? 0,
      };
    }),
    rests: [],
    expectedEdgeCount: 0,
    accountedEdgeCount: 0,
    maxCurrentA: run.opened.energy?.monitor.maxCurrentA ?? Infinity,
    readings: null,
  };
  for (const { step, outcome } of steps) {
    if (outcome?.kind === 'stamped' || outcome?.kind === 'measured')
      inputs.accountedEdgeCount += outcome.marks?.edges.length ?? 0;
    if (outcome?.kind === 'stamped') inputs.expectedEdgeCount += 1;
    else if (outcome?.kind === 'measured') inputs.expectedEdgeCount += 2;
    else if (outcome?.kind === 'rested' && step.kind === 'rest')
      inputs.rests.push({ state: step.state, startSample: outcome.startSample, endSample: outcome.endSample });
    else if (outcome?.kind === 'recording' && outcome.readings) inputs.readings = outcome.readings;
  }
  return inputs;
}

/** Between the arrival of `m-infer-start` and `m-infer-done`: a rough check of the monitor's time, an energy build prints no stamps. */
function hostSeconds(lines: readonly { atS: number; text: string }[]): number | null {
  const start = lines.findLast(({ text }) => text.includes('m-infer-start'));
  const end = lines.findLast(({ text }) => text.includes('m-infer-done'));
  return start && end && end.atS > start.atS ? end.atS - start.atS : null;
}
