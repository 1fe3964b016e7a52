import { isoTime } from '../../shared/clock/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import type { DutUnit } from '../../shared/domain/identity.ts';
import type { MeasureStep, Outcome } from '../../shared/domain/journal.ts';
import type { Operation } from '../../shared/domain/operation.ts';
import type { RecipeReference } from '../../shared/domain/recipe.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Text } from '../../shared/text/index.ts';
import type { Bench, InstrumentLock, InstrumentLocks } from '../bench/index.ts';
import { foldSession } from '../session/index.ts';
import type { SessionRecord } from '../session/index.ts';
import { createSession, readSession, reopenSession, sessionName } from '../store/index.ts';
import type { OpenSession } from '../store/index.ts';
import { isResumable } from './conduct.ts';
import type { PlannedRun } from './conduct.ts';
import type { OpenEnergy } from './connections.ts';
import { OperationFeed } from './live-operation.ts';
import { followRuns } from './follow-runs.ts';
import { measureSession } from './measure-session.ts';
import type { MeasureOptions, MeasureResult } from './measure-session.ts';
import { PowerFeed } from './power-feed.ts';
import { createPauseGate } from './pause-gate.ts';
import type { PauseGate } from './pause-gate.ts';
import type { PreparedRuns } from './prepare.ts';
import { WindowWatch } from './window-doubts.ts';

/** Who asks, for what, on which bench: everything but the prepared runs. */
export interface SessionRequest {
  bench: Bench;
  prepared: PreparedRuns;
  sessionsFolder: string;
  operator: string;
  dutUnit: DutUnit;
  /** What the results claim to be; `none` for work in the lab. */
  division: 'closed' | 'open' | 'none';
  /** The recipe that is followed; absent without one. */
  recipe?: RecipeReference | undefined;
  /** Makes the energy side of an energy run. */
  openEnergy?: OpenEnergy;
  /** Wait for the operator where a window of a finished round is doubtful; without it the verdict alone says so. */
  askOnDoubt?: boolean | undefined;
}

export interface RunServiceEnvironment {
  app: { name: string; version: string };
  locks: InstrumentLocks;
  text: () => Text;
  randomHex: () => string;
  /** Runs work a little later in real time; batches what viewers get. */
  defer: (work: () => void) => void;
  /** Writes the result files and the report of a finished session and seals it. Returns the report's path inside the session. */
  finish: (folder: string, record: SessionRecord, clock: Clock) => Promise<string | undefined>;
}

/** A session being measured, as an operation: it goes on when nobody looks. */
export interface RunOperation {
  readonly id: string;
  readonly benchId: string;
  readonly sessionId: string;
  readonly folder: string;
  readonly feed: OperationFeed;
  readonly power: PowerFeed;
  pause(): void;
  resume(): void;
  /** Ends it; it is shown as failed where a reason other than the operator's wish is given. */
  cancel(reason?: Fault): void;
  /**
   * Measures a window once more, as soon as the step under way has ended; a paused run goes on for it.
   * @throws Fault `runner.noRetry` where the run is not under way or the window was not measured yet.
   */
  retryWindow(runId: string, window: number): void;
  /** Writes a note of the operator into the journal. @throws Fault `runner.notUnderWay`, or of area `store`. */
  note(text: string, runId?: string): Promise<void>;
  /** Resolves when a pause has taken effect or the operation has ended. */
  atGate(): Promise<void>;
  /** Resolves when all is written; never rejects. */
  readonly done: Promise<MeasureResult>;
}

export interface RunService {
  /** @throws Fault when an instrument is held or the session's folder cannot be made; nothing is left behind then. */
  start(request: SessionRequest, prepareFolder?: (folder: string) => Promise<void>): Promise<RunOperation>;
  /** Takes an interrupted session up again. @throws Fault of the areas `store`, `bench`, `runner`. */
  resume(
    folder: string,
    request: Omit<SessionRequest, 'sessionsFolder' | 'operator' | 'dutUnit' | 'division' | 'recipe'>,
  ): Promise<RunOperation>;
}

