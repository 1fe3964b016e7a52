import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { isoTime } from '../../shared/clock/index.ts';
import { LiveTopic } from '../../shared/contract/index.ts';
import type { Change } from '../../shared/contract/index.ts';
import type {
  AnswerValues,
  CalibrationSetup,
  Certificate,
  Problem,
  Procedure,
  WizardState,
} from '../../shared/domain/calibration.ts';
import type { MonitorSpecification } from '../../shared/domain/energy.ts';
import type { Operation } from '../../shared/domain/operation.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { createSupplyGuard } from '../bench/index.ts';
import type { Bench, InstrumentLock, InstrumentLocks, SupplyGuard } from '../bench/index.ts';
import { DutClient } from '../dut/index.ts';
import type { EnergyMonitor } from '../emon/index.ts';
import { storeFault } from '../store/index.ts';
import { applicableCertificates } from './certificate/index.ts';
import type { CertificateStore } from './certificate/index.ts';
import { conduct } from './engine/conduct.ts';
import type { Beginning } from './engine/conduct.ts';
import { openCalibrationJournal, readCalibrationJournal } from './engine/journal.ts';
import { loadsFor } from './engine/places.ts';
import type { BenchHands, Operator } from './engine/ports.ts';
import { OperatorDesk } from './engine/operator-desk.ts';
import type { CalibrationState, Opening } from './engine/state.ts';

export interface CalibrationRequest {
  procedure: Procedure;
  bench: Bench;
  setup: CalibrationSetup;
  /** What is known of a monitor of that kind. */
  specificationOf: (monitor: EnergyMonitor) => MonitorSpecification;
  /** Only on a simulated bench. */
  hands?: BenchHands | undefined;
  /** Answers instead of the desk that `answer` feeds. */
  operator?: Operator | undefined;
  /** Journal of an interrupted procedure that goes on. */
  resume?: string | undefined;
}

export interface CalibrationEnvironment {
  certificates: CertificateStore;
  locks: InstrumentLocks;
  /** Where journals of procedures are kept. */
  journalFolder: string;
  /** Program and version. */
  program: string;
  randomHex: () => string;
  /**
   * Has the supply switched off should this process die; returns how to end that: whoever watches goes home when the supply is `off`, and acts where
   * that is `unknown`.
   */
  watch: (monitor: EnergyMonitor, signal: AbortSignal) => Promise<(supply: 'off' | 'unknown') => Promise<void>>;
  /** Runs work a little later in real time; batches what viewers get. */
  defer: (work: () => void) => void;
}

export interface CalibrationResult {
  status: 'completed' | 'stopped' | 'cancelled' | 'failed';
  certificate: Certificate | null;
  fault?: Fault;
  journal: string;
}

/** A procedure under way, as an operation: it goes on when nobody looks, and waits for its answers. */
export interface CalibrationOperation {
  readonly id: string;
  readonly benchId: string;
  readonly topic: LiveTopic<WizardState>;
  /** Answers the open question; what is wrong with the answer, if anything. @throws Fault `calibration.noQuestion`. */
  answer(question: number, values: AnswerValues): Promise<readonly Problem[]>;
  /** Ends it without a certificate; it counts as failed where a reason other than the operator's wish is given. */
  cancel(reason?: Fault): void;
  /** Resolves when the supply is off and all is written; never rejects. */
  readonly done: Promise<CalibrationResult>;
}

/** USB serial lines: frames of 1 ms on the way out, and as much on the way in. */
const realJitterS = 1e-3;
/** A simulated line brings its bytes exactly; the DUT looks at them a moment later. */
const simulatedJitterS = 2e-4;

/**
 * Starts a procedure on an opened bench, which belongs to the operation from here on, also when this rejects.
 * @throws Fault of `bench` when an instrument is held, of `emon` when it does not answer, `calibration.needs`, `calibration.noLoads`.
 */
