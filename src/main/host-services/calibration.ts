import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { calibrationSetupSchema } from '../../shared/domain/calibration.ts';
import type {
  CalibrationSetup,
  CalibrationSetupChoice,
  Procedure,
  ProcedureSummary,
} from '../../shared/domain/calibration.ts';
import { runSettingsSchema } from '../../shared/domain/run.ts';
import type { Operation } from '../../shared/domain/operation.ts';
import { Fault } from '../../shared/fault/index.ts';
import { definedOnly } from '../../shared/object/index.ts';
import { specificationOf } from '../analysis/index.ts';
import { findBoard, startSupplyWatch } from '../bench/index.ts';
import type { Bench, Pace } from '../bench/index.ts';
import { findProcedure, readProcedures, startCalibration } from '../calibration/index.ts';
import type { BenchHands, CalibrationOperation, CalibrationRequest } from '../calibration/index.ts';
import type { Host } from '../host.ts';
import { openBench } from '../open-bench.ts';
import type { VirtualBench } from '../virtual/index.ts';
import { endUnattended, unattendedLimits } from './unattended.ts';
import type { UnattendedLimits } from './unattended.ts';

/** What a calibration is started with. */
export interface StartCalibration {
  procedure: string;
  bench: string;
  /** As in an energy run: `lpm01a` on the virtual bench, `lpm01a:PORT` on the desk. */
  monitor?: string | undefined;
  ioManager?: string | undefined;
  baud?: number | undefined;
  pace?: Pace | undefined;
  simulated?: boolean | undefined;
  /** Entry of the board catalogue: its limits hold where the DUT is connected. */
  board?: string | undefined;
  setup: CalibrationSetupChoice;
  operator?: CalibrationRequest['operator'];
  resume?: string | undefined;
}

/** Finished procedures that can still be looked at. */
const keptOperations = 20;

/** The calibration procedures of one process: command line and screens go through here. */
export class Calibrations {
  readonly #host: Host;
  readonly #operations = new Map<string, CalibrationOperation>();
  readonly #listeners = new Set<() => void>();
  #procedures: Promise<Procedure[]> | undefined;

  readonly #unattended: UnattendedLimits;

  constructor(host: Host, limits: UnattendedLimits = unattendedLimits) {
    this.#host = host;
    this.#unattended = limits;
  }

  procedures(): Promise<Procedure[]> {
    this.#procedures ??= readProcedures(this.#host.options.resourcesDir);
    return this.#procedures;
  }

  /** Opens the bench and starts a procedure on it. @throws Fault of `calibration`, `bench`, `emon`, `transport`. */
  async start(
    start: StartCalibration,
    signal: AbortSignal,
  ): Promise<{ operation: CalibrationOperation; bench: Bench }> {
    const { certificates, locks, options } = this.#host;
    const procedure = findProcedure(await this.procedures(), start.procedure);
    const setup = await this.#setup(procedure, start);
    const bench = await this.#open(procedure, start, signal);
    const hands = virtualHands(bench);
    const operation = await startCalibration(
      {
        certificates,
        locks,
        journalFolder: join(options.folders.config, 'calibrations'),
        program: `${options.app.name} ${options.app.version}`,
        watch: async (monitor, stop) => {
          const { label } = monitor.identity;
          const { platform } = options;
          const watch = await startSupplyWatch(monitor.panic, { clock: bench.clock, label, platform, signal: stop });
          return async (supply) => (supply === 'off' ? watch?.disarm() : watch?.act());
        },
        randomHex: () => randomBytes(16).toString('hex'),
        defer: (work) => void setTimeout(work, 50).unref(),
      },
      {
        procedure,
        bench,
        setup,
        specificationOf: (monitor) => bench.monitorSpecification ?? specificationOf(monitor.kind.kind),
        hands,
        operator: start.operator,
        resume: start.resume,
      },
      signal,
    );
    this.#keep(operation);
    // Who answers at a terminal goes with it.
    if (!start.operator) this.#attend(operation);
    return { operation, bench };
  }

