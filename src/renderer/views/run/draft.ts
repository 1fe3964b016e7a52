import { inject, reactive, watch } from 'vue';
import type { App, InjectionKey } from 'vue';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { BenchState } from '../../../shared/domain/bench-state.ts';
import { runSettingsSchema } from '../../../shared/domain/run.ts';
import type { RunSettings } from '../../../shared/domain/run.ts';
import { useDevicesStore } from '../../stores/index.ts';
import type { WorkloadSummary } from '../../stores/index.ts';
import { adoptDesk, energyInput, freshEnergyDraft } from './energy-draft.ts';
import type { EnergyDraft } from './energy-draft.ts';
import type { PassableStep } from './path-steps.ts';
import { runModes } from './steps.ts';
import type { RunMode } from './steps.ts';

/** What is chosen for the next run. It outlives the page, not the window. */
export interface RunDraft {
  workload: string;
  performance: boolean;
  accuracy: boolean;
  /** Undefined until it was chosen: on where the bench has a monitor of its own. */
  energy: boolean | undefined;
  modelFile: string;
  datasetFolder: string;
  operator: string;
  unitSerial: string;
  settings: RunSettings;
  energySettings: EnergyDraft;
  /** Steps that the operator goes on without. */
  passed: Record<PassableStep, boolean>;
}

const draftKey: InjectionKey<RunDraft> = Symbol('run-draft');

export function provideRunDraft(app: App): void {
  const draft = reactive<RunDraft>({
    workload: '',
    performance: true,
    accuracy: true,
    energy: undefined,
    modelFile: '',
    datasetFolder: '',
    operator: '',
    unitSerial: '',
    settings: runSettingsSchema.parse({}),
    energySettings: freshEnergyDraft(),
    passed: { flash: false, calibrate: false },
  });
  app.provide(draftKey, draft);
  // What the bench knows need not be typed again.
  const devices = useDevicesStore();
  watch(
    () => devices.desk,
    (desk, before) => adoptDesk(draft.energySettings, desk, before),
    { immediate: true },
  );
}

export function useRunDraft(): RunDraft {
  const draft = inject(draftKey);
  if (!draft) throw new Error('provideRunDraft was not called');
  return draft;
}

/** The runs that are chosen. A virtual bench has a monitor of its own, so that energy is on there unless it was put off. */
export function modesOf(draft: Pick<RunDraft, RunMode>, bench: Pick<BenchState, 'id'> | undefined): RunMode[] {
  const chosen = { ...draft, energy: draft.energy ?? bench?.id === 'virtual' };
  return runModes.filter((mode) => chosen[mode]);
}

/** The workload that is chosen, else the first that comes with the app, else the first that can run. */
export function chosenWorkload(
  draft: Pick<RunDraft, 'workload'>,
  all: readonly WorkloadSummary[],
): WorkloadSummary | undefined {
  const runnable = all.filter((workload) => workload.runnable);
  return (
    runnable.find((workload) => workload.id === draft.workload) ??
    runnable.find((workload) => workload.embedded) ??
    runnable[0]
  );
}

/**
 * The call that starts what is chosen. Files are named only for workloads that do not come with the app. `someone` stands for an operator without
 * a name.
 */
export function startInput(
  draft: RunDraft,
  bench: Pick<BenchState, 'id'>,
  workload: WorkloadSummary,
  operator: string,
  someone = operator,
): CallInput<'run.start'> {
  const files = workload.embedded
    ? {}
    : { modelFile: draft.modelFile.trim(), datasetFolder: draft.datasetFolder.trim() };
  const modes = modesOf(draft, bench);
  const by = draft.operator.trim() || operator;
  return {
    benchId: bench.id,
    workload: workload.id,
    modes,
    ...files,
    ...(modes.includes('energy') ? { energy: energyInput(draft.energySettings, bench, by || someone) } : {}),
    operator: by,
    dutUnit: draft.unitSerial.trim() === '' ? {} : { serial: draft.unitSerial.trim() },
    settings: { ...draft.settings },
    // Somebody sits in front of a page and can be asked.
    askOnDoubt: true,
  };
}
