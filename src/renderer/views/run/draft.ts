import { inject, reactive } from 'vue';
import type { App, InjectionKey } from 'vue';
import type { CallInput } from '../../../shared/contract/index.ts';
import { runSettingsSchema } from '../../../shared/domain/run.ts';
import type { RunSettings } from '../../../shared/domain/run.ts';
import type { WorkloadSummary } from '../../stores/index.ts';
import type { RunMode } from './steps.ts';

/** What is chosen for the next run. It outlives the page, not the window. */
export interface RunDraft {
  workload: string;
  performance: boolean;
  accuracy: boolean;
  modelFile: string;
  datasetFolder: string;
  operator: string;
  unitSerial: string;
  settings: RunSettings;
}

const draftKey: InjectionKey<RunDraft> = Symbol('run-draft');

export function provideRunDraft(app: App): void {
  app.provide(
    draftKey,
    reactive<RunDraft>({
      workload: '',
      performance: true,
      accuracy: true,
      modelFile: '',
      datasetFolder: '',
      operator: '',
      unitSerial: '',
      settings: runSettingsSchema.parse({}),
    }),
  );
}

export function useRunDraft(): RunDraft {
  const draft = inject(draftKey);
  if (!draft) throw new Error('provideRunDraft was not called');
  return draft;
}

export function modesOf(draft: Pick<RunDraft, RunMode>): RunMode[] {
  return (['performance', 'accuracy'] as const).filter((mode) => draft[mode]);
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

/** The call that starts what is chosen. Files are named only for workloads that do not come with the app. */
export function startInput(
  draft: RunDraft,
  benchId: string,
  workload: WorkloadSummary,
  operator: string,
): CallInput<'run.start'> {
  const files = workload.embedded
    ? {}
    : { modelFile: draft.modelFile.trim(), datasetFolder: draft.datasetFolder.trim() };
  return {
    benchId,
    workload: workload.id,
    modes: modesOf(draft),
    ...files,
    operator: draft.operator.trim() || operator,
    dutUnit: draft.unitSerial.trim() === '' ? {} : { serial: draft.unitSerial.trim() },
    settings: { ...draft.settings },
  };
}