  list(): Operation[] {
    return [...this.#operations.values()].map((operation) => operation.topic.value.operation);
  }

  active(benchId?: string): CalibrationOperation[] {
    return [...this.#operations.values()].filter(
      (operation) => isActive(operation) && (benchId === undefined || operation.benchId === benchId),
    );
  }

  find(id: string): CalibrationOperation | undefined {
    return this.#operations.get(id);
  }

  /** @throws Fault `app.operationUnknown`. */
  get(id: string): CalibrationOperation {
    const found = this.find(id);
    if (!found) throw new Fault('app.operationUnknown', { id });
    return found;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops all of them; resolves when every supply is off. */
  async cancelAll(): Promise<void> {
    const active = this.active();
    for (const operation of active) operation.cancel();
    await Promise.all(active.map((operation) => operation.done));
  }

  #keep(operation: CalibrationOperation): void {
    const changed = (): void => {
      for (const listener of [...this.#listeners]) listener();
    };
    this.#operations.set(operation.id, operation);
    changed();
    void operation.done.then(() => {
      changed();
      const ended = [...this.#operations.values()].filter((known) => !isActive(known));
      for (const { id } of ended.slice(0, -keptOperations)) this.#operations.delete(id);
    });
  }

  /** What waits for an answer with the supply on, while no page is there to give one, is ended: its journal is kept. */
  #attend({ topic, cancel, done }: CalibrationOperation): void {
    endUnattended(this.#host.clock, this.#unattended, {
      alone: () => topic.viewers === 0 && topic.value.powered && topic.value.question !== null,
      end: (waitedS) => cancel(new Fault('calibration.unattended', { waitedS })),
      done,
    });
  }

  /** The board's limits hold for whatever is connected; without a DUT the resistors' own limits do. */
  async #setup(procedure: Procedure, start: StartCalibration): Promise<CalibrationSetup> {
    const { options, settings } = this.#host;
    const id = start.board ?? (start.bench === 'virtual' ? 'virtual' : undefined);
    const withDut = procedure.uses.includes('dut') && procedure.uses.includes('monitor');
    const board = withDut && id !== undefined ? await findBoard(options.resourcesDir, id) : undefined;
    const voltageV = start.setup.voltageV ?? board?.supplyV.nominalV;
    // No usual voltage is right for a board that nobody knows.
    if (withDut && voltageV === undefined)
      throw new Fault('emon.voltageNeeded', { instrument: start.monitor ?? start.bench });
    return calibrationSetupSchema.parse({
      operator: settings.get().operator,
      ...definedOnly({ voltageV }),
      ...(board ? { board: board.id, supplyLimits: { minV: board.supplyV.minV, maxV: board.supplyV.maxV } } : {}),
      ...definedOnly(start.setup),
    });
  }

  async #open(procedure: Procedure, start: StartCalibration, signal: AbortSignal): Promise<Bench> {
    const { options, clock } = this.#host;
    const simulatedDut = /^(virtual$|qemu:)/.test(start.bench);
    // A virtual DUT needs a model; which one does not matter here.
    const prepared = simulatedDut
      ? await this.#host.prepare(
          { workload: 'demo01', modes: ['performance'], settings: runSettingsSchema.parse({}) },
          signal,
        )
      : undefined;
    const wantsMonitor = procedure.uses.includes('monitor');
    return openBench(start.bench, {
      model: prepared?.model,
      baud: start.baud,
      pace: start.pace,
      simulated: start.simulated,
      resourcesDir: options.resourcesDir,
      platform: options.platform,
      epochMs: clock.epochMs(),
      tap: this.#host.consoles.tap,
      useWorker: false,
      energy: wantsMonitor ? { monitor: start.monitor ?? null, ioManager: start.ioManager ?? null } : undefined,
    });
  }
}

/** The virtual multimeter: an error inside what its sheet says, and an input that takes no current. */
const virtualMeter = { gainError: 2e-4, digitV: 1e-4, inputOhm: 1e12 };

/** On the virtual bench the program's own hands connect loads of 0.1 % and read a meter. */
function virtualHands(bench: Bench): BenchHands | undefined {
  const { hands } = bench as Bench & Partial<Pick<VirtualBench, 'hands'>>;
  if (!hands) return undefined;
  if (bench.openMonitor) return hands({ toleranceRel: 1e-3, dmm: virtualMeter });
  // A procedure that uses the DUT's line alone: there is nothing to connect and nothing to read.
  return {
    connect: () => Promise.resolve(),
    connectDut: () => Promise.resolve(),
    readVoltageV: () => Promise.reject(new Fault('virtual.noInstrument', { role: 'monitor' })),
  };
}

function isActive(operation: CalibrationOperation): boolean {
  return ['running', 'cancelling'].includes(operation.topic.value.operation.state);
}

export function summariseProcedure(procedure: Procedure): ProcedureSummary {
  const { id, version, equipment, preconditions, uses, expiryDays, timestampMode, monitors } = procedure;
  return {
    id,
    version,
    equipment,
    preconditions,
    uses,
    expiryDays,
    timestampMode: timestampMode ?? null,
    monitors: monitors ?? null,
  };
}
