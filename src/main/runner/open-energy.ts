import { access, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { holding, isoTime } from '../../shared/clock/index.ts';
import type { EnergyRequest } from '../../shared/domain/energy-request.ts';
import type { Correction, EnergySetup, MonitorSpecification, SupplyLimits } from '../../shared/domain/energy.ts';
import { Fault } from '../../shared/fault/index.ts';
import { createSupplyGuard } from '../bench/index.ts';
import type { Bench } from '../bench/index.ts';
import type { EnergyMonitor, MonitorKind } from '../emon/index.ts';
import { foldSession, traceInputs } from '../session/index.ts';
import { readSession, storeFault } from '../store/index.ts';
import { estimateTraceSize, summariseRecording } from '../trace/index.ts';
import type { TraceHeader, TraceRecorder } from '../trace/index.ts';
import type { OpenEnergy } from './connections.ts';
import { EnergyRig } from './energy-rig.ts';

/** What an energy run is made with, besides the bench. */
export interface EnergyPlan {
  request: EnergyRequest;
  /** The board and the limits of its supply; null where only a voltage was stated. */
  board: { id: string; limits: SupplyLimits } | null;
  app: { name: string; version: string };
  /** Half-widths of the budget, with the user's own figures in place of assumed ones. */
  specificationOf: (monitor: EnergyMonitor, bench: Bench) => MonitorSpecification;
  /** What the chosen certificates correct; null without. @throws Fault `calibration.certificateMismatch`. */
  correctionOf: (monitor: EnergyMonitor, voltageV: number) => Promise<Correction | null>;
  createRecorder: (path: string, header: TraceHeader) => Promise<TraceRecorder>;
  /**
   * Starts whoever switches the supply off when this program dies, and gives what ends that: they go home when the supply is `off`, and
   * act where that is `unknown`.
   * @throws Fault `emon.noSupplyWatch`.
   */
  watch: (monitor: EnergyMonitor, signal: AbortSignal) => Promise<(supply: 'off' | 'unknown') => Promise<void>>;
}

/** A run is not begun when the disk would be full before this much was recorded. */
const leastRecordedS = 900;

/** Which channels a monitor's trace holds beside the values. */
function traceChannels({ kind }: Pick<MonitorKind, 'kind'>, filter: 'none' | 'spike'): TraceHeader['channels'] {
  return { raw: filter === 'spike', ranges: kind === 'ppk2', digital: kind === 'ppk2' };
}

/** What a trace weighs in a second, what has to be free before it begins, and what is free. */
export interface TraceRoom {
  bytesPerS: number;
  neededBytes: number;
  freeBytes: number;
}

async function roomOf(header: Pick<TraceHeader, 'sampleRateHz' | 'channels'>, folder: string): Promise<TraceRoom> {
  const { bytesPerS, freeBytes } = await estimateTraceSize(header, folder);
  return { bytesPerS, neededBytes: Math.ceil(bytesPerS * leastRecordedS), freeBytes };
}

/** The same before there is a run: what a monitor of this kind would write into that folder. @throws Fault `trace.unreadable`. */
export function traceRoom(kind: MonitorKind, folder: string): Promise<TraceRoom> {
  const { sampleRateHz, filter } = kind.score;
  return roomOf({ sampleRateHz, channels: traceChannels(kind, filter) }, folder);
}

/** The energy side of runs on an opened bench. */
export function createOpenEnergy(plan: EnergyPlan): OpenEnergy {
  return async ({ bench, session, clock, signal, runId, run, onEvent }) => {
    if (!bench.openMonitor) throw new Fault('emon.noMonitor', { bench: bench.identity.name });
    const monitor = await bench.openMonitor(signal);
    let endWatch: Awaited<ReturnType<EnergyPlan['watch']>> | undefined;
    const close = async (): Promise<void> => {
      try {
        await monitor.close();
      } finally {
        // An instrument that was not reached may supply the DUT still.
        await endWatch?.(monitor.powered ? 'unknown' : 'off');
      }
    };
    try {
      endWatch = await plan.watch(monitor, signal);
      const setup = await holding(clock, () => energySetup(plan, monitor, bench));
      const guard = createSupplyGuard(monitor, { board: setup.supply.board, limits: setup.supply.limits, clock });
      const folder = `runs/${runId}-${run.workload.id}-energy`;
      let traces = 0;
      const rig = new EnergyRig({
        monitor,
        guard,
        voltageV: setup.supply.voltageV,
        spikeFilter: plan.request.spikeFilter,
        clock,
        async openTrace(acquisition) {
          const header: TraceHeader = {
            createdAt: isoTime(clock),
            program: `${plan.app.name} ${plan.app.version}`,
            instrument: {
              kind: monitor.kind.kind,
              model: monitor.kind.model,
              serial: monitor.serial,
              firmware: monitor.firmwareVersion,
            },
            simulated: bench.identity.simulated,
            sampleRateHz: acquisition.sampleRateHz,
            quantity: acquisition.quantity,
            scale: 1,
            voltageV: setup.supply.voltageV,
            channels: traceChannels(monitor.kind, acquisition.filter),
            edgeResolutionS: acquisition.edgeResolutionS,
            note: '',
          };
          const place = await freePlace(session.folder, folder, traces);
          traces += 1;
          const { neededBytes, freeBytes } = await roomOf(header, dirname(place.path));
          if (freeBytes < neededBytes)
            throw new Fault('trace.diskTooSmall', { path: place.path, neededBytes, freeBytes });
          return { recorder: await plan.createRecorder(place.path, header), file: place.file };
        },
        onEvent: (event, acquisition) => onEvent?.(monitor, event, acquisition),
      });
      return {
        setup,
        rig,
        async summarise(id) {
          const record = foldSession((await readSession(session.folder)).entries);
          const inputs = record && traceInputs(record, id);
          return inputs && summariseRecording(session.folder, inputs);
        },
        async close() {
          await rig.makeSafe();
          await close();
        },
      };
    } catch (error) {
      await close().catch(() => undefined);
      throw error;
    }
  };
}

/** The first trace name that is not taken: a run that is made again keeps what it recorded before. */
async function freePlace(root: string, folder: string, from: number): Promise<{ file: string; path: string }> {
  const target = join(root, folder);
  await mkdir(target, { recursive: true }).catch((error: unknown) => {
    throw storeFault(error, target);
  });
  for (let n = from + 1; ; n += 1) {
    const file = `${folder}/${n === 1 ? 'trace' : `trace-${n}`}.jbt`;
    const path = join(root, file);
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return { file, path };
  }
}

async function energySetup(plan: EnergyPlan, monitor: EnergyMonitor, bench: Bench): Promise<EnergySetup> {
  const { request, board } = plan;
  const { kind } = monitor;
  const voltageV = request.voltageV ?? board?.limits.nominalV;
  if (voltageV === undefined) throw new Fault('emon.voltageNeeded', { instrument: monitor.identity.label });
  const { score } = kind;
  return {
    monitor: {
      kind: kind.kind,
      model: kind.model,
      serial: monitor.serial,
      firmware: monitor.firmwareVersion,
      acceptance: kind.acceptance,
      triedOnHardware: kind.triedOnHardware,
      simulated: monitor.identity.simulated,
      quantity: score.quantity,
      sampleRateHz: score.sampleRateHz,
      filter: request.spikeFilter ? score.filter : 'none',
      constantsSha256: monitor.constantsSha256,
      edgeResolutionS: score.edgeResolutionS,
      maxCurrentA: kind.maxCurrentA,
    },
    supply: {
      voltageV,
      board: board?.id ?? '',
      // Without a board the operator's word is the only limit there is.
      limits: board?.limits ?? { minV: voltageV, nominalV: voltageV, maxV: voltageV },
    },
    path: bench.energyPath ?? 'direct',
    plane: request.plane,
    windowRule: request.windowRule,
    specification: plan.specificationOf(monitor, bench),
    correction: await plan.correctionOf(monitor, voltageV),
    scope: request.scope,
    duty: request.duty,
    temperatureC: request.temperatureC,
  };
}
