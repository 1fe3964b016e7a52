import type { BenchState } from '../../../shared/domain/bench-state.ts';
import type { WorkloadSummary } from '../../stores/index.ts';
import type { ScreenText } from '../../text/index.ts';
import type { RunDraft } from './draft.ts';
import { modesOf } from './draft.ts';
import { dutObstacle } from './steps.ts';

export interface Precondition {
  id: 'bench' | 'dut' | 'workload' | 'files' | 'modes';
  met: boolean;
  reason: string;
}

/** What has to hold before a run can start, in the order in which it is mended. */
export function preconditionsOf(
  { t }: ScreenText,
  bench: BenchState | undefined,
  workload: WorkloadSummary | undefined,
  draft: RunDraft,
): readonly Precondition[] {
  const obstacle = dutObstacle(bench);
  const open = bench?.open === true;
  const dut = bench?.instruments.find((instrument) => instrument.identity.role === 'dut');
  const holder = dut?.holder && !dut.holder.ours ? dut.holder : undefined;
  const list: Precondition[] = [
    {
      id: 'bench',
      met: open,
      reason: open ? t('ui.precondition.benchOpen', { name: bench.name }) : t('ui.run.obstacle.closed'),
    },
    {
      id: 'dut',
      met: obstacle === undefined,
      reason:
        obstacle === undefined
          ? t('ui.precondition.dutReady', { label: dut?.identity.label ?? '' })
          : t(obstacle, { ...holder }),
    },
    {
      id: 'workload',
      met: workload !== undefined,
      reason: workload ? `${workload.title} · ${workload.id}` : t('ui.precondition.noWorkload'),
    },
    {
      id: 'modes',
      met: modesOf(draft).length > 0,
      reason:
        modesOf(draft).length > 0
          ? modesOf(draft)
              .map((mode) => t(`term.mode.${mode}`))
              .join(', ')
          : t('ui.precondition.noMode'),
    },
  ];
  if (workload && !workload.embedded) {
    const named = draft.modelFile.trim() !== '' && draft.datasetFolder.trim() !== '';
    list.push({ id: 'files', met: named, reason: t(named ? 'ui.precondition.filesNamed' : 'ui.precondition.noFiles') });
  }
  return list;
}
