import type { JournalEntry, JournalRecordOf, MeasureStep, Outcome, Step } from '../../shared/domain/journal.ts';
import type { DutIdentity } from '../../shared/domain/dut.ts';
import type { TraceSummary } from '../../shared/domain/energy.ts';
import type { RunStatus } from '../../shared/domain/run.ts';

/** A step with what came of it; `outcome` is absent where the program ended in between. */
export interface StepRecord {
  step: Step;
  outcome?: Outcome;
  /** Seconds of the bench's clock when the step was begun. */
  begunAtS: number;
  /** Number of the journal entries, for evidence (line = n + 1). */
  stepEntry: number;
  outcomeEntry?: number;
  /** Seconds of the bench's clock when the outcome was written. */
  endedAtS?: number;
}

export interface RunRecord {
  runId: string;
  opened: JournalRecordOf<'run.opened'>;
  openedAt: string;
  openedAtS: number;
  steps: StepRecord[];
  /** When it was taken up again after an interruption. */
  resumedAtS: number[];
  /** Interrupted when neither closed nor running in this process. */
  status: RunStatus;
  closed?: JournalRecordOf<'run.closed'>;
  closedAtS?: number;
  /** What the trace of an energy run says; the last one recorded. */
  trace?: TraceSummary;
  judged?: JournalRecordOf<'run.judged'>;
  /** The DUT as the last handshake of this run found it. */
  dut?: DutIdentity;
}

export interface SessionRecord {
  opened: JournalRecordOf<'session.opened'>;
  openedAt: string;
  reopened: { at: string; record: JournalRecordOf<'session.reopened'> }[];
  notes: string[];
  /** The notes with their times, and the run that each is about. */
  noteEntries: { at: string; text: string; runId?: string }[];
  runs: RunRecord[];
  closed: boolean;
  entries: number;
  hash: string;
}

/**
 * Folds a journal's entries into what they say. Pure; undefined when the first entry is not a session's opening. A record that
 * refers to a run that was never opened is passed over: the chain proves that nobody put it there later.
 */
export function foldSession(entries: readonly JournalEntry[]): SessionRecord | undefined {
  const first = entries[0];
  if (first?.record.type !== 'session.opened') return undefined;
  const session: SessionRecord = {
    opened: first.record,
    openedAt: first.at,
    reopened: [],
    notes: [],
    noteEntries: [],
    runs: [],
    closed: false,
    entries: entries.length,
    hash: entries.at(-1)?.hash ?? '',
  };
  for (const entry of entries) foldEntry(session, entry);
  return session;
}

function foldEntry(session: SessionRecord, entry: JournalEntry): void {
  const { record } = entry;
  switch (record.type) {
    case 'session.opened':
      return;
    case 'session.reopened':
      session.reopened.push({ at: entry.at, record });
      session.closed = false;
      for (const run of session.runs) if (run.status !== 'completed') run.resumedAtS.push(entry.atS);
      return;
    case 'session.note':
      session.notes.push(record.text);
      session.noteEntries.push({
        at: entry.at,
        text: record.text,
        ...(record.runId === undefined ? {} : { runId: record.runId }),
      });
      return;
    case 'session.closed':
      session.closed = true;
      return;
    case 'run.opened':
      session.runs.push({
        runId: record.runId,
        opened: record,
        openedAt: entry.at,
        openedAtS: entry.atS,
        steps: [],
        resumedAtS: [],
        status: 'interrupted',
      });
      return;
  }
  const run = session.runs.find((candidate) => candidate.runId === record.runId);
  if (!run) return;
  switch (record.type) {
    case 'run.step':
      run.steps.push({ step: record.step, begunAtS: entry.atS, stepEntry: entry.n });
      return;
    case 'run.outcome': {
      const last = run.steps.at(-1);
      if (!last || last.outcome) return;
      last.outcome = record.outcome;
      last.outcomeEntry = entry.n;
      last.endedAtS = entry.atS;
      if (record.outcome.kind === 'identified') run.dut = record.outcome.dut;
      return;
    }
    case 'run.closed':
      run.closed = record;
      run.closedAtS = entry.atS;
      run.status = record.status;
      return;
    case 'run.trace':
      run.trace = record.trace;
      return;
    case 'run.judged':
      run.judged = record;
      return;
  }
}

/** A measurement that came to an end: the step, its load and its inferences. */
export interface Measurement {
  step: MeasureStep;
  measured: Extract<Outcome, { kind: 'measured' }>;
  outcomeEntry: number;
}

/** The measurements of a run with the given purpose, in order, failed attempts left out. */
export function measurements(run: RunRecord, purpose: MeasureStep['purpose']): Measurement[] {
  return run.steps.flatMap(({ step, outcome, outcomeEntry }) =>
    step.kind === 'measure' && step.purpose === purpose && outcome?.kind === 'measured' && outcomeEntry !== undefined
      ? [{ step, measured: outcome, outcomeEntry }]
      : [],
  );
}