export async function startCalibration(
  environment: CalibrationEnvironment,
  request: CalibrationRequest,
  signal: AbortSignal,
): Promise<CalibrationOperation> {
  const { bench, procedure } = request;
  const held: InstrumentLock[] = [];
  let monitor: EnergyMonitor | undefined;
  let endWatch: ((supply: 'off' | 'unknown') => Promise<void>) | undefined;
  const letGo = async (): Promise<void> => {
    await monitor?.close().catch(() => undefined);
    // An instrument that was not reached may supply what is connected still.
    await endWatch?.(monitor?.powered ? 'unknown' : 'off').catch(() => undefined);
    await bench.close().catch(() => undefined);
    await Promise.all(held.map((lock) => lock.release()));
  };
  try {
    for (const { role, lockId, label } of bench.identity.instruments) {
      const needed = role === 'monitor' ? procedure.uses.includes('monitor') : procedure.uses.includes('dut');
      if (needed) held.push(await environment.locks.claim(lockId, label, `calibrate ${procedure.id}`));
    }
    if (procedure.uses.includes('monitor')) {
      if (!bench.openMonitor) throw new Fault('calibration.needs', { procedure: procedure.id, what: 'monitor' });
      monitor = await bench.openMonitor(signal);
      endWatch = await environment.watch(monitor, signal);
    }
    const begin = await beginning(environment, request, monitor);
    return operate(environment, request, begin, monitor, letGo);
  } catch (error) {
    await letGo();
    throw error;
  }
}

interface Begun {
  beginning: Beginning;
  journal: string;
}

async function beginning(
  environment: CalibrationEnvironment,
  request: CalibrationRequest,
  monitor: EnergyMonitor | undefined,
): Promise<Begun> {
  const { procedure, bench, resume } = request;
  if (resume !== undefined) {
    const events = await readCalibrationJournal(resume);
    const [first] = events;
    if (first?.type !== 'opened' || first.opening.procedure.id !== procedure.id)
      throw new Fault('calibration.nothingToResume', {});
    const { instrument } = first.opening;
    if (monitor && (instrument.serial !== monitor.serial || instrument.kind !== monitor.kind.kind))
      throw new Fault('calibration.otherInstrument', { expected: instrument.serial, found: monitor.serial });
    return { beginning: { kind: 'resume', events }, journal: resume };
  }
  const opening = await openingOf(environment, request, monitor);
  await mkdir(environment.journalFolder, { recursive: true }).catch((error: unknown) => {
    throw storeFault(error, environment.journalFolder);
  });
  const stamp = isoTime(bench.clock).slice(0, 19).replaceAll(':', '-');
  const name = `${stamp}-${procedure.id}-${environment.randomHex().slice(0, 6)}.jsonl`;
  return { beginning: { kind: 'new', opening }, journal: join(environment.journalFolder, name) };
}

async function openingOf(
  { certificates, program }: CalibrationEnvironment,
  { procedure, bench, setup, specificationOf }: CalibrationRequest,
  monitor: EnergyMonitor | undefined,
): Promise<Opening> {
  const { simulated, instruments } = bench.identity;
  const dut = instruments.find(({ role }) => role === 'dut');
  const instrument = monitor
    ? {
        kind: monitor.kind.kind,
        model: monitor.kind.model,
        serial: monitor.serial,
        firmware: monitor.firmwareVersion,
        constantsSha256: monitor.constantsSha256,
      }
    : {
        kind: dut?.kind ?? 'dut',
        model: dut?.label ?? '',
        serial: dut?.usb?.serial ?? '',
        firmware: [dut?.firmware?.name, dut?.firmware?.version].filter(Boolean).join(' '),
        constantsSha256: null,
      };
  const chosen = loadsFor(procedure, instrument.kind, setup.voltageV, setup.ranges);
  if (procedure.id === 'monitor-gain' && chosen.loads.length === 0)
    throw new Fault('calibration.noLoads', { monitor: instrument.kind, voltageV: setup.voltageV });
  const gain =
    monitor && procedure.id === 'instrument-selfcal' && chosen.loads.length > 0
      ? applicableCertificates((await certificates.list()).certificates, {
          instrument,
          mode: monitor.kind.score.quantity,
          filter: monitor.kind.score.filter,
          voltageV: setup.voltageV,
          simulated: monitor.identity.simulated,
          nowMs: bench.clock.epochMs(),
        }).get('monitor-gain')?.certificate
      : undefined;
  return {
    procedure,
    setup,
    simulated: simulated || monitor?.identity.simulated === true,
    instrument,
    specification: monitor ? specificationOf(monitor) : null,
    loads: chosen.loads,
    spans: chosen.spans,
    gainCertificate: gain ?? null,
    program,
  };
}

