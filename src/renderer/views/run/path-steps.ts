import type { BenchState } from '../../../shared/domain/bench-state.ts';
import type { FlashRecord } from '../../../shared/domain/flash.ts';
import type { CertificateSummary } from '../../stores/index.ts';
import { expiresSoon, validityOf } from '../calibrate/validity.ts';
import type { ProcedureValidity } from '../calibrate/validity.ts';
import type { RunMode, Step } from './steps.ts';

/** Steps that an operator may pass over. */
export const passableSteps = ['flash', 'calibrate'] as const;
export type PassableStep = (typeof passableSteps)[number];

/** What is known about the board and its monitor before a run. */
export interface PathFacts {
  bench: BenchState | undefined;
  modes: readonly RunMode[];
  /** A run is under way or has ended: nothing can be put before it any more. */
  started: boolean;
  /** What was flashed onto the bench's DUT and confirmed since the app was started; null: nothing. */
  firmware: FlashRecord | null;
  flashing: boolean;
  calibrating: boolean;
  certificates: readonly CertificateSummary[];
  /** Model of the monitor that the energy run will use, as certificates name it. */
  monitorModel: string | undefined;
  passed: Readonly<Record<PassableStep, boolean>>;
  nowMs: number;
}

/** The firmware of the board: confirmed, passed over, or still to do. A virtual bench brings its own. */
export function flashStep(facts: PathFacts): Step {
  if (facts.flashing) return { id: 'flash', state: 'running', reason: 'ui.path.flash.running' };
  if (isVirtual(facts.bench)) return { id: 'flash', state: 'skipped', reason: 'ui.path.flash.virtual' };
  if (facts.firmware?.state === 'verified') return { id: 'flash', state: 'done' };
  if (facts.passed.flash || facts.started) return { id: 'flash', state: 'skipped', reason: 'ui.path.flash.passed' };
  return facts.bench?.open
    ? { id: 'flash', state: 'ready', reason: 'ui.path.flash.unknown' }
    : { id: 'flash', state: 'todo', reason: 'ui.path.flash.needsBench' };
}

/** The calibration of the monitor: what its newest certificate of gain says. Only an energy run has use for one. */
export function calibrateStep(facts: PathFacts): Step {
  const step = (state: Step['state'], reason: NonNullable<Step['reason']>): Step => ({
    id: 'calibrate',
    state,
    reason,
  });
  if (facts.calibrating) return step('running', 'ui.path.calibrate.running');
  if (!facts.modes.includes('energy')) return step('skipped', 'ui.path.calibrate.noEnergy');
  const { validity, latest } = gainOf(facts);
  if (validity === 'valid')
    return latest && expiresSoon(latest, facts.nowMs)
      ? step('remarks', 'ui.path.calibrate.soon')
      : step('done', 'ui.path.calibrate.valid');
  if (validity === 'expired') return step('remarks', 'ui.path.calibrate.expired');
  if (isVirtual(facts.bench)) return step('skipped', 'ui.path.calibrate.virtual');
  if (facts.passed.calibrate || facts.started) return step('skipped', 'ui.path.calibrate.passed');
  if (!facts.bench?.open) return step('todo', 'ui.path.flash.needsBench');
  return validity === 'failed' ? step('failed', 'ui.path.calibrate.failed') : step('ready', 'ui.path.calibrate.never');
}

/** How the gain of the bench's monitor stands. Certificates of another model say nothing about it. */
export function gainOf(facts: Pick<PathFacts, 'bench' | 'certificates' | 'monitorModel'>): ProcedureValidity {
  return validityOf('monitor-gain', certificatesOf(facts), facts.bench?.simulated ?? true);
}

export function certificatesOf({
  certificates,
  monitorModel,
}: Pick<PathFacts, 'certificates' | 'monitorModel'>): readonly CertificateSummary[] {
  return monitorModel === undefined ? certificates : certificates.filter((one) => one.model === monitorModel);
}

function isVirtual(bench: BenchState | undefined): boolean {
  // Before any bench is open the virtual one is what a newcomer is offered.
  return bench?.id === 'virtual';
}