export function createRunService(environment: RunServiceEnvironment): RunService {
  const { app, locks, randomHex } = environment;

  const claimAll = async (bench: Bench, purpose: string): Promise<InstrumentLock[]> => {
    const held: InstrumentLock[] = [];
    try {
      for (const { lockId, label } of bench.identity.instruments) held.push(await locks.claim(lockId, label, purpose));
      return held;
    } catch (error) {
      await Promise.all(held.map((lock) => lock.release()));
      throw error;
    }
  };

  return {
    async start(
      { bench, prepared, sessionsFolder, operator, dutUnit, division, recipe, openEnergy, askOnDoubt },
      prepareFolder,
    ) {
      const { simulated } = bench.identity;
      const held = await claimAll(bench, `${prepared.workload.id} ${prepared.runs.map((run) => run.mode).join(', ')}`);
      try {
        const sessionId = sessionName(bench.clock.epochMs(), prepared.workload.id, simulated, randomHex());
        const session = await createSession(sessionsFolder, sessionId, bench.clock);
        await prepareFolder?.(session.folder);
        const opening = {
          sessionId,
          app,
          operator,
          dutUnit,
          division,
          certificates: [],
          ...(recipe ? { recipe } : {}),
        };
        return runOperation(environment, session, bench, prepared.runs, { kind: 'new', opening }, held, {
          openEnergy,
          askOnDoubt,
        });
      } catch (error) {
        await Promise.all(held.map((lock) => lock.release()));
        throw error;
      }
    },
    async resume(folder, { bench, prepared, openEnergy, askOnDoubt }) {
      const content = await readSession(folder);
      const record = foldSession(content.entries);
      if (!record) throw new Fault('store.notASession', { path: folder });
      if (
        record.closed ||
        (record.runs.every((run) => !isResumable(run.status) && run.judged) &&
          record.runs.length === prepared.runs.length)
      ) {
        throw new Fault('store.nothingToResume', { sessionId: record.opened.sessionId });
      }
      if (record.opened.bench.simulated !== bench.identity.simulated)
        throw new Fault('runner.differentBench', { sessionId: record.opened.sessionId });
      const held = await claimAll(bench, `resume ${record.opened.sessionId}`);
      try {
        const session = await reopenSession(folder, content, bench.clock);
        const fromS = content.entries.at(-1)?.atS ?? 0;
        return runOperation(
          environment,
          session,
          bench,
          prepared.runs,
          { kind: 'resume', record, droppedBytes: content.droppedBytes, app, fromS },
          held,
          { openEnergy, askOnDoubt },
        );
      } catch (error) {
        await Promise.all(held.map((lock) => lock.release()));
        throw error;
      }
    },
  };
}

