import { LiveTopic } from '../../shared/contract/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import type {
  BenchMemory,
  Desk as DeskValue,
  DeskAssignment,
  DeskChange,
  DeskDevice,
  DeskLoss,
  RememberedInstrument,
} from '../../shared/domain/bench-desk.ts';
import type { InstrumentIdentity } from '../../shared/domain/identity.ts';
import { Fault, faultFromRecord, toFault } from '../../shared/fault/index.ts';
import { DeviceWatch, attachedDevices } from '../bench/index.ts';
import type { Attached, InstrumentLocks } from '../bench/index.ts';
import type { BenchFile } from '../store/index.ts';
import { formatAddress, parseAddress } from '../transport/index.ts';
import { benchIdOf, composeDevices, instrumentOf, lockIdOf } from './desk-state.ts';
import type { DeviceFacts } from './desk-state.ts';
import type { DeskWorld } from './desk-world.ts';

/** Losses that a page can still be told about. */
const keptLosses = 20;

export interface DeskOptions {
  clock: Clock;
  locks: InstrumentLocks;
  platform: NodeJS.Platform;
  file: BenchFile;
  world: DeskWorld;
}

/** What is attached to this computer, in which role; watched, so that plugging needs no restart, and remembered. */
export class Desk {
  readonly topic: LiveTopic<DeskValue>;
  readonly #options: DeskOptions;
  readonly #watch: DeviceWatch;
  readonly #listeners = new Set<() => void>();
  /** Operations whose end was looked at. */
  readonly #noted = new Set<string>();
  readonly #errors = new Map<string, NonNullable<DeskDevice['error']>>();
  #listed: readonly Attached[] = [];
  #attached: readonly Attached[] = [];
  #facts: ReadonlyMap<string, DeviceFacts> = new Map();
  #lossId = 0;

