import type { MonitorUse } from '../../shared/domain/bench-desk.ts';
import type { DeskDevice } from '../../shared/domain/bench-desk.ts';
import type { DoctorDiagnosis, DoctorReport, DoctorStep } from '../../shared/domain/doctor.ts';
import type { InstrumentRole } from '../../shared/domain/identity.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { explainFault, openRelay } from '../dut/index.ts';
import type { Host } from '../host.ts';
import { nameMonitor, openNamedMonitor } from '../open-monitor.ts';
import { formatAddress, openSerial, openTcp, parseAddress } from '../transport/index.ts';
import type { Address } from '../transport/index.ts';
import type { Desk } from './desk.ts';

export interface Examination {
  port: string;
  role: Exclude<InstrumentRole, 'probe'>;
  use: MonitorUse | null;
}

type Says = Omit<NonNullable<DeskDevice['says']>, 'at'>;

/** Diagnoses after which the DUT can be used, whichever build it has. */
const dutAnswers: ReadonlySet<DoctorDiagnosis['code']> = new Set([
  'healthy',
  'healthyNoBaud',
  'resetOnOpen',
  'energyBuild',
  'performanceBuild',
]);

/** Rate of the IO manager's own line (DUT protocol, 8.1). */
const relayBaud = 115_200;
const longestHeard = 200;

/**
 * The connection doctor for an instrument in its role; what it finds stands on the instrument's card afterwards.
 * @throws Fault `transport.badAddress`, `bench.instrumentHeld`; whatever else is wrong is part of the report.
 */
export async function examineAs(
  host: Host,
  desk: Desk,
  { port, role, use }: Examination,
  signal: AbortSignal,
): Promise<DoctorReport> {
  if (role === 'dut') {
    const report = await host.examine(port, { signal });
    const { identity, diagnosis } = report;
    if (identity && dutAnswers.has(diagnosis.code)) await desk.noteWell(report.port, { name: identity.model });
    return report;
  }
  const { report, says, fault } = await examineInstrument(host, { port, role, use }, signal);
  if (says) await desk.noteWell(report.port, says);
  if (fault) desk.noteError(report.port, fault);
  return report;
}

/**
 * The connection doctor for a monitor or an IO manager.
 * @throws Fault `transport.badAddress`, `bench.instrumentHeld`; whatever else is wrong is part of the report.
 */
export async function examineInstrument(
  host: Host,
  { port, role, use }: Examination & { role: 'monitor' | 'ioManager' },
  signal: AbortSignal,
): Promise<{ report: DoctorReport; says?: Says; fault?: Fault }> {
  const { platform } = host.options;
  const address = parseAddress(port.replace(/^serial:/, ''), platform);
  const label = formatAddress(address);
  const lock = await host.locks.claim(`${address.kind}:${label}`, label, 'doctor');
  const report: DoctorReport = { port: label, askedBaud: null, steps: [], diagnosis: asIs(label), identity: null };
  const step = stepper(host, report.steps);
  try {
    const ask = role === 'monitor' ? askMonitor : askIoManager;
    const { diagnosis, says } = await ask(host, { address, label, use, step }, signal);
    report.diagnosis = diagnosis;
    return { report, says };
  } catch (error) {
    signal.throwIfAborted();
    const fault = toFault(error);
    if (fault.code.startsWith('transport.')) report.diagnosis = explainFault(fault, label, undefined);
    else report.fault = fault.toRecord();
    return { report, fault };
  } finally {
    await lock.release();
  }
}

function asIs(port: string): DoctorDiagnosis {
  return { code: 'instrumentFault', facts: { port } };
}

type Step = <T>(kind: DoctorStep['kind'], work: () => Promise<T>, heard: (found: T) => string) => Promise<T>;

interface Asked {
  address: Address;
  label: string;
  use: MonitorUse | null;
  step: Step;
}

interface Found {
  diagnosis: DoctorDiagnosis;
  says: Says;
}

/** Opens the monitor with its supply off, hears who it is, and lets go of it: the supply stays off. */
async function askMonitor(host: Host, { label, use, step }: Asked, signal: AbortSignal): Promise<Found> {
  const { platform } = host.options;
  const named = nameMonitor(`${use ?? 'ppk2'}:${label}`, { platform, simulated: false });
  const monitor = await step(
    'identify',
    () => openNamedMonitor(named, { clock: host.clock, platform, signal, tap: host.consoles.tap }),
    ({ serial, firmwareVersion }) => `${serial} ${firmwareVersion}`.trim(),
  );
  const { kind, serial, firmwareVersion } = monitor;
  await monitor.close();
  return {
    diagnosis: {
      code: 'monitorHealthy',
      facts: { port: label, model: kind.model, serial: serial || '–', firmware: firmwareVersion || '–' },
    },
    says: {
      name: kind.model,
      ...(serial === '' ? {} : { serial }),
      ...(firmwareVersion === '' ? {} : { firmware: { name: kind.model, version: firmwareVersion } }),
    },
  };
}

async function askIoManager(host: Host, { address, label, step }: Asked, signal: AbortSignal): Promise<Found> {
  const { clock } = host;
  const { platform } = host.options;
  const stream = await step(
    'open',
    () =>
      address.kind === 'tcp'
        ? openTcp({ ...address, clock, signal })
        : openSerial({ ...address, baud: relayBaud, clock, platform, signal }),
    () => '',
  );
  const relay = openRelay(host.consoles.tap(stream, { channel: 'ioManager', speech: 'ioManager', clock }), clock);
  try {
    const ask = (command: string): Promise<string> =>
      step(
        command === 'name' ? 'name' : 'identify',
        async () => plain(await relay.command(command, { signal }), command),
        (text) => text,
      );
    const name = await ask('name');
    const version = await ask('version');
    return {
      diagnosis: { code: 'ioManagerHealthy', facts: { port: label, name, version } },
      says: { name, ...(version === '' ? {} : { firmware: { name, version } }) },
    };
  } finally {
    await relay.close();
  }
}

/** What a reply says: `m-name-joulebench-io-manager-[uno]` names `joulebench-io-manager-[uno]`. */
function plain(lines: readonly string[], command: string): string {
  const prefix = `m-${command}-`;
  const found = lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? lines[0] ?? '';
  return found.slice(0, longestHeard);
}

/** Writes down what was tried, how it ended and what was heard. */
function stepper({ clock }: Host, steps: DoctorStep[]): Step {
  return async (kind, work, heard) => {
    const startS = clock.nowS();
    const add = (outcome: DoctorStep['outcome'], text: string): void => {
      steps.push({ kind, baud: null, outcome, startS, endS: clock.nowS(), bytes: 0, text });
    };
    try {
      const found = await work();
      add('done', heard(found));
      return found;
    } catch (error) {
      add('failed', error instanceof Fault ? error.code : '');
      throw error;
    }
  };
}
