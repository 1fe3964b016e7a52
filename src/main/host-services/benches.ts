import { LiveTopic } from '../../shared/contract/index.ts';
import type { DeskDevice } from '../../shared/domain/bench-desk.ts';
import type { BenchState, InstrumentState } from '../../shared/domain/bench-state.ts';
import type { InstrumentIdentity } from '../../shared/domain/identity.ts';
import { Fault } from '../../shared/fault/index.ts';
import { formatNumber, withUnit } from '../../shared/units/index.ts';
import type { InstrumentLocks, Pace } from '../bench/index.ts';
import type { StartedRun } from '../host.ts';
import { formatAddress, parseAddress } from '../transport/index.ts';
import type { Desk } from './desk.ts';
import { handPurpose } from './hand-lines.ts';
import type { Operations } from './operations.ts';

/** What the instruments of the virtual bench are called. */
export interface BenchWords {
  virtual: string;
  dut: string;
  monitor: string;
  ioManager: string;
}

/** Benches that a page can open: the virtual one, and the real one, named after the port of its DUT. */
export class Benches {
  readonly #topics = new Map<string, LiveTopic<BenchState>>();
  readonly #locks: InstrumentLocks;
  readonly #operations: Operations;
  readonly #platform: NodeJS.Platform;
  readonly #words: BenchWords;
  readonly #virtualFirmware: () => Promise<InstrumentIdentity['firmware']>;
  readonly #locale: () => string;
  readonly #desk: Desk;
  /** The real bench as it was last: when its DUT is plugged in elsewhere, the bench goes with it. */
  #realId: string | null = null;
  /** Whether what was used last time was opened again. */
  #reopened = false;
  /** The operation whose supply is followed, by bench, and how to end that. */
  readonly #supplies = new Map<string, { operationId: string; stop: () => void }>();
  #pace: Pace;

  constructor(options: {
    locks: InstrumentLocks;
    operations: Operations;
    platform: NodeJS.Platform;
    pace: Pace;
    words: BenchWords;
    /** Language in which a figure is written. */
    locale: () => string;
    /** What the virtual DUT runs; undefined where its files cannot be read, which a run then explains. */
    virtualFirmware: () => Promise<InstrumentIdentity['firmware']>;
    desk: Desk;
  }) {
    this.#desk = options.desk;
    this.#virtualFirmware = options.virtualFirmware;
    this.#locale = options.locale;
    this.#locks = options.locks;
    this.#operations = options.operations;
    this.#platform = options.platform;
    this.#pace = options.pace;
    this.#words = options.words;
    this.#operations.onChange(() => void this.refresh());
    this.#desk.onChange(() => void this.#follow());
  }

  get pace(): Pace {
    return this.#pace;
  }

