import type { JournalRecordOf } from '../../shared/domain/journal.ts';
import type { Fault } from '../../shared/fault/index.ts';
import { faultFromRecord, toFault } from '../../shared/fault/index.ts';
import { continuedClock } from '../bench/index.ts';
import type { Bench } from '../bench/index.ts';
import type { DutLog } from '../dut/index.ts';
import { foldSession, judgeRecord, runFigures } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { readSession } from '../store/index.ts';
import type { OpenSession } from '../store/index.ts';
import { Connections } from './connections.ts';
import type { ConnectionOptions, OpenEnergy } from './connections.ts';
import { conductRun, isResumable, resumeRun } from './conduct.ts';
import type { Conductor, PlannedRun } from './conduct.ts';
import type { PauseGate } from './pause-gate.ts';

/** What a session is about; the record that opens its journal. */
export type SessionOpening = Omit<JournalRecordOf<'session.opened'>, 'type' | 'format' | 'bench'>;

export interface MeasureOptions {
  session: OpenSession;
  bench: Bench;
  /** A new session is opened with this; one that is taken up again brings what its journal says. */
  begin:
    | { kind: 'new'; opening: SessionOpening }
    | {
        kind: 'resume';
        record: SessionRecord;
        droppedBytes: number;
        app: { name: string; version: string };
        fromS: number;
      };
  runs: readonly PlannedRun[];
  signal: AbortSignal;
  gate: PauseGate;
  retries?: Conductor['retries'];
  onRun?: (runId: string, run: PlannedRun, record: RunRecord | undefined) => void;
  onStep?: Conductor['onStep'];
  onOutcome?: Conductor['onOutcome'];
  onJudged?: (run: RunRecord) => void;
  /** Makes the energy side of a run; needed when one of the runs is an energy run. */
  openEnergy?: OpenEnergy;
  onMonitor?: NonNullable<ConnectionOptions['onMonitor']>;
  log?: DutLog;
}

export interface MeasureResult {
  status: 'completed' | 'cancelled' | 'failed';
  fault?: Fault;
  record: SessionRecord;
}

/**
 * Makes all runs of a session on an opened bench, one after the other, and judges each as it ends. Whatever happens, what was measured
 * is in the journal; the first run that does not complete ends the session, which can be resumed.
 * The journal stays open: the caller closes it.
 */
export async function measureSession(options: MeasureOptions): Promise<MeasureResult> {
  const { session, bench, begin, signal } = options;
  const { journal } = session;
  if (begin.kind === 'new') {
    await journal.append(
      { type: 'session.opened', format: 1, ...begin.opening, bench: bench.identity },
      { durable: true },
    );
  } else {
    await journal.append(
      { type: 'session.reopened', app: begin.app, bench: bench.identity, droppedBytes: begin.droppedBytes },
      { durable: true },
    );
  }
  const clock = continuedClock(bench.clock, begin.kind === 'resume' ? begin.fromS : 0);
  let fault: Fault | undefined;
  let status: MeasureResult['status'] = 'completed';
  const connections = new Connections(options, clock);
  try {
    for (const [k, run] of options.runs.entries()) {
      const runId = `r${k + 1}`;
      const record =
        begin.kind === 'resume' ? begin.record.runs.find((candidate) => candidate.runId === runId) : undefined;
      options.onRun?.(runId, run, record);
      if (record && !isResumable(record.status)) {
        // It was finished, but the program may have ended before it was judged.
        if (!record.judged) options.onJudged?.(await judge(session, runId));
        continue;
      }
      const conductor: Conductor = {
        journal,
        clock,
        ...(await connections.to(runId, run)),
        simulated: bench.identity.simulated,
        signal,
        gate: options.gate,
        ...(options.retries ? { retries: options.retries } : {}),
        ...(options.onStep ? { onStep: options.onStep } : {}),
        ...(options.onOutcome ? { onOutcome: options.onOutcome } : {}),
      };
      const result = record ? await resumeRun(record, run, conductor) : await conductRun(runId, run, conductor);
      status = result.status;
      if (result.fault) fault = faultFromRecord(result.fault);
      if (status !== 'completed') break;
      options.onJudged?.(await judge(session, runId));
    }
    if (status === 'completed') await journal.append({ type: 'session.closed' }, { durable: true });
  } catch (error) {
    fault = toFault(error);
    status = signal.aborted || fault.code === 'operation.cancelled' ? 'cancelled' : 'failed';
  } finally {
    await connections.close();
  }
  const record = await recordOf(session);
  return { status, record, ...(fault ? { fault } : {}) };
}

/** Judges a finished run by what is on the disk, not by what was in memory, and books the judgement. */
async function judge(session: OpenSession, runId: string): Promise<RunRecord> {
  const record = await recordOf(session);
  const run = record.runs.find((candidate) => candidate.runId === runId);
  if (!run) throw new Error(`run ${runId} is not in its journal`);
  const figures = runFigures(run);
  const judgement = judgeRecord(record, run);
  await session.journal.append({ type: 'run.judged', runId, figures, judgement }, { durable: true });
  return { ...run, judged: { type: 'run.judged', runId, figures, judgement } };
}

async function recordOf(session: OpenSession): Promise<SessionRecord> {
  const content = await readSession(session.folder);
  const record = foldSession(content.entries);
  if (!record) throw new Error(`session ${session.sessionId} has no opening`);
  return record;
}
