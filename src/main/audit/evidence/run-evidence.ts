import { accuracySummary, windowsFigures } from '../../analysis/index.ts';
import { identifyList, performanceInputsOrigin } from '../../workload/index.ts';
import type { Mode, Workload } from '../../../shared/domain/workload.ts';
import type {
  IncidentEvidence,
  InputEvidence,
  RunEvidence,
  StreamingEvidence,
  WindowEvidence,
} from '../../rules/index.ts';
import type { ReadRun } from '../read/index.ts';
import { labelled, performanceWindow, rawWindows } from '../recompute/index.ts';
import type { LabelledInference, LabelOf, RecomputedEnergy, RecomputedStreaming } from '../recompute/index.ts';
import { energyEvidenceOf } from './energy.ts';
import { filesOf } from './files.ts';
import { recordingOf, recordsOf, refsOf } from './records.ts';

/** Largest error of an arrival time: a USB bridge gathers bytes for up to 16 ms (DUT protocol, section 14). */
const hostStampUncertaintyS = 0.02;

/** What is needed to judge a run whose files were read. */
export interface JudgedParts {
  run: ReadRun;
  workload: Workload;
  mode: Mode;
  runner: 'eembc' | 'mlc';
  round: string | null;
  labelOf: LabelOf;
  energy: RecomputedEnergy | null;
  streaming: RecomputedStreaming | null;
}

/** The inferences of a run with their classes. */
export function inferencesOf({
  run,
  workload,
  labelOf,
}: Pick<JudgedParts, 'run' | 'workload' | 'labelOf'>): LabelledInference[] {
  const given = new Map(
    (run.json?.entries ?? []).flatMap(({ file, label }) =>
      file !== null && label !== null ? [[file, label] as const] : [],
    ),
  );
  return labelled(rawWindows(run), workload, labelOf, given);
}

/** The evidence of a published run for the rules, without its companions. What the files do not tell is null there. */
export function evidenceOf(parts: JudgedParts): RunEvidence {
  const { run, workload, mode, runner, round, energy, streaming } = parts;
  const { found } = run;
  const accuracy = mode === 'accuracy';
  const inferences = inferencesOf(parts);
  const figures = windowsFigures(accuracy || mode === 'energy' ? [] : inferences, {
    hostStampUncertaintyS,
    stampsUs: inferences.flatMap(({ lapStartUs, lapEndUs }) =>
      [lapStartUs, lapEndUs].filter((stamp) => stamp !== null),
    ),
  });
  const scored = inferences.flatMap(({ fileIndex, label, results }) =>
    label === null || !results || results.length === 0 ? [] : [{ fileIndex, label, results }],
  );
  return {
    workload,
    mode,
    division: found.place.division ?? 'none',
    round,
    runner,
    status: 'completed',
    inputSet: inputSetOf(inferences, workload),
    performanceInputs: accuracy || inferences.length === 0 ? null : originOf(inferences, workload),
    dut: dutOf(run),
    artefacts: {},
    clockComparable: true,
    windows: accuracy ? [] : inferences.map((inference) => windowOf(inference, run)),
    energy: mode === 'energy' ? energyEvidenceOf(run, energy) : null,
    inputs: accuracy ? inputsOf(inferences, run, workload) : [],
    figures: {
      ...figures,
      accuracy: accuracy ? accuracySummary(scored, workload.classCount, workload.outputCount) : null,
    },
    incidents: incidentsOf(run),
    reported: reportedOf(run, mode, runner),
    records: recordsOf(run, inferences, mode === 'performance' ? inferences.map(performanceWindow) : []),
    recording: recordingOf(run),
    files: filesOf(run, runner),
    ...(streaming ? { streaming: streamingEvidence(run, streaming) } : {}),
    companions: [],
  };
}

/** What went wrong by the log, and errors that the runner wrote into its results: with one of them nothing was measured as it should be. */
function incidentsOf({ log, results, json, found }: ReadRun): IncidentEvidence[] {
  const { files, place } = found;
  return [
    ...(log?.incidents ?? []).map(({ kind, text, insideInfer, line }): IncidentEvidence => ({
      kind,
      text,
      insideMeasurement: insideInfer,
      ref: { file: files.log ?? '', line },
    })),
    ...(results?.errors ?? [])
      // The length of a window has rules of its own.
      .filter(({ text }) => !text.startsWith('e-[The run must take at least'))
      .map(({ text, line }): IncidentEvidence => ({
        kind: 'error',
        text,
        insideMeasurement: true,
        ref: { file: files.results ?? place.folder, line },
      })),
    ...(json?.errors ?? []).map((text): IncidentEvidence => ({
      kind: 'error',
      text,
      insideMeasurement: true,
      ref: { file: files.resultsJson ?? place.folder },
    })),
  ];
}

