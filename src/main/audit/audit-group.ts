import { applyRule, ruleBook, verdictOf } from '../rules/index.ts';
import type { RunEvidence } from '../rules/index.ts';
import { createCatalogue } from '../workload/index.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import type { AuditFigures } from '../../shared/domain/audit.ts';
import type { Finding } from '../../shared/domain/verdict.ts';
import { companionsOf, evidenceOf, inferencesOf, refsOf } from './evidence/index.ts';
import type { JudgedParts } from './evidence/index.ts';
import { fasterWindows } from './faster-windows.ts';
import { officialOutcome } from './official.ts';
import { readRun } from './read/index.ts';
import type { ReadRun } from './read/index.ts';
import {
  auditFiguresOf,
  compareFigures,
  publishedFigures,
  recomputeEnergy,
  recomputeStreaming,
} from './recompute/index.ts';
import type { LabelOf } from './recompute/index.ts';
import type { FileSource } from './source/index.ts';
import { workloadOfBenchmark } from './tree/index.ts';
import type { RunGroup } from './tree/index.ts';
import type { AuditScope, RunOutcome } from './types.ts';
import { isOwn, isSimulated, ownRunnerFinding, systemFindings, unknownRunFinding, withPlace } from './run-findings.ts';

/** What every thread needs to audit groups. */
export interface GroupContext {
  source: FileSource;
  /** Round for all runs; that of each run's folder where null. */
  round: string | null;
  scope: AuditScope;
  labelOf: (workload: Workload) => LabelOf;
  signal?: AbortSignal | undefined;
}

interface ReadRunOfGroup {
  run: ReadRun;
  parts: JudgedParts | null;
  evidence: RunEvidence | null;
}

/** Audits the runs of one benchmark of one system, which are compared with each other. */
export async function auditGroup({ runs }: RunGroup, context: GroupContext): Promise<RunOutcome[]> {
  const read: ReadRunOfGroup[] = [];
  for (const found of runs) {
    context.signal?.throwIfAborted();
    const run = await readRun(context.source, found, context.signal);
    const parts = partsOf(run, context);
    read.push({ run, parts, evidence: parts && evidenceOf(parts) });
  }
  return read.map((own) => outcomeOf(own, read, context));
}

const catalogue = createCatalogue();

/** What the run is about; null where not even its benchmark or its mode can be told. */
function partsOf(run: ReadRun, { round, labelOf }: GroupContext): JudgedParts | null {
  const { log, results, json, found } = run;
  const workload = workloadOf(run);
  const mode = found.place.mode ?? modeIn(run);
  if (!workload || !mode) return null;
  const runner = log?.runner ?? (json || results?.accuracyForm === 'mlc' ? 'mlc' : 'eembc');
  const placed = { ...run, found: { ...found, place: { ...found.place, mode } } };
  return {
    run: placed,
    workload,
    mode,
    runner,
    round: round ?? found.place.round,
    labelOf: labelOf(workload),
    energy: mode === 'energy' ? recomputeEnergy(placed) : null,
    streaming: workload.id === 'sww01' ? recomputeStreaming(placed) : null,
  };
}

function workloadOf({ found, log }: ReadRun): Workload | undefined {
  const { benchmark } = found.place;
  const id = benchmark === null ? (log?.model ?? log?.configuredModel) : workloadOfBenchmark[benchmark];
  return catalogue.workloads.find(
    (workload) => id !== null && id !== undefined && [workload.id, ...workload.aliases].includes(id),
  );
}

/** The mode as the files themselves tell it, for a folder whose name does not. */
function modeIn({ log, results, json, found }: ReadRun): RunOutcome['mode'] {
  if (found.files.trace !== undefined || log?.plugin === 'energy' || (results?.energy.length ?? 0) > 0) return 'energy';
  if (json?.entries.some((entry) => entry.mode === 'a') || log?.runMode === 'multi' || results?.top1Percent)
    return 'accuracy';
  return log || json || results ? 'performance' : null;
}

function outcomeOf(own: ReadRunOfGroup, group: readonly ReadRunOfGroup[], { round, scope }: GroupContext): RunOutcome {
  const { run, parts } = own;
  const { place, files } = run.found;
  const published = publishedFigures(run.results);
  const recomputed: AuditFigures = parts ? auditFiguresOf({ ...parts, inferences: inferencesOf(parts) }) : {};
  const { comparisons, complete } = compareFigures(run.results, recomputed);
  const others = group.flatMap((other) => (other === own || !other.evidence ? [] : [other.evidence]));
  const evidence = own.evidence && { ...own.evidence, companions: companionsOf(own.evidence, others) };
  const ofRun: Finding[] = evidence
    ? ruleBook
        .filter((rule) => rule.scope === 'run')
        .map((rule) => applyRule(rule, evidence))
        .filter((finding) => finding.outcome === 'failed' && !(isOwn(run) && finding.rule === 'RUN-04'))
        .map((finding) => withPlace(finding, run))
        .concat(isOwn(run) ? [ownRunnerFinding(run)] : [])
    : [unknownRunFinding(run)];
  // With the whole package in view, PKG-07 is found once for the package.
  const findings = scope === 'package' ? ofRun : [...ofRun, ...systemFindings(run)];
  const agrees = comparisons.length === 0 ? null : complete && comparisons.every((comparison) => comparison.agrees);
  return {
    folder: place.folder,
    round: round ?? place.round,
    division: place.division,
    organisation: place.organisation,
    system: place.system,
    board: place.board,
    benchmark: place.benchmark,
    model: place.model,
    mode: parts?.mode ?? place.mode,
    runner: isOwn(run) ? 'joulebench' : (run.log?.runner ?? parts?.runner ?? null),
    runnerVersion: run.log?.ownVersion ?? run.log?.version ?? null,
    simulated: isSimulated(run),
    personal: personalOf(run),
    faster: evidence ? fasterWindows(evidence) : [],
    ...(findings.some(isAboutWindows) ? waveformOf(run) : {}),
    files,
    published,
    recomputed,
    comparisons,
    agrees,
    verdict: verdictOf(measurementOnly(ofRun)),
    official: officialOutcome(run, parts?.round ?? null),
    findings,
  };
}

/** Findings that a look at the trace may explain. */
function isAboutWindows({ rule, severity }: Finding): boolean {
  return severity !== 'I' && rule.startsWith('NRG-') && rule !== 'NRG-01';
}

/** The trace of an energy run for a chart; nothing without one. */
function waveformOf({ trace, timestamps }: ReadRun): Pick<RunOutcome, 'waveform'> {
  if (!trace?.ok || !timestamps?.ok) return {};
  const shown = (values: Float64Array): (number | null)[] =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toPrecision(6))));
  const { mean, min, max } = trace.columns;
  return {
    waveform: {
      fromS: 0,
      toS: trace.samples / trace.sampleRateHz,
      meanPowerUW: shown(mean),
      minPowerUW: shown(min),
      maxPowerUW: shown(max),
      marksS: timestamps.atS.slice(0, mostMarks),
    },
  };
}

/** More marks than any run has; a chart cannot show them apart. */
const mostMarks = 200;

function personalOf({ log, found }: ReadRun): RunOutcome['personal'] {
  const [ref] = refsOf(found.files.log, log?.personal?.line);
  return log?.personal && ref ? { text: log.personal.text, ref } : null;
}

const qualityRules = new Set(ruleBook.filter((rule) => rule.concerns === 'quality').map((rule) => rule.id));

/** The verdict is about the measurement; whether the model is good enough is another matter. */
function measurementOnly(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => !qualityRules.has(finding.rule));
}
