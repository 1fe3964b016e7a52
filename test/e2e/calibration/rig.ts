import { fitRelativeUncertainty } from '../../../src/main/analysis/index.ts';
import { conduct } from '../../../src/main/calibration/index.ts';
import type { CalibrationEvent } from '../../../src/main/calibration/index.ts';
import { openOn } from '../../../src/main/open-monitor.ts';
import { openCalibrationRig } from '../../../src/main/virtual/index.ts';
import type { CalibrationRig, HandsOptions, MonitorErrors } from '../../../src/main/virtual/index.ts';
import type { CertificateBody, ProcedureId } from '../../../src/shared/domain/calibration.ts';
import { loadsFor } from '../../../src/main/calibration/index.ts';
import { opening, ScriptedOperator } from '../../unit/calibration/wizard.ts';
import type { Answer } from '../../unit/calibration/wizard.ts';

export interface RigRun {
  body: CertificateBody | null;
  rig: CalibrationRig;
  operator: ScriptedOperator;
  events: CalibrationEvent[];
}

/** A meter without input current, its error inside what its sheet says. */
export const quietMeter = { digitV: 1e-4, inputOhm: 1e12 };

/** Runs a procedure on an emulated instrument through its real driver. */
export async function runOnRig(
  id: ProcedureId,
  options: {
    kind: 'lpm01a' | 'ppk2';
    seed: number;
    ranges?: number[];
    hands?: HandsOptions;
    answers?: Record<string, Answer>;
    /** Drawn from the simulated specification unless given. */
    errors?: Partial<MonitorErrors>;
  },
): Promise<RigRun> {
  const { kind, seed, ranges = [], answers = {} } = options;
  const rig = openCalibrationRig({
    kind,
    seed,
    errors: options.errors ?? 'drawn',
    hands: { toleranceRel: 1e-3, seed, dmm: { ...quietMeter, gainError: meterError(seed) }, ...options.hands },
  });
  const signal = new AbortController().signal;
  const monitor = await openOn(rig.openMonitorStream(), kind, {
    clock: rig.clock,
    signal,
    label: 'emulated',
    lockId: 'emulated',
    path: null,
    simulated: true,
  });
  const operator = new ScriptedOperator(answers);
  const events: CalibrationEvent[] = [];
  const base = opening(id, { setup: { operator: 'Ada', voltageV: 3, supplyLimits: null, board: '', ranges } });
  try {
    const body = await conduct(
      {
        clock: rig.clock,
        operator,
        monitor,
        sourceJitterS: 0,
        stampJitterS: 0,
        baud: () => null,
        hands: rig.hands,
        record(event) {
          events.push(event);
          return Promise.resolve();
        },
      },
      {
        kind: 'new',
        opening: {
          ...base,
          ...loadsFor(base.procedure, kind, 3, ranges),
          specification: rig.specification,
          instrument: {
            kind,
            model: monitor.kind.model,
            serial: monitor.serial,
            firmware: monitor.firmwareVersion,
            constantsSha256: monitor.constantsSha256,
          },
        },
      },
      signal,
    );
    return { body, rig, operator, events };
  } finally {
    await monitor.close();
  }
}

/** Within +-0.05 %, spread over the seeds. */
function meterError(seed: number): number {
  return (((seed * 37) % 21) / 10 - 1) * 5e-4;
}

/** Normalised error of a corrected current, for every range of a certificate: (corrected / true - 1) / stated standard uncertainty. */
export function normalisedErrors({ body, rig }: RigRun): number[] {
  return (body?.ranges ?? []).map((range) => {
    const own = rig.errors.ranges[range.range];
    if (!own) throw new Error(`no truth of range ${range.range}`);
    const trueA = 0.6 * range.spanA[1];
    const nonlinearity = rig.specification.ranges.find((entry) => entry.range === range.range)?.nonlinearity.half ?? 0;
    // Without its nonlinearity, which the certificate carries as a half-width of its own.
    const shownA = trueA * (1 + own.gain) + own.offsetA;
    const correctedA = (shownA - range.offsetA) / range.slope;
    const u = Math.hypot(
      fitRelativeUncertainty(range, trueA),
      range.commonRel.dmm,
      range.commonRel.tcr,
      nonlinearity / Math.sqrt(3),
    );
    return (correctedA / trueA - 1) / u;
  });
}
