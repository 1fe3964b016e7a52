import type { BenchState } from '../../../shared/domain/bench-state.ts';
import type { LiveOperation, LiveRun } from '../../../shared/domain/live-run.ts';
import type { TextKey } from '../../text/index.ts';

export const stepIds = [
  'connect',
  'flash',
  'calibrate',
  'performance',
  'accuracy',
  'energy',
  'judge',
  'report',
] as const;
export type StepId = (typeof stepIds)[number];
export const runModes = ['performance', 'accuracy', 'energy'] as const;
export type RunMode = (typeof runModes)[number];

/** To do: something before it is missing. Ready: it can be started. */
export type StepState = 'todo' | 'ready' | 'running' | 'paused' | 'done' | 'remarks' | 'failed' | 'skipped';

export interface Step {
  id: StepId;
  state: StepState;
  /** Why it is skipped, or what is missing. */
  reason?: TextKey;
}

export interface StepInput {
  bench: BenchState | undefined;
  opening: boolean;
  live: LiveOperation | undefined;
  /** The modes chosen for the next run; a run under way has its own. */
  modes: readonly RunMode[];
  /** The steps between the bench and the runs. */
  before: readonly Step[];
}

/** The run that a step is about; undefined for the steps around the runs. */
export function modeOf(id: StepId): RunMode | undefined {
  return runModes.find((mode) => mode === id);
}

/** Whether the DUT of a bench can take a run, and if not, why. */
export function dutObstacle(bench: BenchState | undefined): TextKey | undefined {
  if (!bench?.open) return 'ui.run.obstacle.closed';
  const dut = bench.instruments.find((instrument) => instrument.identity.role === 'dut');
  if (!dut || dut.state === 'absent') return 'ui.run.obstacle.noDut';
  if (dut.holder && !dut.holder.ours) return 'ui.run.obstacle.held';
  if (dut.state === 'fault') return 'ui.run.obstacle.fault';
  return dut.state === 'busy' ? 'ui.run.obstacle.busy' : undefined;
}

/** The guided path as it stands, from what the host says and what is chosen. */
export function stepsOf(input: StepInput): readonly Step[] {
  const { live } = input;
  const connect = connectStep(input);
  const runs = runModes.map((mode) => runStep(mode, input, connect.state === 'done'));
  return [connect, ...input.before, ...runs, judgeStep(live), reportStep(live)];
}

/** Where the path stands: the step that is under way, else the first that can be started, else the outcome. */
export function currentStep(steps: readonly Step[], live: LiveOperation | undefined): StepId {
  // A run under way is past the steps that get a board and its monitor ready.
  const counted = live ? steps.filter(({ id }) => !isBefore(id)) : steps;
  const find = (...states: StepState[]): StepId | undefined => counted.find((step) => states.includes(step.state))?.id;
  if (!live) return find('running') ?? find('ready', 'failed') ?? 'connect';
  if (live.operation.state === 'failed' || live.operation.state === 'cancelled') {
    return find('failed') ?? find('running', 'paused') ?? 'judge';
  }
  // While the report is being written, the verdict is what people want to read.
  const under = find('running', 'paused');
  if (under) return under === 'report' ? 'judge' : under;
  return live.operation.state === 'done' ? 'judge' : (find('todo', 'ready') ?? 'judge');
}

function isBefore(id: StepId): boolean {
  return id === 'flash' || id === 'calibrate';
}

/** The step after one, leaving out what is skipped. */
export function stepAfter(steps: readonly Step[], id: StepId): StepId | undefined {
  const at = steps.findIndex((step) => step.id === id);
  return steps.slice(at + 1).find((step) => step.state !== 'skipped')?.id;
}

/** The run of one mode inside an operation. */
export function runOf(live: LiveOperation | undefined, mode: RunMode): LiveRun | undefined {
  return live?.runs.find((run) => run.mode === mode);
}

function connectStep({ bench, opening, live }: StepInput): Step {
  if (opening) return { id: 'connect', state: 'running' };
  if (live) return { id: 'connect', state: connectingRun(live) ? 'running' : 'done' };
  const obstacle = dutObstacle(bench);
  if (obstacle === undefined) return { id: 'connect', state: 'done' };
  const failed = obstacle === 'ui.run.obstacle.fault' || obstacle === 'ui.run.obstacle.held';
  return { id: 'connect', state: failed ? 'failed' : 'ready', reason: obstacle };
}

/** True while the operation's first run still greets its DUT. */
function connectingRun(live: LiveOperation): boolean {
  const [first] = live.runs;
  return (
    live.operation.state === 'running' && (first === undefined || first.phase === 'connecting') && nothingMeasured(live)
  );
}

function nothingMeasured(live: LiveOperation): boolean {
  return live.runs.every((run) => run.inputsDone === 0 && run.windows.length === 0);
}

function runStep(mode: RunMode, { live, modes }: StepInput, connected: boolean): Step {
  if (!live) {
    if (!modes.includes(mode)) return { id: mode, state: 'skipped', reason: 'ui.run.notChosen' };
    return connected ? { id: mode, state: 'ready' } : { id: mode, state: 'todo', reason: 'ui.run.needsBench' };
  }
  const run = runOf(live, mode);
  if (!run) {
    const ended = live.operation.state !== 'running' && live.operation.state !== 'paused';
    return ended || live.runs.length > 0
      ? { id: mode, state: 'skipped', reason: 'ui.run.notChosen' }
      : { id: mode, state: 'todo' };
  }
  const state = runState(run, live);
  return state === 'failed' && run.phase === 'waiting'
    ? { id: mode, state: 'skipped', reason: 'ui.run.notReached' }
    : { id: mode, state };
}

function runState(run: LiveRun, live: LiveOperation): StepState {
  if (run.status === 'failed' || run.status === 'cancelled' || run.status === 'interrupted') return 'failed';
  if (run.status === 'completed' || run.verdict !== undefined) return outcome([run]);
  if (run.phase === 'waiting' || (run.phase === 'connecting' && connectingRun(live))) return 'todo';
  if (live.operation.state === 'paused' || run.status === 'paused') return 'paused';
  if (live.operation.state === 'running' || live.operation.state === 'cancelling') return 'running';
  return 'failed';
}

function judgeStep(live: LiveOperation | undefined): Step {
  const runs = live?.runs ?? [];
  if (runs.length === 0) return { id: 'judge', state: 'todo' };
  if (runs.every((run) => run.verdict !== undefined)) return { id: 'judge', state: outcome(runs) };
  return { id: 'judge', state: 'todo' };
}

function reportStep(live: LiveOperation | undefined): Step {
  if (live?.report !== undefined) return { id: 'report', state: 'done' };
  const judged = live !== undefined && live.runs.length > 0 && live.runs.every((run) => run.verdict !== undefined);
  return { id: 'report', state: judged && live.operation.state === 'running' ? 'running' : 'todo' };
}

function outcome(runs: readonly LiveRun[]): StepState {
  if (runs.some((run) => run.verdict === 'invalid')) return 'failed';
  return runs.some((run) => run.verdict === 'remarks') ? 'remarks' : 'done';
}