/** A published run was to use the whole official list: what is missing in its log was not measured. */
function inputSetOf(inferences: readonly LabelledInference[], workload: Workload): RunEvidence['inputSet'] {
  const entries = new Map(
    inferences.flatMap(({ file, label }) => (file === null ? [] : [[file, { file, label: label ?? -1 }] as const])),
  );
  const list = identifyList(workload, [...entries.values()]);
  const official = workload.officialLists.find((candidate) => candidate.name === list.listName);
  return {
    ...list,
    kind: official ? 'official' : 'own',
    contentSha256: null,
    files: official?.files ?? entries.size,
    inputs: official?.inputs ?? inferences.length,
  };
}

function originOf(inferences: readonly LabelledInference[], workload: Workload): 'official' | 'listStart' | 'other' {
  const refs = inferences.map(({ file, label, offsetBytes }, index) => ({
    index,
    file: file ?? '',
    fileIndex: index,
    offsetBytes,
    lengthBytes: 1,
    label: label ?? 0,
  }));
  // The list that was used is not in the files, so that its start is not known.
  return performanceInputsOrigin(workload, refs, refs) === 'official' ? 'official' : 'other';
}

function dutOf({ log }: ReadRun): RunEvidence['dut'] {
  if (!log) return null;
  return {
    name: 'dut',
    vendor: log.name ?? '',
    profile: log.profile ?? '',
    model: log.model ?? log.configuredModel,
  };
}

function windowOf(inference: LabelledInference, { found }: ReadRun): WindowEvidence {
  return {
    number: inference.number,
    inputIndex: inference.fileIndex,
    file: inference.file ?? '',
    offsetBytes: inference.offsetBytes,
    inferences: inference.inferences,
    warmups: inference.warmups ?? 0,
    stampCount: inference.stampCount,
    results: vectorOf(inference),
    ref: placeOf(inference, found.files),
  };
}

function inputsOf(inferences: readonly LabelledInference[], { found }: ReadRun, { window }: Workload): InputEvidence[] {
  const indexes = new Map<string, number>();
  const segments = new Map<number, number>();
  return inferences.map((inference) => {
    // `results.json` names the file of a segment, not its place: they come in order.
    const segment = segments.get(inference.fileIndex) ?? 0;
    segments.set(inference.fileIndex, segment + 1);
    const implied = window && found.files.resultsJson !== undefined && inference.offsetBytes === 0;
    const offsetBytes = implied ? segment * window.strideBytes : inference.offsetBytes;
    const key = `${inference.file ?? ''}\n${offsetBytes}`;
    const inputIndex = indexes.get(key) ?? indexes.size;
    indexes.set(key, inputIndex);
    return {
      inputIndex,
      file: inference.file ?? '',
      offsetBytes,
      label: inference.label ?? 0,
      inferences: inference.inferences,
      warmups: inference.warmups ?? 0,
      results: vectorOf(inference),
      ref: placeOf(inference, found.files),
    };
  });
}

/** A vector that could not be read counts as one of no length, so that the rule about vectors sees it. */
function vectorOf({ results, unreadableResults }: LabelledInference): readonly number[] | null {
  return unreadableResults ? [] : results;
}

function placeOf({ line }: LabelledInference, files: ReadRun['found']['files']): { file: string; line?: number } {
  if (line !== null && files.log !== undefined) return { file: files.log, line };
  return { file: files.resultsJson ?? files.log ?? '' };
}

function reportedOf({ results, found }: ReadRun, mode: Mode, runner: 'eembc' | 'mlc'): RunEvidence['reported'] {
  const [file] = refsOf(found.files.results);
  if (!results || !file) return null;
  const { medianThroughputInfPerS: median, top1Percent, auc, accuracyForm } = results;
  const line = median?.line ?? top1Percent?.line ?? auc?.line;
  return {
    medianThroughputInfPerS: mode === 'performance' ? (median?.value ?? null) : null,
    accuracy:
      top1Percent || auc
        ? { definition: accuracyForm ?? runner, top1Percent: top1Percent?.value ?? null, auc: auc?.value ?? null }
        : null,
    ref: line === undefined ? file : { ...file, line },
  };
}

function streamingEvidence({ results, found }: ReadRun, recomputed: RecomputedStreaming): StreamingEvidence {
  const printed = results?.streaming ?? null;
  const energy = results?.energy.at(-1);
  return {
    printed: printed && {
      truePositives: printed.truePositives,
      falseNegatives: printed.falseNegatives,
      falsePositives: printed.falsePositives,
      ref: { file: found.files.results ?? '', line: printed.line },
    },
    recomputed: recomputed.score,
    oneSecond: recomputed.oneSecond,
    words: recomputed.words,
    energy:
      energy?.seconds && energy.powerUW ? { durationS: energy.seconds.value, powerUW: energy.powerUW.value } : null,
  };
}
