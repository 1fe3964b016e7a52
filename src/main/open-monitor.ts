import type { Clock } from '../shared/clock/index.ts';
import type { InstrumentIdentity } from '../shared/domain/identity.ts';
import { Fault, isFault } from '../shared/fault/index.ts';
import { openLpm01a, openPpk2 } from './emon/index.ts';
import type { EnergyMonitor } from './emon/index.ts';
import { formatAddress, listSerialPorts, openSerial, openTcp, parseAddress } from './transport/index.ts';
import type { Address, ByteStream, Tap } from './transport/index.ts';

/** How an operator names a monitor on the desk. */
export const monitorForms = ['lpm01a:PORT', 'ppk2:PORT', 'ppk2-ampere:PORT'];

/** A monitor on a port of this computer, named but not opened. */
export interface NamedMonitor {
  kind: 'lpm01a' | 'ppk2' | 'ppk2-ampere';
  address: Address;
  label: string;
  lockId: string;
  identity: InstrumentIdentity;
}

const models = { lpm01a: 'LPM01A', ppk2: 'PPK2', 'ppk2-ampere': 'PPK2' } as const;
/** Both instruments are USB devices that take any rate; the line coding means nothing (energy monitors, 2.1 and 3.1). */
const baud = 115_200;

/**
 * Reads `lpm01a:COM5`, `ppk2:/dev/ttyACM0`, `ppk2-ampere:tcp:127.0.0.1:7000`.
 * @throws Fault `emon.unknownMonitor`, `transport.badAddress`.
 */
export function nameMonitor(spec: string, options: { platform: NodeJS.Platform; simulated: boolean }): NamedMonitor {
  const found = /^(lpm01a|ppk2-ampere|ppk2):(.+)$/i.exec(spec.trim());
  if (!found?.[1] || !found[2]) throw new Fault('emon.unknownMonitor', { monitor: spec, known: monitorForms });
  const kind = found[1].toLowerCase() as NamedMonitor['kind'];
  const address = parseAddress(found[2].replace(/^serial:/, ''), options.platform);
  const label = `${models[kind]} (${formatAddress(address)})`;
  const lockId = `${address.kind}:${formatAddress(address)}`;
  return {
    kind,
    address,
    label,
    lockId,
    identity: {
      role: 'monitor',
      kind: kind === 'lpm01a' ? 'lpm01a' : 'ppk2',
      label,
      lockId,
      triedOnHardware: false,
      simulated: options.simulated,
    },
  };
}

/** Opens a named monitor with its supply off. @throws Fault of the areas `emon` and `transport`. */
export async function openNamedMonitor(
  named: NamedMonitor,
  {
    clock,
    platform,
    signal,
    tap,
  }: { clock: Clock; platform: NodeJS.Platform; signal: AbortSignal; tap?: Tap | undefined },
): Promise<EnergyMonitor> {
  const { address } = named;
  const stream =
    address.kind === 'tcp'
      ? await openTcp({ ...address, clock, signal })
      : await openReady({ path: address.path, baud, clock, platform, signal });
  const speech = named.kind === 'lpm01a' ? 'lpm01a' : 'ppk2';
  return openOn(tap ? tap(stream, { channel: 'monitor', speech, clock }) : stream, named.kind, {
    serial: await usbSerial(address, platform),
    clock,
    signal,
    label: named.label,
    lockId: named.lockId,
    path: formatAddress(address),
    simulated: named.identity.simulated,
  });
}

/** A port whose DTR says that somebody listens, as USB instruments want it; one without control lines (a pseudo terminal) needs none. */
async function openReady(options: Parameters<typeof openSerial>[0]): Promise<ByteStream> {
  const stream = await openSerial(options);
  try {
    await stream.setLines({ dtr: true, rts: true });
  } catch (error) {
    if (!isFault(error, 'transport.linesUnsupported')) {
      await stream.close();
      throw error;
    }
  }
  return stream;
}

/** Opens the driver of a kind on a stream; the stream is closed when that fails. */
export async function openOn(
  stream: ByteStream,
  kind: NamedMonitor['kind'],
  options: {
    clock: Clock;
    signal: AbortSignal;
    label: string;
    lockId: string;
    path: string | null;
    simulated: boolean;
    /** Of the USB device; the PPK2 does not tell its own. */
    serial?: string | undefined;
  },
): Promise<EnergyMonitor> {
  try {
    const { serial, ...common } = options;
    if (kind === 'lpm01a') return await openLpm01a({ stream, ...common });
    return await openPpk2({
      stream,
      ...common,
      ...(serial === undefined ? {} : { serial }),
      mode: kind === 'ppk2' ? 'source' : 'ampere',
    });
  } catch (error) {
    await stream.close().catch(() => undefined);
    throw error;
  }
}

/** Serial number of the USB device behind a port; undefined where the system names none. */
async function usbSerial(address: Address, platform: NodeJS.Platform): Promise<string | undefined> {
  if (address.kind === 'tcp') return undefined;
  const ports = await listSerialPorts(platform).catch(() => []);
  return ports.find((port) => port.path.toLowerCase() === address.path.toLowerCase())?.serial;
}
