import type { BenchMemory, DeskDevice, RememberedInstrument } from '../../shared/domain/bench-desk.ts';
import type { LockHolder } from '../../shared/domain/bench-state.ts';
import type { InstrumentIdentity, InstrumentRole } from '../../shared/domain/identity.ts';
import type { Attached } from '../bench/index.ts';

/** What was found out about one attached device beside the listing. */
export interface DeviceFacts {
  holder?: LockHolder | undefined;
  access: DeskDevice['access'];
  group?: string | undefined;
}

/** Devices by importance: those with a role first, then those that look like something, then the rest as they were listed. */
const roleOrder: readonly InstrumentRole[] = ['dut', 'monitor', 'ioManager', 'probe'];

/** Key of the lock of a port, as runs and the doctor claim it. */
export function lockIdOf(device: Pick<DeskDevice, 'medium' | 'port'>): string {
  return device.medium === 'tcp' ? `tcp:${device.port}` : `serial:${device.port}`;
}

/** Name of the bench whose DUT is at that port. */
export function benchIdOf(device: Pick<DeskDevice, 'medium' | 'port'>): string {
  return device.medium === 'tcp' ? device.port : `serial:${device.port}`;
}

/** What is attached, with the roles that are remembered, and what is remembered and not there. */
export function composeDevices(
  memory: BenchMemory,
  attached: readonly Attached[],
  facts: ReadonlyMap<string, DeviceFacts>,
  errors: ReadonlyMap<string, NonNullable<DeskDevice['error']>>,
): DeskDevice[] {
  const known = new Map(memory.instruments.map((one) => [one.key, one]));
  const there = attached.map((one) =>
    attachedDevice(one, known.get(one.key), facts.get(one.key), errors.get(one.key), takenRoles(memory)),
  );
  const absent = memory.instruments
    .filter((one) => !attached.some(({ key }) => key === one.key) && (one.role !== null || one.byHand))
    .map((one) => absentDevice(one, errors.get(one.key)));
  return [...there, ...absent].sort((a, b) => rank(a) - rank(b));
}

function takenRoles(memory: BenchMemory): ReadonlySet<InstrumentRole> {
  return new Set(memory.instruments.flatMap(({ role }) => (role === null ? [] : [role])));
}

function attachedDevice(
  one: Attached,
  known: RememberedInstrument | undefined,
  facts: DeviceFacts | undefined,
  error: DeskDevice['error'],
  taken: ReadonlySet<InstrumentRole>,
): DeskDevice {
  const { holder, access = 'unknown', group } = facts ?? {};
  const role = known?.role ?? null;
  const proposal = role === null && one.proposal && !taken.has(one.proposal.role) ? one.proposal : null;
  return {
    key: one.key,
    medium: one.medium,
    port: one.port,
    description: one.description,
    ...(one.usb ? { usb: one.usb } : {}),
    knownBy: one.knownBy,
    byHand: known?.byHand ?? false,
    role,
    use: known?.use ?? null,
    proposal,
    state: holder ? 'busy' : error || access === 'refused' ? 'fault' : 'ready',
    ...(holder ? { holder } : {}),
    access,
    ...(group === undefined ? {} : { group }),
    says: known?.says ?? null,
    ...(error ? { error } : {}),
    ...(one.ports ? { ports: one.ports } : {}),
  };
}

function absentDevice(one: RememberedInstrument, error: DeskDevice['error']): DeskDevice {
  return {
    key: one.key,
    medium: mediumOf(one.key),
    port: one.port,
    description: one.description,
    ...(one.usb ? { usb: one.usb } : {}),
    knownBy: one.byHand ? 'address' : one.usb?.serial === undefined ? 'place' : 'serial',
    byHand: one.byHand,
    role: one.role,
    use: one.use,
    proposal: null,
    state: 'absent',
    access: 'unknown',
    says: one.says,
    ...(error ? { error } : {}),
  };
}

function mediumOf(key: string): DeskDevice['medium'] {
  if (key.startsWith('probe:')) return 'probe';
  return key.startsWith('tcp:') ? 'tcp' : 'serial';
}

function rank({ role, proposal, usb }: DeskDevice): number {
  if (role !== null) return roleOrder.indexOf(role);
  if (proposal) return 10;
  return usb ? 11 : 12;
}

/** A device in a role as runs and the top bar know it. */
export function instrumentOf(device: DeskDevice): InstrumentIdentity {
  const { role, use, usb, says, port, medium } = device;
  const common = {
    lockId: lockIdOf(device),
    ...(usb ? { usb } : {}),
    ...(says?.firmware ? { firmware: says.firmware } : {}),
    triedOnHardware: false,
    simulated: false,
  };
  if (role === 'monitor') {
    const model = use === 'lpm01a' ? 'LPM01A' : 'PPK2';
    return { role, kind: use === 'lpm01a' ? 'lpm01a' : 'ppk2', label: `${model} (${port})`, ...common };
  }
  if (role === 'ioManager') return { role, kind: 'io-manager', label: port, ...common };
  if (role === 'probe')
    return { role, kind: 'probe', label: device.description, ...common, lockId: `probe:${usb?.serial ?? device.key}` };
  return { role: 'dut', kind: `${medium}-dut`, label: port, ...common };
}