function operate(
  environment: CalibrationEnvironment,
  request: CalibrationRequest,
  begun: Begun,
  monitor: EnergyMonitor | undefined,
  letGo: () => Promise<void>,
): CalibrationOperation {
  const { procedure, bench, hands } = request;
  let baud: number | null = null;
  const { clock, identity } = bench;
  const id = `op-${environment.randomHex().slice(0, 12)}`;
  const abort = new AbortController();
  const desk = new OperatorDesk();
  const operator = request.operator ?? desk;
  const feed = new WizardFeed(firstState(id, request, monitor, isoTime(clock)), environment.defer);
  const jitterS = identity.simulated ? simulatedJitterS : realJitterS;
  const { timestampMode } = procedure;

  const execute = async (): Promise<CalibrationResult> => {
    const journal = await openCalibrationJournal(begun.journal);
    try {
      const body = await conduct(
        {
          clock,
          operator: {
            ask: (question, signal) => operator.ask(question, signal),
            refused(question, problems) {
              feed.set('refused', [...problems]);
              operator.refused(question, problems);
            },
          },
          monitor,
          guard: guardOf(request, monitor),
          ...(procedure.uses.includes('dut')
            ? {
                openDut: async (signal: AbortSignal) => {
                  const stream = await bench.openDut(signal, timestampMode ? { timestampMode } : {});
                  baud = stream.baud ?? null;
                  return new DutClient({
                    stream,
                    clock,
                    ...(bench.energyPath === 'ioManager' && timestampMode === 'energy' ? { chunkBytes: 26 } : {}),
                  });
                },
              }
            : {}),
          sourceJitterS: jitterS,
          stampJitterS: jitterS,
          baud: () => baud,
          ...(hands ? { hands } : {}),
          async record(event) {
            await journal.append(event, isoTime(clock));
            if (event.type === 'answered' || event.type === 'resolved') desk.taken();
          },
          onState: (state) => feed.follow(state),
          onLive: (live) => feed.set('live', live),
          onQuestion(question) {
            if (question) feed.set('refused', question === feed.value.question ? feed.value.refused : []);
            feed.set('question', question);
          },
          onPower: (on) => feed.set('powered', on),
        },
        begun.beginning,
        abort.signal,
      );
      const certificate = body && (await environment.certificates.add(body));
      await journal.append({ type: 'concluded', certificateId: certificate?.id ?? null }, isoTime(clock));
      return { status: certificate ? 'completed' : 'stopped', certificate, journal: begun.journal };
    } catch (error) {
      const fault = toFault(abort.signal.aborted ? abort.signal.reason : error);
      const status = fault.code === 'operation.cancelled' ? 'cancelled' : 'failed';
      return { status, certificate: null, journal: begun.journal, fault };
    } finally {
      await journal.close().catch(() => undefined);
    }
  };

  const finish = async (): Promise<CalibrationResult> => {
    let result: CalibrationResult;
    try {
      result = await execute();
    } catch (error) {
      result = { status: 'failed', certificate: null, journal: begun.journal, fault: toFault(error) };
    }
    desk.taken();
    await letGo();
    feed.end(result);
    return result;
  };

  return {
    id,
    benchId: identity.id,
    topic: feed.topic,
    answer: (question, values) => desk.answer(question, values),
    cancel(reason = new Fault('operation.cancelled', {})) {
      if (feed.value.operation.state !== 'running') return;
      feed.setOperation({ state: 'cancelling' });
      abort.abort(reason);
    },
    done: finish(),
  };
}