  constructor(options: DeskOptions) {
    const { platform, file, clock, world } = options;
    this.#options = options;
    const { kind, name, board } = file.get();
    this.topic = new LiveTopic<DeskValue>({
      platform,
      kind,
      name,
      board,
      devices: composeDevices(file.get(), [], new Map(), new Map()),
      benchId: null,
      losses: [],
      looked: false,
      ...(file.problem ? { fault: file.problem.toRecord() } : {}),
    });
    this.#watch = new DeviceWatch({
      clock,
      look: (thorough) => this.#look(thorough),
      fingerprint: world.fingerprint,
    });
  }

  get value(): DeskValue {
    return this.topic.value;
  }

  /** Begins to watch; harmless when it does. */
  start(): void {
    this.#watch.start();
  }

  stop(): void {
    this.#watch.stop();
  }

  /** Called after every change of the desk. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  refresh(): Promise<void> {
    return this.#watch.lookNow();
  }

  /** The device at a port; undefined where none is known there. */
  at(port: string): DeskDevice | undefined {
    return this.value.devices.find((device) => device.port === port && device.state !== 'absent');
  }

  /** The device that plays a role, there or not. */
  inRole(role: DeskDevice['role']): DeskDevice | undefined {
    return this.value.devices.find((device) => device.role === role);
  }

  /** The instruments of the real bench, those that are missing too. */
  instruments(): { identity: InstrumentIdentity; device: DeskDevice }[] {
    return this.value.devices
      .filter((device) => device.role !== null)
      .map((device) => ({ identity: instrumentOf(device), device }));
  }

  /** @throws Fault of `store`, `bench.fileInvalid`. */
  async change(change: DeskChange): Promise<void> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    await this.#remember((memory) => ({ ...memory, ...given }));
  }

  /**
   * Gives a device a role, which it keeps wherever it is plugged in; whatever played the role before gives it up.
   * @throws Fault `bench.deviceUnknown`, `bench.roleUnfit`, faults of `store`.
   */
  async assign({ key, role, use }: DeskAssignment): Promise<void> {
    const device = this.#device(key);
    if (role !== null && (role === 'probe') !== (device.medium === 'probe'))
      throw new Fault('bench.roleUnfit', { device: nameOf(device) });
    const next: Partial<RememberedInstrument> = {
      role,
      use: role === 'monitor' ? (use ?? device.proposal?.use ?? 'ppk2') : null,
    };
    await this.#remember((memory) => {
      const others = memory.instruments
        .filter((one) => one.key !== key)
        .map((one) => (role !== null && one.role === role ? { ...one, role: null, use: null } : one));
      const known = memory.instruments.find((one) => one.key === key);
      return { ...memory, instruments: [...others, { ...remembered(device, known), ...next }].filter(worthKeeping) };
    });
  }

  /** Adds a port or address that the system does not list. @throws Fault `transport.badAddress`, faults of `store`. */
  async add(text: string): Promise<string> {
    const address = parseAddress(text.replace(/^serial:/, ''), this.#options.platform);
    const port = formatAddress(address);
    const listed = this.at(port);
    if (listed) return listed.key;
    const key = address.kind === 'tcp' ? port : `port:${port}`;
    await this.#remember((memory) => ({
      ...memory,
      instruments: [
        ...memory.instruments.filter((one) => one.key !== key),
        { key, role: null, use: null, description: '', port, usb: null, says: null, byHand: true },
      ],
    }));
    await this.refresh();
    return key;
  }

  /** @throws Fault `bench.deviceUnknown`, `bench.deviceAttached`, faults of `store`. */
  async forget(key: string): Promise<void> {
    const device = this.#device(key);
    if (device.state !== 'absent' && !device.byHand)
      throw new Fault('bench.deviceAttached', { device: nameOf(device) });
    this.#errors.delete(key);
    await this.#remember((memory) => ({
      ...memory,
      instruments: memory.instruments.filter((one) => one.key !== key),
    }));
    await this.refresh();
  }

  /** What an instrument said of itself; its last error is over. */
  async noteWell(port: string, says: Omit<NonNullable<DeskDevice['says']>, 'at'>): Promise<void> {
    const device = this.at(port);
    if (!device) return;
    this.#errors.delete(device.key);
    const at = new Date(this.#options.clock.epochMs()).toISOString();
    if (device.role === null && !device.byHand) {
      this.#publish();
      return;
    }
    await this.#remember((memory) => ({
      ...memory,
      instruments: memory.instruments.map((one) => (one.key === device.key ? { ...one, says: { ...says, at } } : one)),
    }));
  }

  /** An error at a port: it stands on the instrument's card until an examination finds it well. */
  noteError(port: string, fault: Fault): void {
    const device = this.value.devices.find((one) => one.port === port);
    if (!device) return;
    this.#errors.set(device.key, { fault: fault.toRecord(), atEpochMs: this.#options.clock.epochMs() });
    this.#publish();
  }

  /** The fault that ended an operation, once: it stands on the card of the instrument that it names. */
  noteEnded(
    operationId: string,
    record: Parameters<typeof faultFromRecord>[0] & { facts: Record<string, unknown> },
  ): void {
    if (this.#noted.has(operationId)) return;
    this.#noted.add(operationId);
    const said = ['port', 'address', 'instrument', 'label'].map((name) => record.facts[name]);
    const device = this.value.devices.find(
      ({ port }) => port !== '' && said.some((text) => text === port || String(text).includes(`(${port})`)),
    );
    if (device) this.noteError(device.port, faultFromRecord(record));
  }

  async #look(thorough: boolean): Promise<void> {
    const { world } = this.#options;
    let fault: Fault | undefined;
    if (thorough) {
      try {
        const [ports, probes] = await Promise.all([world.listPorts(), world.listProbes().catch(() => [])]);
        this.#listed = attachedDevices(ports, probes);
      } catch (error) {
        fault = toFault(error);
        this.#listed = [];
      }
    }
    const attached = [...this.#listed, ...(await this.#byHand())];
    const facts = new Map<string, DeviceFacts>();
    await Promise.all(attached.map(async (one) => facts.set(one.key, await this.#factsOf(one))));
    this.#publish(attached, facts, thorough ? (fault ?? this.#options.file.problem ?? null) : undefined);
  }

  /** Addresses that were named by hand and are there. Nobody asks a network address: it is there until it does not answer. */
  async #byHand(): Promise<Attached[]> {
    const named = this.#options.file
      .get()
      .instruments.filter((one) => one.byHand && !this.#listed.some(({ port }) => port === one.port));
    const there = await Promise.all(
      named.map(({ port }) => (port.startsWith('tcp:') ? true : this.#options.world.exists(port))),
    );
    return named
      .filter((_one, index) => there[index])
      .map(({ key, port }) => ({
        key,
        medium: port.startsWith('tcp:') ? 'tcp' : 'serial',
        port,
        description: '',
        knownBy: 'address',
        proposal: null,
      }));
  }

  async #factsOf(one: Attached): Promise<DeviceFacts> {
    const { locks, world } = this.#options;
    if (one.medium === 'probe') return { access: 'unknown' };
    const holder = await locks.holder(lockIdOf(one)).catch(() => undefined);
    const access = one.medium === 'serial' ? await world.access(one.port) : { access: 'unknown' as const };
    return { holder, ...access };
  }

  #publish(attached = this.#attached, facts = this.#facts, fault?: Fault | null): void {
    this.#attached = attached;
    this.#facts = facts;
    const before = this.value;
    const memory = this.#options.file.get();
    this.#forgiveReturned(before.devices, attached);
    const devices = composeDevices(memory, attached, facts, this.#errors);
    const dut = devices.find((device) => device.role === 'dut');
    const { fault: oldFault, ...rest } = before;
    const problem = fault === undefined ? oldFault : fault?.toRecord();
    const next: DeskValue = {
      ...rest,
      kind: memory.kind,
      name: memory.name,
      board: memory.board,
      devices,
      benchId: dut ? benchIdOf(dut) : null,
      losses: [...before.losses, ...this.#lossesIn(before.devices, devices)].slice(-keptLosses),
      looked: before.looked || fault !== undefined,
      ...(problem ? { fault: problem } : {}),
    };
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    this.topic.replace(next);
    this.#movePorts(devices);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Instruments in use that were there and are not: named, since a run that ends for it must say which. */
  #lossesIn(before: readonly DeskDevice[], now: readonly DeskDevice[]): DeskLoss[] {
    const { clock } = this.#options;
    const stillThere = new Set(now.filter(({ state }) => state !== 'absent').map(({ key }) => key));
    return before
      .filter((device) => device.holder !== undefined && device.role !== null && !stillThere.has(device.key))
      .map((device) => {
        const fault = new Fault('bench.instrumentLost', { label: nameOf(device), port: device.port });
        this.#errors.set(device.key, { fault: fault.toRecord(), atEpochMs: clock.epochMs() });
        this.#lossId += 1;
        return {
          id: this.#lossId,
          key: device.key,
          role: device.role ?? 'dut',
          label: nameOf(device),
          port: device.port,
          atEpochMs: clock.epochMs(),
        };
      });
  }

  /** An instrument that is back has nothing to be blamed for any more. */
  #forgiveReturned(before: readonly DeskDevice[], attached: readonly Attached[]): void {
    for (const { key, state } of before) {
      const lost = this.#errors.get(key)?.fault.code === 'bench.instrumentLost';
      if (lost && state === 'absent' && attached.some((one) => one.key === key)) this.#errors.delete(key);
    }
  }

  /** Remembered is where an instrument was last, so that its card can say it when it is gone. */
  #movePorts(devices: readonly DeskDevice[]): void {
    const moved = this.#options.file.get().instruments.filter((one) => {
      const device = devices.find(({ key, state }) => key === one.key && state !== 'absent');
      return device !== undefined && device.port !== one.port;
    });
    if (moved.length === 0 || this.#options.file.problem) return;
    void this.#options.file
      .change((memory) => ({
        ...memory,
        instruments: memory.instruments.map((one) => ({
          ...one,
          port: devices.find(({ key, state }) => key === one.key && state !== 'absent')?.port ?? one.port,
        })),
      }))
      // Not worth a word: the role itself is remembered.
      .catch(() => undefined);
  }

  async #remember(change: (memory: BenchMemory) => BenchMemory): Promise<void> {
    await this.#options.file.change(change);
    this.#publish();
  }

  #device(key: string): DeskDevice {
    const device = this.value.devices.find((one) => one.key === key);
    if (!device) throw new Fault('bench.deviceUnknown', { device: key });
    return device;
  }
}

function remembered(device: DeskDevice, known: RememberedInstrument | undefined): RememberedInstrument {
  const { key, description, port, usb } = device;
  return {
    key,
    role: null,
    use: null,
    says: null,
    byHand: false,
    ...known,
    description,
    port,
    usb: usb ?? null,
  };
}

/** What has neither a role nor was named by a person need not be remembered. */
function worthKeeping(one: RememberedInstrument): boolean {
  return one.role !== null || one.byHand;
}

/** What a person calls a device. */
function nameOf(device: DeskDevice): string {
  const model = device.says?.name ?? device.description;
  return model === '' ? device.port : model;
}
