import type { CompanionEvidence, FilesEvidence, RecordComparison, RunEvidence } from './evidence.ts';
import { everyMode, everyRound, failed, isBefore, notApplicable, passed } from './rule.ts';
import type { CheckResult, Rule } from './rule.ts';

const common = {
  scope: 'run',
  rounds: everyRound,
  officialChecker: 'no',
  concerns: 'measurement',
  modes: everyMode,
} satisfies Partial<Rule>;

/** The older runner's last round, and the newer one's first. */
const overlapRound = 'v1.3';

function checkRunner({ runner, round, workload }: RunEvidence): CheckResult {
  if (runner === 'joulebench') return failed({ runner }, [], { message: 'ownRunner', severity: 'I' });
  const streaming = workload.id === 'sww01';
  // Without a round the newest one counts; of published files that are handed in alone nobody knows it.
  if (runner === 'eembc' && round === null && !streaming)
    return failed({ runner, lastRound: overlapRound }, [], { message: 'unknownRound', severity: 'I' });
  const allowed = runner === 'eembc' ? !streaming && !isBefore(overlapRound, round) : !isBefore(round, overlapRound);
  return allowed ? passed({ runner }) : failed({ runner });
}

/** A comparison of files that was made elsewhere; null where there was nothing to compare. */
function checkComparison(comparison: RecordComparison | null | undefined): CheckResult {
  if (!comparison) return notApplicable('notRecorded');
  const { outcome, message, facts = {}, refs = [] } = comparison;
  if (outcome === 'holds') return passed(facts, message);
  return failed(facts, refs, {
    ...(message === undefined ? {} : { message }),
    ...(outcome === 'remark' ? { severity: 'I' as const } : {}),
  });
}

/** RUN-03. A file that is left out because of its size is said, but no reproach. */
function checkFiles(files: FilesEvidence | undefined): CheckResult {
  if (!files) return notApplicable('notRecorded');
  const { missing, unexpected, unreadable, leftOut } = files;
  if (missing.length > 0) return failed({ files: missing.join(', ') }, [], { message: 'missing' });
  if (unreadable.length > 0) return failed({ files: unreadable.join(', ') }, [], { message: 'unreadable' });
  if (unexpected.length > 0) return failed({ files: shortList(unexpected) }, [], { message: 'unexpected' });
  if (leftOut.length > 0) return failed({ files: leftOut.join(', ') }, [], { message: 'leftOut', severity: 'I' });
  return passed();
}

/** The first names of a list and how many more there are. */
function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown}, + ${names.length - 5}` : shown;
}

function checkModel({ dut, workload }: RunEvidence): CheckResult {
  const model = dut?.model ?? null;
  if (model === null) return notApplicable('noIdentity');
  const right = [workload.id, ...workload.aliases].includes(model);
  return right ? passed({ model }) : failed({ model, workload: workload.id });
}

function checkIncidents({ incidents, retried = [] }: RunEvidence): CheckResult {
  const inside = incidents.filter((incident) => incident.insideMeasurement);
  const first = inside[0];
  if (!first && retried.length > 0) return { ...passed({ count: retried.length }, 'retried'), evidence: [...retried] };
  if (!first) return passed();
  return failed(
    { count: inside.length, text: first.text.slice(0, 200) },
    inside.map((incident) => incident.ref),
  );
}

/** What identifies the DUT, by the message that reports a difference. A field unknown to one side is not compared. */
function identityOf(run: Pick<RunEvidence, 'dut' | 'artefacts'>): Record<string, string | undefined> {
  return {
    vendor: run.dut?.vendor === '' ? undefined : run.dut?.vendor,
    profile: run.dut?.profile === '' ? undefined : run.dut?.profile,
    model: run.dut?.model ?? undefined,
    modelFile: run.artefacts.model?.sha256,
    firmware: run.artefacts.firmware?.sha256 ?? run.artefacts.firmware?.version,
  };
}

function checkCompanions(evidence: RunEvidence): CheckResult {
  if (evidence.companions.length === 0) {
    const alone = checkSameOutputs(evidence);
    return alone.outcome === 'failed' ? alone : notApplicable('noCompanion');
  }
  const own = identityOf(evidence);
  for (const companion of evidence.companions) {
    // A DUT takes its time marks in one of two ways, fixed when it is built: the energy image is another one by design.
    const otherBuild = (companion.mode === 'energy') !== (evidence.mode === 'energy');
    for (const [message, other] of Object.entries(identityOf(companion))) {
      if (otherBuild && message === 'firmware') continue;
      const mine = own[message];
      if (mine !== undefined && other !== undefined && mine !== other) {
        return failed({ own: mine, other }, [], { message });
      }
    }
  }
  return checkOutputs(evidence, evidence.companions);
}

/** The same input has to give the same results in every mode. */
function checkOutputs(evidence: RunEvidence, companions: readonly CompanionEvidence[]): CheckResult {
  const others = new Map<string, readonly number[]>();
  for (const { results } of companions) {
    for (const { file, offsetBytes, values } of results) others.set(`${file}\n${offsetBytes}`, values);
  }
  const differing = [...evidence.windows, ...evidence.inputs].filter(({ file, offsetBytes, results }) => {
    const other = others.get(`${file}\n${offsetBytes}`);
    if (!results || !other) return false;
    return other.length !== results.length || other.some((value, k) => value !== results[k]);
  });
  const first = differing[0];
  if (!first) return checkSameOutputs(evidence);
  return failed(
    { count: differing.length, file: first.file },
    differing.map((item) => item.ref),
    { message: 'outputs' },
  );
}

/** Different inputs that all give the very same vector of classes: the DUT does not look at them. */
function checkSameOutputs({ windows, workload }: RunEvidence): CheckResult {
  const [first, ...others] = windows;
  if (!first?.results || others.length === 0 || workload.outputCount < 2) return passed();
  const { results } = first;
  const same = others.every(
    (window) =>
      window.file !== first.file &&
      window.results?.length === results.length &&
      window.results.every((value, k) => value === results[k]),
  );
  if (!same) return passed();
  return failed(
    { windows: windows.length },
    windows.map((window) => window.ref),
    { message: 'sameOutputs' },
  );
}

export const runRules: readonly Rule[] = [
  { ...common, id: 'RUN-03', severity: 'W', officialChecker: 'log', check: ({ files }) => checkFiles(files) },
  { ...common, id: 'RUN-04', severity: 'E', check: checkRunner },
  { ...common, id: 'RUN-05', severity: 'E', check: ({ records }) => checkComparison(records?.resultsFollowFromLog) },
  { ...common, id: 'RUN-06', severity: 'W', check: ({ records }) => checkComparison(records?.scriptMatchesLog) },
  {
    ...common,
    id: 'RUN-07',
    severity: 'W',
    check: ({ recording, status }) => {
      const places = recording.ref ? [recording.ref] : [];
      if (recording.trouble === 'absent') return notApplicable('notRecorded');
      if (recording.trouble !== undefined) return failed({}, places, { message: recording.trouble });
      if (!recording.intact) return failed({}, places, { message: 'damaged' });
      return recording.ended && status === 'completed' ? passed() : failed({}, places, { message: 'notEnded' });
    },
  },
  { ...common, id: 'RUN-08', severity: 'E', check: checkModel },
  { ...common, id: 'RUN-09', severity: 'E', check: checkIncidents },
  { ...common, id: 'RUN-10', severity: 'W', check: ({ records }) => checkComparison(records?.repeats) },
  { ...common, id: 'RUN-11', severity: 'W', check: checkCompanions },
];
