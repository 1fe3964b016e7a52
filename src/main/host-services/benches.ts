import { LiveTopic } from '../../shared/contract/index.ts';
import type { BenchState, InstrumentState } from '../../shared/domain/bench-state.ts';
import type { InstrumentIdentity } from '../../shared/domain/identity.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { InstrumentLocks, Pace } from '../bench/index.ts';
import { formatAddress, listSerialPorts, parseAddress } from '../transport/index.ts';
import type { Operations } from './operations.ts';

/** Benches that a page can open: the virtual one, and one for each DUT on a port. */
export class Benches {
  readonly #topics = new Map<string, LiveTopic<BenchState>>();
  readonly #locks: InstrumentLocks;
  readonly #operations: Operations;
  readonly #platform: NodeJS.Platform;
  readonly #words: { virtual: string; dut: string };
  readonly #virtualFirmware: () => Promise<InstrumentIdentity['firmware']>;
  #pace: Pace;

  constructor(options: {
    locks: InstrumentLocks;
    operations: Operations;
    platform: NodeJS.Platform;
    pace: Pace;
    words: { virtual: string; dut: string };
    /** What the virtual DUT runs; undefined where its files cannot be read, which a run then explains. */
    virtualFirmware: () => Promise<InstrumentIdentity['firmware']>;
  }) {
    this.#virtualFirmware = options.virtualFirmware;
    this.#locks = options.locks;
    this.#operations = options.operations;
    this.#platform = options.platform;
    this.#pace = options.pace;
    this.#words = options.words;
    this.#operations.onChange(() => void this.refresh());
  }

  get pace(): Pace {
    return this.#pace;
  }

  async list(): Promise<{ id: string; name: string; simulated: boolean; open: boolean }[]> {
    const ports = await listSerialPorts(this.#platform).catch(() => []);
    const ids = new Set(['virtual', ...ports.map((port) => `serial:${port.path}`), ...this.#topics.keys()]);
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

  async open(id: string): Promise<BenchState> {
    const topic = this.topic(id);
    topic.update([{ op: 'set', path: ['open'], value: true }]);
    if (id === 'virtual') await this.#nameFirmware(topic);
    await this.refresh();
    return topic.value;
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
      const active = this.#operations.active(id)[0];
      const instruments = await Promise.all(
        topic.value.instruments.map((instrument) =>
          this.#look(topic.value.open, active !== undefined, instrument.identity),
        ),
      );
      topic.update([
        { op: 'set', path: ['instruments'], value: instruments },
        { op: 'set', path: ['operationId'], value: active?.id },
      ]);
    }
  }

  async #nameFirmware(topic: LiveTopic<BenchState>): Promise<void> {
    const firmware = await this.#virtualFirmware();
    if (firmware) topic.update([{ op: 'set', path: ['instruments', 0, 'identity', 'firmware'], value: firmware }]);
  }

  async #look(open: boolean, running: boolean, identity: InstrumentIdentity): Promise<InstrumentState> {
    const holder = await this.#locks.holder(identity.lockId);
    const state = running || holder ? 'busy' : open ? 'ready' : 'present';
    return { identity, state, ...(holder ? { holder } : {}) };
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
        instruments: [{ identity, state: 'present' }],
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