  list(): { id: string; name: string; simulated: boolean; open: boolean }[] {
    const { benchId } = this.#desk.value;
    const used = [...this.#topics.entries()].filter(([, { value }]) => value.open || value.operationId !== undefined);
    const ids = new Set(['virtual', ...(benchId === null ? [] : [benchId]), ...used.map(([id]) => id)]);
    return [...ids].map((id) => {
      const { name, simulated, open } = this.topic(id).value;
      return { id, name, simulated, open };
    });
  }

  /** The state of a bench, open or not. @throws Fault `bench.unknown`, `transport.badAddress`. */
  topic(id: string): LiveTopic<BenchState> {
    const known = this.#topics.get(id);
    if (known) return known;
    const topic = new LiveTopic<BenchState>(this.#initial(id));
    this.#topics.set(id, topic);
    return topic;
  }

  /** `emulated`: what answers at this address is no real board, as far as this program flashed it. */
  async open(id: string, { emulated = false }: { emulated?: boolean } = {}): Promise<BenchState> {
    const topic = this.topic(id);
    topic.update([{ op: 'set', path: ['open'], value: true }]);
    if (id === 'virtual') await this.#nameFirmware(topic);
    else this.markEmulated(id, emulated);
    await this.refresh();
    // A bench that cannot be remembered can be used all the same; the desk says why.
    const kind = id === 'virtual' ? 'virtual' : 'real';
    if (this.#desk.value.kind !== kind) await this.#desk.change({ kind }).catch(() => undefined);
    return topic.value;
  }

  /** Says of a bench at an address whether an emulated board answers there. */
  markEmulated(id: string, emulated: boolean): void {
    if (id === 'virtual') return;
    this.topic(id).update([
      { op: 'set', path: ['simulated'], value: emulated },
      { op: 'set', path: ['instruments', 0, 'identity', 'simulated'], value: emulated },
    ]);
  }

  async close(id: string): Promise<void> {
    if (this.#operations.active(id).length > 0) throw new Fault('bench.busy', { bench: id });
    this.topic(id).update([{ op: 'set', path: ['open'], value: false }]);
    await this.refresh();
  }

  setPace(id: string, pace: Pace): void {
    if (id !== 'virtual') throw new Fault('bench.notOpen', { bench: id });
    this.#pace = pace;
    this.topic(id).update([{ op: 'set', path: ['pace'], value: pace }]);
    this.#operations.setPace(id, pace);
  }

  /** Looks again at who holds what, and what runs. */
  async refresh(): Promise<void> {
    for (const [id, topic] of this.#topics) {
      const run = this.#operations.running(id);
      this.#followSupply(id, run);
      const used = run?.bench.identity.instruments ?? [];
      const real = id === this.#desk.value.benchId ? this.#real(topic.value.simulated) : [];
      const known = real.length > 0 ? real : topic.value.instruments;
      const identities = withUsed(
        known.map((instrument) => instrument.identity),
        used,
      );
      const busy = new Set(used.map(({ lockId }) => lockId));
      const instruments = await Promise.all(
        identities.map(async (identity) => {
          const inRun = run !== undefined && (identity.role === 'dut' || busy.has(identity.lockId));
          const device = real.find((one) => one.identity.lockId === identity.lockId)?.device;
          const state = await this.#look(topic.value.open, inRun, identity, device);
          const figure = run && inRun && identity.role === 'monitor' ? this.#supplyFigure(run) : undefined;
          return figure === undefined ? state : { ...state, figure };
        }),
      );
      topic.update([
        { op: 'set', path: ['instruments'], value: instruments },
        { op: 'set', path: ['operationId'], value: run?.operation.id },
        { op: 'set', path: ['name'], value: this.#nameOf(id, topic.value.name) },
      ]);
    }
  }

  /** After a change of the desk: what was used last time is there again, and the real bench goes where its DUT goes. */
  async #follow(): Promise<void> {
    const { kind, benchId, looked } = this.#desk.value;
    const before = this.#realId;
    this.#realId = benchId;
    if (before !== null && before !== benchId && benchId !== null && this.topic(before).value.open) {
      this.topic(before).update([{ op: 'set', path: ['open'], value: false }]);
      this.topic(benchId).update([{ op: 'set', path: ['open'], value: true }]);
    }
    // Opening a bench opens no port: the real one is open as soon as it has a DUT.
    const appeared = kind === 'real' && before === null && benchId !== null;
    const remembered = looked && !this.#reopened;
    if (remembered) this.#reopened = true;
    const id = kind === 'real' ? benchId : kind;
    if (id !== null && (remembered || appeared) && !this.topic(id).value.open) await this.open(id);
    else await this.refresh();
  }

  /** The instruments of the desk; the DUT is marked where no real board answers at its port. */
  #real(emulated: boolean): ReturnType<Desk['instruments']> {
    return this.#desk
      .instruments()
      .map((one) =>
        one.identity.role === 'dut' ? { ...one, identity: { ...one.identity, simulated: emulated } } : one,
      );
  }

  #nameOf(id: string, otherwise: string): string {
    const { benchId, name } = this.#desk.value;
    return id === benchId && name !== '' ? name : otherwise;
  }

  /** The supply of a monitor while it is on. */
  #supplyFigure({ operation }: StartedRun): string | undefined {
    const { powered, voltageV } = operation.power.topic.value;
    if (!powered || voltageV === null) return undefined;
    return withUnit(formatNumber(voltageV, { locale: this.#locale(), decimals: 3 }), 'V');
  }

  /** Looks again when the supply of the run under way changes, not at every sample. */
  #followSupply(id: string, run: StartedRun | undefined): void {
    const followed = this.#supplies.get(id);
    if (followed?.operationId === run?.operation.id) return;
    followed?.stop();
    this.#supplies.delete(id);
    if (!run) return;
    let last = this.#supplyFigure(run);
    const stop = run.operation.power.topic.subscribe(() => {
      const now = this.#supplyFigure(run);
      if (now === last) return;
      last = now;
      void this.refresh();
    });
    this.#supplies.set(id, { operationId: run.operation.id, stop });
  }

  async #nameFirmware(topic: LiveTopic<BenchState>): Promise<void> {
    const firmware = await this.#virtualFirmware();
    if (firmware) topic.update([{ op: 'set', path: ['instruments', 0, 'identity', 'firmware'], value: firmware }]);
  }

  async #look(
    open: boolean,
    running: boolean,
    identity: InstrumentIdentity,
    device: DeskDevice | undefined,
  ): Promise<InstrumentState> {
    const holder = await this.#locks.holder(identity.lockId);
    const error = device?.error ? { fault: device.error.fault } : {};
    if (device?.state === 'absent') return { identity, state: 'absent', ...error };
    const free = device?.state === 'fault' ? 'fault' : open ? 'ready' : 'present';
    // A line that was opened by hand is given up as soon as something else wants it.
    const taken = holder !== undefined && !(holder.ours && holder.purpose === handPurpose);
    return { identity, state: running || taken ? 'busy' : free, ...(holder ? { holder } : {}), ...error };
  }

  /** What an energy run on the virtual bench has to choose from; the emulated PPK2 takes the monitor's place when it is chosen. */
  #virtualCompanions(): InstrumentIdentity[] {
    const common = { triedOnHardware: false, simulated: true };
    return [
      {
        role: 'monitor',
        kind: 'lpm01a',
        label: this.#words.monitor,
        lockId: `virtual-lpm01a-${process.pid}`,
        ...common,
      },
      {
        role: 'ioManager',
        kind: 'io-manager',
        label: this.#words.ioManager,
        lockId: `virtual-io-manager-${process.pid}`,
        ...common,
      },
    ];
  }