function runOperation(
  environment: RunServiceEnvironment,
  session: OpenSession,
  bench: Bench,
  runs: readonly PlannedRun[],
  begin: MeasureOptions['begin'],
  held: readonly InstrumentLock[],
  { openEnergy, askOnDoubt }: Pick<SessionRequest, 'askOnDoubt'> & { openEnergy: OpenEnergy | undefined },
): RunOperation {
  const id = `op-${environment.randomHex().slice(0, 12)}`;
  const benchId = bench.identity.id;
  const operation: Operation = {
    id,
    kind: 'run',
    benchId,
    state: 'running',
    startedAt: isoTime(bench.clock),
    step: 'connecting',
    sessionId: session.sessionId,
  };
  const feed = new OperationFeed(operation, bench.identity.simulated, environment.defer);
  const power = new PowerFeed(environment.defer);
  const abort = new AbortController();
  let endedFor: Fault | undefined;
  const gate: PauseGate = createPauseGate(() => bench.clock.hold());
  const follower = followRuns(feed, runs, environment.text(), bench.clock);
  const retries = new Map<string, number[]>();
  const retriesOf = (runId: string): number[] => {
    const known = retries.get(runId) ?? [];
    retries.set(runId, known);
    return known;
  };
  const watches = new Map(runs.map((_, k) => [`r${k + 1}`, new WindowWatch()]));
  if (begin.kind === 'resume') feed.setNotes(begin.record.noteEntries);
  // Whoever looks at once sees all runs waiting.
  feed.flush();

  /** Once all windows are measured, those that look wrong are shown; where somebody is asked, the run waits for the answer. */
  const doubt = (runId: string, step: MeasureStep, outcome: Outcome): void => {
    const watch = watches.get(runId);
    const run = feed.run(runId);
    const settings = runs[Number(runId.slice(1)) - 1]?.settings;
    watch?.done(step, outcome, power.lostSamples);
    if (!watch || !run || !settings || run.windows.length < run.inputsTotal || retriesOf(runId).length > 0) return;
    const doubts = watch.doubts(run, settings.minWindowS);
    feed.setRun({ ...run, doubts });
    if (doubts.length > 0 && askOnDoubt && feed.operation.state === 'running') {
      gate.pause();
      feed.setOperation({ state: 'paused' });
    }
  };

  const execute = async (): Promise<MeasureResult> => {
    const result = await measureSession({
      session,
      bench,
      begin,
      runs,
      ...(openEnergy ? { openEnergy } : {}),
      onMonitor: (runId, monitor, event, acquisition) => power.take(runId, monitor, event, acquisition),
      signal: abort.signal,
      gate,
      onRun: follower.onRun,
      retries: retriesOf,
      onStep(runId, step) {
        if (step.kind === 'measure' && step.purpose === 'window') watches.get(runId)?.begun(power.lostSamples);
        follower.onStep(runId, step);
      },
      onOutcome(runId, step, outcome) {
        follower.onOutcome(runId, step, outcome);
        if (step.kind === 'measure' && step.purpose === 'window') doubt(runId, step, outcome);
      },
      onJudged: follower.onJudged,
      log: ({ atS, direction, text }) => feed.line(atS, direction === 'tx' ? 'host' : 'dut', text),
    });
    await session.journal.close();
    await bench.close().catch(() => undefined);
    await Promise.all(held.map((lock) => lock.release()));
    power.ended();
    follower.ended(result);
    if (result.status === 'completed') {
      feed.setOperation({ step: 'reporting', fraction: 1, remainingS: 0 });
      try {
        const report = await environment.finish(session.folder, result.record, bench.clock);
        if (report !== undefined) feed.setReport(report);
      } catch (error) {
        const fault =
          error instanceof Fault
            ? error
            : new Fault('internal.unexpected', { message: String(error) }, { cause: error });
        feed.setOperation({ state: 'failed', step: 'done', fault: fault.toRecord() });
        feed.flush();
        return { ...result, status: 'failed', fault };
      }
    }
    const states = { completed: 'done', cancelled: 'cancelled', failed: 'failed' } as const;
    const fault = endedFor ?? result.fault;
    feed.setOperation({
      state: endedFor ? 'failed' : states[result.status],
      step: 'done',
      ...(fault ? { fault: fault.toRecord() } : {}),
    });
    feed.flush();
    return result;
  };

  const done = execute();
  return {
    id,
    benchId,
    sessionId: session.sessionId,
    folder: session.folder,
    feed,
    power,
    pause() {
      if (feed.operation.state !== 'running') return;
      gate.pause();
      feed.setOperation({ state: 'paused' });
    },
    resume() {
      if (feed.operation.state !== 'paused') return;
      gate.resume();
      feed.setOperation({ state: 'running' });
    },
    cancel(reason) {
      if (feed.operation.state !== 'running' && feed.operation.state !== 'paused') return;
      endedFor = reason;
      feed.setOperation({ state: 'cancelling' });
      abort.abort(new Fault('operation.cancelled', {}));
      gate.resume();
    },
    retryWindow(runId, window) {
      const run = feed.run(runId);
      const underWay = feed.operation.state === 'running' || feed.operation.state === 'paused';
      const measured = run?.windows.some(({ number }) => number === window) ?? false;
      const doubted = run?.doubts?.some((one) => one.window === window) ?? false;
      if (!underWay || run?.status !== 'running' || (!measured && !doubted))
        throw new Fault('runner.noRetry', { runId, window });
      const wanted = retriesOf(runId);
      if (!wanted.includes(window)) wanted.push(window);
      if (feed.operation.state === 'paused') {
        gate.resume();
        feed.setOperation({ state: 'running' });
      }
    },
    async note(words, runId) {
      if (feed.operation.state !== 'running' && feed.operation.state !== 'paused')
        throw new Fault('runner.notUnderWay', { sessionId: session.sessionId });
      const about = runId === undefined ? {} : { runId };
      await session.journal.append({ type: 'session.note', text: words, ...about }, { durable: true });
      feed.addNote({ at: isoTime(bench.clock), text: words, ...about });
    },
    atGate: () => Promise.race([gate.reached(), done.then(() => undefined)]),
    done,
  };
}
