import type { CallInput, CallName, CallOutput, TopicName, TopicValue } from '../../../../src/shared/contract/index.ts';
import type { ConsoleLine } from '../../../../src/shared/domain/bench-console.ts';
import type { Desk } from '../../../../src/shared/domain/bench-desk.ts';
import type { BenchState } from '../../../../src/shared/domain/bench-state.ts';
import type { WizardState } from '../../../../src/shared/domain/calibration.ts';
import type { LiveFlash } from '../../../../src/shared/domain/flash-page.ts';
import type { LivePower } from '../../../../src/shared/domain/live-power.ts';
import type { LiveOperation } from '../../../../src/shared/domain/live-run.ts';
import { defaultSettings } from '../../../../src/shared/domain/settings.ts';
import type { Settings } from '../../../../src/shared/domain/settings.ts';
import { Fault } from '../../../../src/shared/fault/index.ts';
import type { Connection, FollowKey, HostClient, TopicListener } from '../../../../src/renderer/client/host-client.ts';
import {
  attached,
  boards,
  inputsTotal,
  liveOperation,
  monitors,
  operationId,
  procedures,
  sessionId,
  sessions,
  virtualBench,
  workloads,
} from './recorded.ts';

type Answers = { [K in CallName]?: (input: CallInput<K>) => CallOutput<K> | Promise<CallOutput<K>> };

/** The conversation of a recorded run as the console has it. */
function consoleLines(live: LiveOperation | undefined): ConsoleLine[] {
  return (live?.console ?? []).map(({ atS, channel, text }, index) => ({
    seq: index + 1,
    atEpochMs: atS * 1000,
    direction: channel === 'host' ? 'out' : 'in',
    kind: 'text',
    text,
  }));
}