  #initial(id: string): BenchState {
    if (id === 'virtual') {
      const identity: InstrumentIdentity = {
        role: 'dut',
        kind: 'virtual-dut',
        label: this.#words.dut,
        lockId: `virtual-dut-${process.pid}`,
        triedOnHardware: false,
        simulated: true,
      };
      return {
        id,
        name: this.#words.virtual,
        simulated: true,
        open: false,
        pace: this.#pace,
        instruments: [identity, ...this.#virtualCompanions()].map((one) => ({ identity: one, state: 'present' })),
      };
    }
    if (!/^(serial|tcp):./.test(id)) throw new Fault('bench.unknown', { bench: id, known: ['virtual'] });
    const address = parseAddress(id.replace(/^serial:/, ''), this.#platform);
    const label = formatAddress(address);
    const identity: InstrumentIdentity = {
      role: 'dut',
      kind: `${address.kind}-dut`,
      label,
      lockId: `${address.kind}:${label}`,
      triedOnHardware: false,
      simulated: false,
    };
    return { id, name: label, simulated: false, open: false, instruments: [{ identity, state: 'present' }] };
  }
}

/** The instruments of a bench once those of a run are known: one of each role, the used one in the place of what was there. */
function withUsed(
  known: readonly InstrumentIdentity[],
  used: readonly InstrumentIdentity[],
): readonly InstrumentIdentity[] {
  const companions = used.filter(({ role }) => role !== 'dut');
  const roles = new Set(known.map(({ role }) => role));
  return [
    ...known.map((identity) => companions.find(({ role }) => role === identity.role) ?? identity),
    ...companions.filter(({ role }) => !roles.has(role)),
  ];
}
