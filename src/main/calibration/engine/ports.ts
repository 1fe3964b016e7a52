import type { Clock } from '../../../shared/clock/index.ts';
import type { AnswerValues, CalibrationLoad, Problem, Question } from '../../../shared/domain/calibration.ts';
import type { SupplyGuard } from '../../bench/index.ts';
import type { DutPort } from '../../dut/index.ts';
import type { EnergyMonitor } from '../../emon/index.ts';
import type { CalibrationEvent, CalibrationState } from './state.ts';

/** Who connects things, reads the meter and answers: a person at a screen or a terminal, or a file. */
export interface Operator {
  /** Resolves with the values entered; for a problem, with `{choice}`. */
  ask(question: Question, signal: AbortSignal): Promise<AnswerValues>;
  /** The last answer was not taken; the question is asked again. */
  refused(question: Question, problems: readonly Problem[]): void;
}

/** On a simulated bench: what hands and a multimeter do. */
export interface BenchHands {
  connect(load: CalibrationLoad): Promise<void>;
  /** The DUT instead of a load. */
  connectDut(): Promise<void>;
  /** The reference meter, at the load or at the DUT's pins. */
  readVoltageV(): Promise<number>;
}

export interface LiveReading {
  phase: 'settling' | 'measuring' | 'waiting';
  /** Null while nothing is sampled. */
  meanA: number | null;
  remainingS: number;
}

/** Everything a procedure is run against. */
export interface CalibrationPorts {
  readonly clock: Clock;
  readonly operator: Operator;
  /** Opened, with its supply off. */
  readonly monitor?: EnergyMonitor | undefined;
  /** Where a board with limits is connected: the way to its supply. */
  readonly guard?: SupplyGuard | undefined;
  /** Opens the DUT's line; the caller has chosen the build of its firmware. */
  readonly openDut?: ((signal: AbortSignal) => Promise<DutPort>) | undefined;
  /** By how much the instant of a time mark may miss the one at which it was asked for, in s. */
  readonly sourceJitterS: number;
  /** Jitter of the host's stamps of a received line, in s. */
  readonly stampJitterS: number;
  /** Rate of the DUT's line, once it is open; null where it has none. */
  baud(): number | null;
  readonly hands?: BenchHands | undefined;
  /** Writes an event down; what it says counts only afterwards. */
  record(event: CalibrationEvent): Promise<void>;
  onState?(state: CalibrationState): void;
  onLive?(live: LiveReading | null): void;
  onQuestion?(question: Question | null): void;
  onPower?(on: boolean): void;
}