/** A host in the page: the demo run goes on step by step when it is told to. Any answer can be replaced by another or a fault. */
export class FakeHost implements HostClient {
  readonly calls: { name: CallName; input: unknown }[] = [];
  settings: Settings = defaultSettings;
  benches: BenchState[] = [virtualBench(false)];
  desk: Desk = {
    platform: 'linux',
    kind: null,
    name: '',
    board: null,
    devices: attached,
    benchId: null,
    losses: [],
    looked: true,
  };
  live: LiveOperation | undefined;
  power: LivePower | undefined;
  wizard: WizardState | undefined;
  flash: LiveFlash | undefined;
  answers: Answers = {};
  #done = 0;
  #connection: Connection = { state: 'connected' };
  readonly #connectionListeners = new Set<(connection: Connection) => void>();
  readonly #benchListeners = new Map<string, Set<(state: BenchState) => void>>();
  readonly #powerListeners = new Set<(state: LivePower) => void>();
  readonly #wizardListeners = new Set<(state: WizardState) => void>();
  readonly #flashListeners = new Set<(state: LiveFlash) => void>();
  readonly #deskListeners = new Set<(state: Desk) => void>();
  readonly #operationListeners = new Set<(state: LiveOperation) => void>();

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    this.calls.push({ name, input: structuredClone(input) });
    const answer = this.answers[name] ?? this.#own[name];
    if (!answer) throw new Fault('api.unknownProcedure', { procedure: name });
    return answer(input);
  }

  follow<K extends TopicName>(name: K, key: FollowKey<K>, listener: TopicListener<K>): () => void {
    if (name === 'desk') {
      const tell = (state: Desk): void => listener.value(state as TopicValue<K>);
      this.#deskListeners.add(tell);
      tell(this.desk);
      return () => this.#deskListeners.delete(tell);
    }
    if (name === 'console') {
      const { channel } = key as FollowKey<'console'>;
      const lines = channel === 'dut' ? consoleLines(this.live) : [];
      listener.value({ firstSeq: 1, lines, byHand: null } as unknown as TopicValue<K>);
      return () => undefined;
    }
    if (name === 'operation') {
      const tell = (state: LiveOperation): void => listener.value(state as TopicValue<K>);
      this.#operationListeners.add(tell);
      if (this.live) tell(this.live);
      return () => this.#operationListeners.delete(tell);
    }
    if (name === 'power') {
      const tell = (state: LivePower): void => listener.value(state as TopicValue<K>);
      this.#powerListeners.add(tell);
      if (this.power) tell(this.power);
      return () => this.#powerListeners.delete(tell);
    }
    if (name === 'calibration') {
      const tell = (state: WizardState): void => listener.value(state as TopicValue<K>);
      this.#wizardListeners.add(tell);
      if (this.wizard) tell(this.wizard);
      return () => this.#wizardListeners.delete(tell);
    }
    if (name === 'flash') {
      const tell = (state: LiveFlash): void => listener.value(state as TopicValue<K>);
      this.#flashListeners.add(tell);
      if (this.flash) tell(this.flash);
      return () => this.#flashListeners.delete(tell);
    }
    const { benchId } = key as FollowKey<'bench'>;
    const tell = (state: BenchState): void => listener.value(state as TopicValue<K>);
    const listeners = this.#benchListeners.get(benchId) ?? new Set();
    this.#benchListeners.set(benchId, listeners.add(tell));
    const bench = this.benches.find((one) => one.id === benchId);
    if (bench) tell(bench);
    return () => listeners.delete(tell);
  }

  onConnection(listener: (connection: Connection) => void): () => void {
    this.#connectionListeners.add(listener);
    listener(this.#connection);
    return () => this.#connectionListeners.delete(listener);
  }

  reconnect(): void {
    this.setConnection({ state: 'connected' });
  }

  setConnection(connection: Connection): void {
    this.#connection = connection;
    for (const listener of this.#connectionListeners) listener(connection);
  }

  setDesk(change: Partial<Desk>): void {
    this.desk = { ...this.desk, ...change };
    for (const tell of this.#deskListeners) tell(this.desk);
  }

  setBench(bench: BenchState): void {
    this.benches = this.benches.map((one) => (one.id === bench.id ? bench : one));
    for (const tell of this.#benchListeners.get(bench.id) ?? []) tell(bench);
  }

  setLive(live: LiveOperation | undefined): void {
    this.live = live;
    if (live) for (const tell of this.#operationListeners) tell(live);
  }

  setPower(power: LivePower): void {
    this.power = power;
    for (const tell of this.#powerListeners) tell(power);
  }

  setFlash(flash: LiveFlash): void {
    this.flash = flash;
    for (const tell of this.#flashListeners) tell(flash);
  }

  setWizard(wizard: WizardState): void {
    this.wizard = wizard;
    for (const tell of this.#wizardListeners) tell(wizard);
  }

  openBench(): void {
    this.setBench(virtualBench(true, this.live ? { operationId } : {}));
  }

  /** Takes the run `steps` further: windows first, then inputs. */
  advance(steps = 1): void {
    if (this.live?.operation.state !== 'running') return;
    this.#done = Math.min(5 + inputsTotal, this.#done + steps);
    this.setLive(liveOperation(this.#done));
    if (this.live.operation.state !== 'running') this.setBench(virtualBench(true));
  }

  /** Puts the run at this many steps. */
  runAt(done: number, change: Partial<LiveOperation> = {}): void {
    this.#done = done;
    this.setLive(liveOperation(done, change));
    this.openBench();
  }

  #setState(state: LiveOperation['operation']['state']): CallOutput<'operation.pause'> {
    if (!this.live) throw new Fault('internal.unexpected', { message: 'no operation' });
    const operation = { ...this.live.operation, state };
    this.setLive({ ...this.live, operation });
    return operation;
  }

  readonly #own: Answers = {
    'app.info': () => ({
      name: 'Joulebench',
      version: '0.1.0',
      platform: 'linux',
      contract: 1,
      carrier: 'fake',
      sessionsFolder: '/home/lab/Documents/Joulebench',
      logsFolder: '/state/joulebench/logs',
    }),
    'report.overview': () => ({
      outcome: 'remarks',
      sentence: 'The measurement is valid, with remarks.',
      reason: '',
      notes: [],
      runs: [],
      files: [],
    }),
    'report.signOff': () => ({ closed: true, signatures: [], remarks: [], keeping: 'memory', people: [] }),
    'settings.get': () => this.settings,
    'settings.set': (input) => (this.settings = { ...this.settings, ...input } as Settings),
    'bench.list': () => this.benches.map(({ id, name, simulated, open }) => ({ id, name, simulated, open })),
    'bench.open': () => {
      this.openBench();
      return virtualBench(true);
    },
    'bench.close': () => {
      this.setBench(virtualBench(false));
      return {};
    },
    'bench.setPace': ({ benchId, pace }) => {
      const bench = this.benches.find((one) => one.id === benchId);
      if (bench) this.setBench({ ...bench, pace });
      return {};
    },
    'devices.list': () => this.desk.devices.map(({ port, description }) => ({ path: port, description })),
    'desk.refresh': () => ({}),
    'desk.change': (change) => {
      this.setDesk(change as Partial<Desk>);
      return {};
    },
    'board.list': () => boards,
    'monitor.list': () => monitors,
    'monitor.traceRoom': () => ({ bytesPerS: 4200, neededBytes: 3_800_000, freeBytes: 68e9 }),
    'calibration.list': () => procedures,
    'certificate.list': () => ({ certificates: [], problems: [] }),
    'workload.list': () => workloads,
    'run.start': () => {
      this.runAt(0);
      return liveOperation(0).operation;
    },
    'run.unfinished': () => [],
    'run.firmware': () => ({ flashed: null }),
    'flash.boards': () => ({ boards: [], left: [] }),
    'operation.list': () => (this.live ? [this.live.operation] : []),
    'operation.pause': () => this.#setState('paused'),
    'operation.resume': () => this.#setState('running'),
    'operation.cancel': () => this.#setState('cancelled'),
    'session.list': ({ search = '' }) => {
      const rows = sessions().filter((one) => JSON.stringify(one).toLowerCase().includes(search));
      return { rows, total: rows.length, all: sessions().length, pending: 0 };
    },
    'session.facets': () => ({
      boards: [],
      units: [],
      workloads: [{ value: 'kws01', count: 2 }],
      operators: [],
      verdicts: [],
      states: [],
      simulated: [],
    }),
    'session.get': ({ sessionId: id }) => {
      const summary = sessions().find((one) => one.sessionId === id) ?? sessions()[0];
      if (!summary) throw new Fault('internal.unexpected', { message: id });
      return { summary, runs: id === sessionId ? liveOperation(5 + inputsTotal).runs : [] };
    },
    'session.verify': () => ({ holds: true, problems: [] }),
    'session.resume': () => {
      this.runAt(40);
      return liveOperation(40).operation;
    },
  };
}
