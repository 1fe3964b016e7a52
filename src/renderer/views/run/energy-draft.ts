import type { Desk, DeskDevice, MonitorUse } from '../../../shared/domain/bench-desk.ts';
import type { BenchState } from '../../../shared/domain/bench-state.ts';
import type { BoardSummary, MonitorSummary } from '../../../shared/domain/bench-catalogue.ts';
import { energyRequestSchema } from '../../../shared/domain/energy-request.ts';
import type { EnergyRequest } from '../../../shared/domain/energy-request.ts';

export const monitorUses = ['lpm01a', 'ppk2', 'ppk2-ampere'] as const satisfies readonly MonitorUse[];
export type { MonitorUse } from '../../../shared/domain/bench-desk.ts';

/** What is chosen for the energy run, as it stands in the form. */
export interface EnergyDraft {
  monitor: MonitorUse;
  /** Port of the monitor; not used on the virtual bench. */
  monitorPort: string;
  viaIoManager: boolean;
  ioManagerPort: string;
  /** Empty: none; then only the stated voltage limits the supply. */
  board: string;
  /** Undefined: the board's nominal one. */
  voltageV: number | undefined;
  /** Parts that the measured supply feeds and parts that it does not, with commas between them. */
  measured: string;
  notMeasured: string;
  windowRule: EnergyRequest['windowRule'];
  plane: EnergyRequest['plane'];
  spikeFilter: boolean;
  duty: EnergyRequest['duty'];
  certificates: string[];
  temperatureC: number | undefined;
}

export function freshEnergyDraft(): EnergyDraft {
  const { windowRule, plane, spikeFilter, duty } = energyRequestSchema.parse({});
  return {
    monitor: 'lpm01a',
    monitorPort: '',
    viaIoManager: false,
    ioManagerPort: '',
    board: '',
    voltageV: undefined,
    measured: '',
    notMeasured: '',
    windowRule,
    plane,
    spikeFilter,
    duty,
    certificates: [],
    temperatureC: undefined,
  };
}

/**
 * What the bench knows goes into the form: its monitor, its IO manager and its board, where nobody typed something else since the bench
 * filled it in last. `before` is the desk as it was then.
 */
export function adoptDesk(draft: EnergyDraft, desk: Desk, before: Desk | undefined): void {
  const at = (role: DeskDevice['role'], from: Desk | undefined): DeskDevice | undefined =>
    from?.devices.find((device) => device.role === role);
  const monitor = at('monitor', desk);
  const oldMonitor = at('monitor', before);
  if (monitor && (draft.monitorPort === '' || draft.monitorPort === oldMonitor?.port)) {
    draft.monitorPort = monitor.port;
    if (monitor.use !== null && (!oldMonitor || draft.monitor === oldMonitor.use)) draft.monitor = monitor.use;
  }
  const relay = at('ioManager', desk);
  const oldRelay = at('ioManager', before);
  if (relay && (draft.ioManagerPort === '' || draft.ioManagerPort === oldRelay?.port)) {
    // A bench that has an IO manager has it for energy runs.
    if (!oldRelay) draft.viaIoManager = true;
    draft.ioManagerPort = relay.port;
  }
  if (desk.board !== null && (draft.board === '' || draft.board === before?.board)) draft.board = desk.board;
}

/** The kind of instrument behind a use. */
export function monitorKind(use: MonitorUse): 'lpm01a' | 'ppk2' {
  return use === 'lpm01a' ? 'lpm01a' : 'ppk2';
}

/** The board whose limits hold: the chosen one; on the virtual bench its own. */
export function chosenBoard(
  draft: Pick<EnergyDraft, 'board'>,
  boards: readonly BoardSummary[],
  bench: Pick<BenchState, 'id'> | undefined,
): BoardSummary | undefined {
  const id = bench?.id === 'virtual' ? 'virtual' : draft.board;
  return boards.find((board) => board.id === id);
}

/** What the supply may be: inside what the board takes and what the monitor gives. */
export function supplyRange(
  board: BoardSummary | undefined,
  monitor: MonitorSummary | undefined,
): { min: number; max: number } {
  const low = Math.max(board?.supplyV.minV ?? 0.5, monitor?.voltageV.min ?? 0.5);
  const high = Math.min(board?.supplyV.maxV ?? 6, monitor?.voltageV.max ?? 6);
  return { min: low, max: Math.max(low, high) };
}

/** The supply that will be set. */
export function chosenVoltage(
  draft: Pick<EnergyDraft, 'voltageV'>,
  board: BoardSummary | undefined,
): number | undefined {
  return draft.voltageV ?? board?.supplyV.nominalV;
}

/** Comma-separated parts as a list. */
export function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim().slice(0, 200))
    .filter((part) => part !== '')
    .slice(0, 30);
}

/** The request that the form stands for. What a virtual bench feeds is known to the host: nothing is declared there unless something was typed. */
export function energyInput(draft: EnergyDraft, bench: Pick<BenchState, 'id'>, declaredBy: string): EnergyRequest {
  const virtual = bench.id === 'virtual';
  const scope = { measured: partsOf(draft.measured), notMeasured: partsOf(draft.notMeasured) };
  const declared = scope.measured.length + scope.notMeasured.length > 0;
  return energyRequestSchema.parse({
    monitor: virtual ? monitorKind(draft.monitor) : `${draft.monitor}:${draft.monitorPort.trim()}`,
    ioManager: draft.viaIoManager ? (virtual ? 'virtual' : draft.ioManagerPort.trim()) : null,
    board: virtual || draft.board === '' ? null : draft.board,
    voltageV: draft.voltageV ?? null,
    windowRule: draft.windowRule,
    plane: draft.plane,
    spikeFilter: draft.spikeFilter,
    scope: { ...scope, declaredBy: declared ? declaredBy : '' },
    duty: { ...draft.duty },
    certificates: [...draft.certificates],
    temperatureC: draft.temperatureC ?? null,
  });
}
