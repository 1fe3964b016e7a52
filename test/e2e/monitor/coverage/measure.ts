import { sleep } from '../../../../src/shared/clock/index.ts';
import type { EnergySetup, TraceSummary } from '../../../../src/shared/domain/energy.ts';
import { summariseTrace } from '../../../../src/main/analysis/index.ts';
import type { RestRange } from '../../../../src/main/analysis/index.ts';
import { openLpm01a, openPpk2 } from '../../../../src/main/emon/index.ts';
import type { Acquisition, EnergyMonitor, MonitorEvent, SampleBlock } from '../../../../src/main/emon/index.ts';
import type { CalibrationRig, VirtualMonitorKind } from '../../../../src/main/virtual/index.ts';
import type { Draw } from './draw.ts';
import { idealSurroundings, playProfile, ratePerS, windowCount } from './profile.ts';
import type { Profile, ScriptedRun, Surroundings } from './profile.ts';

/** The instrument's own driver on its emulator, in one process. */
export function openDriver(rig: CalibrationRig, kind: VirtualMonitorKind): Promise<EnergyMonitor> {
  const stream = rig.openMonitorStream();
  const common = { stream, clock: rig.clock, label: stream.label, lockId: 'coverage', simulated: true };
  return kind === 'lpm01a' ? openLpm01a(common) : openPpk2({ ...common, mode: 'source' });
}

/** What a run says, and what really happened. */
export interface Measured {
  summary: TraceSummary;
  run: ScriptedRun;
}

/**
 * One energy run through the emulator's bytes and the driver's decoder, summed up by the window rule of the analysis.
 * @throws Error when the driver reports a loss or not the edges that were made: then nothing is wrong with a budget, but with the trial.
 */
export async function measureRun(
  rig: CalibrationRig,
  monitor: EnergyMonitor,
  profile: Profile,
  rule: EnergySetup['windowRule'],
  draw: Draw,
  surroundings: Surroundings = idealSurroundings,
): Promise<Measured> {
  await monitor.setVoltage(profile.voltageV);
  await monitor.setPower(true);
  const events: MonitorEvent[] = [];
  const acquisition = await monitor.start({ purpose: 'score' }, (event) => events.push(event));
  const run = playProfile(rig, profile, draw, surroundings);
  await sleep(rig.clock, (run.endNs - rig.clock.nowNs()) / 1e9);
  await acquisition.stop();
  return { summary: await summaryOf(events, acquisition, profile, rule), run };
}

async function summaryOf(
  events: readonly MonitorEvent[],
  { quantity, sampleRateHz }: Acquisition,
  profile: Profile,
  rule: EnergySetup['windowRule'],
): Promise<TraceSummary> {
  const blocks = events.filter((event): event is SampleBlock => event.kind === 'samples');
  const edges = events.flatMap((event) => (event.kind === 'edge' && event.level === 'fall' ? [event.sampleIndex] : []));
  const samples = blocks.reduce((sum, { values }) => sum + values.length, 0);
  if (edges.length !== 2 * windowCount || events.some(({ kind }) => kind === 'loss')) {
    throw new Error(`a trial with ${String(edges.length)} edges`);
  }
  const source = {
    quantity,
    scale: 1,
    voltageV: quantity === 'current' ? profile.voltageV : null,
    sampleRateHz,
    samples,
    async *blocks(first: number, end: number) {
      for (const block of blocks) {
        if (block.firstIndex < end && block.firstIndex + block.values.length > first) {
          yield { first: block.firstIndex, block };
        }
      }
    },
  };
  const parts = await summariseTrace(source, {
    rule,
    windows: Array.from({ length: windowCount }, (_, index) => ({
      number: index + 1,
      inputIndex: index,
      inferences: profile.inferences,
      startEdge: edges[2 * index] as number,
      endEdge: edges[2 * index + 1] as number,
      hostS: null,
      edges: 2,
    })),
    rests: [
      restBefore(edges[0] as number, profile, sampleRateHz),
      sleepAfter(edges.at(-1) as number, profile, sampleRateHz),
    ],
    maxCurrentA: 1,
  });
  return {
    file: 'trace.jbt',
    sha256: '0'.repeat(64),
    sampleRateHz,
    samples,
    achievedRateHz: null,
    deviceDurationS: null,
    hostDurationS: samples / sampleRateHz,
    edgeCount: edges.length,
    expectedEdgeCount: edges.length,
    strayEdges: 0,
    losses: [],
    overcurrent: false,
    measuredVoltageV: null,
    temperatureC: null,
    ...parts,
  };
}

/** Most of the idle stretch in front of the first window. */
function restBefore(edge: number, { idleS }: Profile, sampleRateHz: number): RestRange {
  const endSample = edge - 2;
  return { state: 'idle', firstSample: endSample - Math.floor(0.8 * idleS * sampleRateHz), endSample };
}

/** The middle of the sleep behind the last window. */
function sleepAfter(edge: number, { gapS, idleS, sleepS }: Profile, sampleRateHz: number): RestRange {
  const sampleAt = (share: number): number => Math.ceil(edge + (gapS + idleS + share * sleepS) * sampleRateHz);
  return { state: 'sleep', firstSample: sampleAt(0.1), endSample: sampleAt(0.9) };
}

/** The setup that such a run would have been opened with. */
export function setupOf(
  rig: CalibrationRig,
  monitor: EnergyMonitor,
  profile: Profile,
  rule: EnergySetup['windowRule'],
  changes: Partial<EnergySetup> = {},
): EnergySetup {
  const { kind, serial, firmwareVersion, constantsSha256 } = monitor;
  return {
    monitor: {
      kind: kind.kind,
      model: kind.model,
      serial,
      firmware: firmwareVersion,
      acceptance: kind.acceptance,
      triedOnHardware: false,
      simulated: true,
      constantsSha256,
      maxCurrentA: kind.maxCurrentA,
      ...kind.score,
    },
    supply: {
      voltageV: profile.voltageV,
      board: 'scripted',
      limits: { minV: 2, nominalV: profile.voltageV, maxV: 3.3 },
    },
    path: 'direct',
    plane: 'monitor',
    windowRule: rule,
    specification: rig.specification,
    scope: { measured: ['scripted load'], notMeasured: [], declaredBy: 'test' },
    duty: { inferencesPerS: ratePerS(profile), batteryAh: 0.22, batteryV: 3 },
    correction: null,
    temperatureC: null,
    ...changes,
  };
}