/** The board's limits, where one is connected, hold for every way to its supply. */
function guardOf(
  { procedure, setup, bench }: CalibrationRequest,
  monitor: EnergyMonitor | undefined,
): SupplyGuard | undefined {
  const { supplyLimits, board, voltageV } = setup;
  const withDut = procedure.uses.includes('dut');
  if (!monitor || (!supplyLimits && !withDut)) return undefined;
  // Without a board the operator's word is the only limit there is for a DUT.
  const { minV, maxV } = supplyLimits ?? { minV: voltageV, maxV: voltageV };
  const nominalV = Math.min(maxV, Math.max(minV, voltageV));
  return createSupplyGuard(monitor, { board, limits: { minV, nominalV, maxV }, clock: bench.clock });
}

function firstState(
  id: string,
  { procedure, bench }: CalibrationRequest,
  monitor: EnergyMonitor | undefined,
  startedAt: string,
): WizardState {
  return {
    operation: {
      id,
      kind: 'calibration',
      benchId: bench.identity.id,
      state: 'running',
      startedAt,
      step: 'calibrating',
      fraction: 0,
    },
    procedure: procedure.id,
    simulated: bench.identity.simulated || monitor?.identity.simulated === true,
    instrument: monitor ? { kind: monitor.kind.kind, model: monitor.kind.model, serial: monitor.serial } : null,
    step: { id: '', kind: '', index: 0, count: 0, load: null },
    question: null,
    refused: [],
    live: null,
    powered: false,
    readings: [],
    certificate: null,
  };
}

/** What viewers follow; changes are gathered and go out together. */
class WizardFeed {
  readonly topic: LiveTopic<WizardState>;
  readonly #defer: (work: () => void) => void;
  #value: WizardState;
  #dirty = new Set<keyof WizardState>();
  #scheduled = false;

  constructor(value: WizardState, defer: (work: () => void) => void) {
    this.topic = new LiveTopic(value);
    this.#value = value;
    this.#defer = defer;
  }

  /** What viewers will see next. */
  get value(): WizardState {
    return this.#value;
  }

  set<K extends keyof WizardState>(key: K, value: WizardState[K]): void {
    if (this.#value[key] === value) return;
    this.#value = { ...this.#value, [key]: value };
    this.#dirty.add(key);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#defer(() => this.#flush());
  }

  setOperation(change: Partial<Operation>): void {
    this.set('operation', { ...this.#value.operation, ...change });
  }

  follow(state: CalibrationState): void {
    const place = state.places[Math.min(state.at, state.places.length - 1)];
    const count = state.places.length;
    if (place) {
      const { id, kind } = place.step;
      this.set('step', { id, kind, index: Math.min(state.at, count), count, load: place.load });
    }
    this.setOperation({ fraction: count > 0 ? Math.min(1, state.at / count) : 1 });
    this.set(
      'readings',
      [...state.readings].flatMap(([key, reading]) => {
        if (reading.kind !== 'current') return [];
        const { meanA, standardErrorA, range } = reading;
        const load = state.places.find((known) => known.key === key)?.load ?? null;
        return [{ place: key, load, meanA, standardErrorA, range }];
      }),
    );
  }

  end({ status, certificate, fault }: CalibrationResult): void {
    const state = { completed: 'done', stopped: 'cancelled', cancelled: 'cancelled', failed: 'failed' } as const;
    this.set('certificate', certificate);
    this.setOperation({
      state: state[status],
      step: 'done',
      ...(status === 'completed' ? { fraction: 1 } : {}),
      ...(fault && status === 'failed' ? { fault: fault.toRecord() } : {}),
    });
    this.#flush();
  }

  #flush(): void {
    this.#scheduled = false;
    const changes: Change[] = [...this.#dirty].map((key) => ({ op: 'set', path: [key], value: this.#value[key] }));
    this.#dirty = new Set();
    this.topic.update(changes);
  }
}
