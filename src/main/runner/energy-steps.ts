import { sleep } from '../../shared/clock/index.ts';
import type { MeasureStep, Outcome, Step } from '../../shared/domain/journal.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { DutPort } from '../dut/index.ts';
import type { EnergyRig } from './energy-rig.ts';

export interface EnergyStepPorts {
  port: DutPort;
  rig: EnergyRig;
  signal: AbortSignal;
}

/** Edges of one `infer`, and of one `timestamp`. */
const edgesOfInfer = 2;

/** Takes a step of an energy run. Throws faults as the instruments give them. */
export async function takeEnergy(
  step: Exclude<Step, { kind: 'identify' }>,
  payload: Uint8Array | undefined,
  { port, rig, signal }: EnergyStepPorts,
): Promise<Outcome> {
  switch (step.kind) {
    case 'supply':
      return { kind: 'supplied', voltageV: step.on ? await rig.supplyOn(signal) : await rig.supplyOff(signal) };
    case 'record': {
      if (step.on) return { kind: 'recording', traceFile: await rig.recordOn(signal) };
      return { kind: 'recording', traceFile: null, readings: await rig.recordOff(signal) };
    }
    case 'timestamp': {
      const before = rig.edgeCount;
      await port.pulse({ signal });
      const marks = await rig.edgesSince(before, 1, signal);
      await sleep(rig.clock, 1, signal);
      return { kind: 'stamped', lapUs: null, marks };
    }
    case 'measure':
      return measure(step, payload, { port, rig, signal });
    case 'rest': {
      if (step.state === 'sleep') {
        const reply = await port.sleep({ signal });
        if (reply !== undefined) return { kind: 'notSupported', reply };
      }
      rig.mark(`rest-${step.state}`);
      return { kind: 'rested', ...(await rig.rest(step.durationS, signal)) };
    }
  }
}

async function measure(
  step: MeasureStep,
  payload: Uint8Array | undefined,
  { port, rig, signal }: EnergyStepPorts,
): Promise<Outcome> {
  if (step.attempt > 1) await port.resync({ signal });
  const load = await port.load(payload ?? new Uint8Array(), { verify: step.verify, signal });
  const before = rig.edgeCount;
  if (step.purpose === 'window') rig.mark(`window-${step.window ?? 0}`);
  const infer = await port.infer(step.iterations, step.warmups, { deadlineS: step.deadlineS, signal });
  const marks = await rig.edgesSince(before, edgesOfInfer, signal);
  // Without marks nothing can be planned, and the operator should hear of the loose wire now, not after five windows.
  if (step.purpose === 'calibration' && marks.edges.length < edgesOfInfer)
    throw new Fault('emon.edgesMissing', {
      instrument: rig.label,
      expected: edgesOfInfer,
      found: marks.edges.length,
      shortestPulseS: rig.shortestPulseS,
    });
  if (step.purpose === 'window') await rig.flush();
  return { kind: 'measured', load, infer, marks };
}
