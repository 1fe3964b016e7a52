import type { BenchState } from '../../../shared/domain/bench-state.ts';
import type { BoardSummary, MonitorSummary, TraceRoom } from '../../../shared/domain/bench-catalogue.ts';
import { formatNumber, formatQuantity, withUnit } from '../../../shared/units/index.ts';
import type { CertificateSummary, WorkloadSummary } from '../../stores/index.ts';
import type { ScreenText } from '../../text/index.ts';
import type { RunDraft } from './draft.ts';
import { modesOf } from './draft.ts';
import { chosenBoard, chosenVoltage, monitorKind, partsOf, supplyRange } from './energy-draft.ts';
import { dayOf } from './path-words.ts';
import { dutObstacle } from './steps.ts';

export interface Precondition {
  id:
    | 'bench'
    | 'dut'
    | 'firmware'
    | 'workload'
    | 'files'
    | 'modes'
    | 'monitor'
    | 'ioManager'
    | 'supply'
    | 'scope'
    | 'disk'
    | 'certificates';
  met: boolean;
  reason: string;
  /** Not met, it only becomes a remark of the verdict: the run can start. */
  remark?: true;
}

export interface PreconditionInput {
  bench: BenchState | undefined;
  workload: WorkloadSummary | undefined;
  draft: RunDraft;
  boards: readonly BoardSummary[];
  monitors: readonly MonitorSummary[];
  certificates: readonly CertificateSummary[];
  /** Room for the trace of that kind of monitor, once it is known. */
  room?: { kind: string; room: TraceRoom | null } | undefined;
}

/** What has to hold before a run can start, in the order in which it is mended. */
export function preconditionsOf(text: ScreenText, input: PreconditionInput): readonly Precondition[] {
  const { t } = text;
  const { bench, workload, draft } = input;
  const obstacle = dutObstacle(bench);
  const open = bench?.open === true;
  const dut = bench?.instruments.find((instrument) => instrument.identity.role === 'dut');
  const holder = dut?.holder && !dut.holder.ours ? dut.holder : undefined;
  const modes = modesOf(draft, bench);
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
      met: modes.length > 0,
      reason: modes.length > 0 ? modes.map((mode) => t(`term.mode.${mode}`)).join(', ') : t('ui.precondition.noMode'),
    },
  ];
  if (workload && !workload.embedded) {
    const named = draft.modelFile.trim() !== '' && draft.datasetFolder.trim() !== '';
    list.push({ id: 'files', met: named, reason: t(named ? 'ui.precondition.filesNamed' : 'ui.precondition.noFiles') });
  }
  if (modes.includes('energy')) list.push(...energyPreconditions(text, input));
  return list;
}

function energyPreconditions({ t, locale }: ScreenText, input: PreconditionInput): Precondition[] {
  const { bench, draft, boards, monitors } = input;
  const { energySettings: energy } = draft;
  const virtual = bench?.id === 'virtual';
  const monitor = monitors.find((one) => one.kind === monitorKind(energy.monitor));
  const named = virtual || energy.monitorPort.trim() !== '';
  const acceptance = t(`ui.energy.acceptance.${monitor?.acceptance ?? 'exploration'}`);
  const list: Precondition[] = [
    {
      id: 'monitor',
      met: named,
      reason: named
        ? t('ui.precondition.monitorNamed', { model: monitor?.model ?? energy.monitor, acceptance })
        : t('ui.precondition.noMonitor'),
    },
  ];
  if (energy.viaIoManager && !virtual) {
    const port = energy.ioManagerPort.trim();
    list.push({
      id: 'ioManager',
      met: port !== '',
      reason: port === '' ? t('ui.precondition.noIoManager') : t('ui.precondition.ioManagerNamed', { port }),
    });
  }
  const board = chosenBoard(energy, boards, bench);
  const voltageV = chosenVoltage(energy, board);
  const { min, max } = supplyRange(board, monitor);
  const volts = (value: number): string => withUnit(formatNumber(value, { locale, decimals: 3 }), 'V');
  const inside = voltageV !== undefined && voltageV >= min && voltageV <= max;
  list.push({
    id: 'supply',
    met: inside,
    reason:
      voltageV === undefined
        ? t('ui.precondition.noVoltage')
        : t(inside ? 'ui.precondition.voltageInside' : 'ui.precondition.voltageOutside', {
            voltage: volts(voltageV),
            min: volts(min),
            max: volts(max),
            board: board?.title ?? '',
          }),
  });
  const declared = virtual || partsOf(energy.measured).length > 0;
  list.push({
    id: 'scope',
    met: declared,
    remark: true,
    reason: t(
      virtual ? 'ui.precondition.scopeKnown' : declared ? 'ui.precondition.scopeDeclared' : 'ui.precondition.noScope',
    ),
  });
  const room = input.room?.kind === monitor?.kind ? input.room?.room : null;
  if (room) {
    const size = (bytes: number): string => formatQuantity(bytes, 'B', { locale, significant: 2 });
    const met = room.freeBytes >= room.neededBytes;
    list.push({
      id: 'disk',
      met,
      reason: t(met ? 'ui.precondition.diskEnough' : 'ui.precondition.diskSmall', {
        rate: size(room.bytesPerS * 60),
        needed: size(room.neededBytes),
        free: size(room.freeBytes),
      }),
    });
  }
  const applied = input.certificates.filter(({ id }) => energy.certificates.includes(id));
  const expired = applied.find(({ state }) => state === 'expired');
  if (applied.length > 0)
    list.push({
      id: 'certificates',
      met: expired === undefined,
      remark: true,
      reason: expired
        ? t('ui.path.precondition.certificatesExpired', {
            procedure: t(`calibration.procedure.${expired.procedure}`),
            date: dayOf(expired.expiresUtc, locale),
          })
        : t('ui.path.precondition.certificatesValid'),
    });
  return list;
}
