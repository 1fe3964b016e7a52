import type { Clock } from '../../shared/clock/index.ts';
import type { Outcome, Step } from '../../shared/domain/journal.ts';
import type { LiveRun } from '../../shared/domain/live-run.ts';
import { inputsPerFile } from '../../shared/domain/workload-inputs.ts';
import type { Text } from '../../shared/text/index.ts';
import type { ScoredInput } from '../analysis/index.ts';
import { inputAt } from '../session/index.ts';
import type { RunRecord } from '../session/index.ts';
import type { PlannedRun } from './conduct.ts';
import type { OperationFeed } from './live-operation.ts';
import { isRocDue, rocOf } from './live-roc.ts';
import { freshLiveRun, withJudgement, withOutcome, withStep } from './live-run.ts';
import type { LiveRunPlan } from './live-run.ts';
import type { MeasureOptions, MeasureResult } from './measure-session.ts';
import { RemainingTime } from './remaining.ts';

export interface RunFollower {
  onRun: NonNullable<MeasureOptions['onRun']>;
  onStep: NonNullable<MeasureOptions['onStep']>;
  onOutcome: NonNullable<MeasureOptions['onOutcome']>;
  onJudged: (run: RunRecord) => void;
  ended: (result: MeasureResult) => void;
}

/** Turns what happens in the runs into the live views: figures one by one, ROC curves now and then, and the time that is left. */
export function followRuns(
  feed: OperationFeed,
  runs: readonly PlannedRun[],
  text: Text,
  clock: Pick<Clock, 'nowS'>,
): RunFollower {
  const plans = new Map<string, LiveRunPlan>(
    runs.map((run, k) => [
      `r${k + 1}`,
      { runId: `r${k + 1}`, workload: run.workload, mode: run.mode, files: run.inputs.files },
    ]),
  );
  const remaining = new RemainingTime(
    new Map(
      runs.map((run, k) => [
        `r${k + 1}`,
        {
          mode: run.mode,
          settings: run.settings,
          inputs: run.inputs.files.length * inputsPerFile(run.workload),
          inputBytes: run.workload.inputBytes,
        },
      ]),
    ),
  );
  const scored = new Map<string, { inputs: ScoredInput[]; atLast: number }>();
  for (const plan of plans.values()) feed.setRun(freshLiveRun(plan));

  const fraction = (): number => {
    const shares = [...plans.keys()].map((runId) => {
      const run = feed.run(runId);
      return run && run.inputsTotal > 0 ? (run.phase === 'done' ? 1 : run.inputsDone / run.inputsTotal) : 0;
    });
    return Math.min(1, shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length));
  };
  const progress = (): { fraction: number; remainingS: number } => ({
    fraction: fraction(),
    remainingS: remaining.at(clock.nowS()),
  });
  const update = (runId: string, change: (run: LiveRun, plan: LiveRunPlan) => LiveRun): void => {
    const run = feed.run(runId);
    const plan = plans.get(runId);
    if (run && plan) feed.setRun(change(run, plan));
  };

  /** Keeps what an input scored, and draws the curves anew where enough has come since the last time. */
  const score = (runId: string, step: Step, outcome: Outcome): void => {
    const plan = plans.get(runId);
    if (!plan || step.kind !== 'measure' || step.purpose !== 'input' || outcome.kind !== 'measured') return;
    const { results } = outcome.infer;
    if (results === null) return;
    const kept = scored.get(runId) ?? { inputs: [], atLast: 0 };
    scored.set(runId, kept);
    const { files, workload } = plan;
    const { fileIndex, label } = inputAt({ files: files as [string, number][], workload }, step.inputIndex);
    kept.inputs.push({ fileIndex, label, results });
  };
  const draw = (runId: string): void => {
    const kept = scored.get(runId);
    const total = feed.run(runId)?.inputsTotal ?? 0;
    if (!kept || !isRocDue(kept.inputs.length, kept.atLast, total)) return;
    kept.atLast = kept.inputs.length;
    update(runId, (run, { workload }) => ({ ...run, roc: rocOf(kept.inputs, workload) }));
  };

  return {
    onRun(runId, _run, record) {
      for (const { step, outcome } of record?.steps ?? []) {
        if (!outcome) continue;
        update(runId, (run, plan) => withOutcome(withStep(run, step), plan, step, outcome));
        score(runId, step, outcome);
      }
      draw(runId);
      if (record) remaining.resumed(runId, feed.run(runId)?.inputsDone ?? 0);
      if (record?.status === 'completed') {
        // A run that was judged in an earlier sitting is not judged again: its verdict is shown from the record.
        update(runId, (run) => withJudgement({ ...run, status: 'completed', phase: 'done' }, record, text));
        remaining.ended(runId);
      }
      feed.setOperation({ step: 'connecting', ...progress() });
    },
    onStep(runId, step) {
      remaining.begun(runId, step, clock.nowS());
      update(runId, (run) => withStep(run, step));
      feed.setOperation({ step: feed.run(runId)?.phase ?? 'measuring', ...progress() });
    },
    onOutcome(runId, step, outcome) {
      remaining.done(runId, step, outcome, clock.nowS());
      update(runId, (run, plan) => withOutcome(run, plan, step, outcome));
      score(runId, step, outcome);
      draw(runId);
      feed.setOperation(progress());
    },
    onJudged(record) {
      remaining.ended(record.runId);
      update(record.runId, (run) => withJudgement(run, record, text));
    },
    ended(result) {
      if (result.status === 'completed') return;
      for (const runId of plans.keys()) {
        update(runId, (run) =>
          run.status === 'running' ? { ...run, status: result.status === 'cancelled' ? 'cancelled' : 'failed' } : run,
        );
      }
    },
  };
}
