import { certificateChainStart, sealCertificate } from '../../../../src/main/calibration/certificate/index.ts';
import { computeSupply } from '../../../../src/main/calibration/compute/supply.ts';
import {
  conduct,
  correctionFrom,
  findProcedure,
  loadsFor,
  readProcedures,
} from '../../../../src/main/calibration/index.ts';
import type { Operator } from '../../../../src/main/calibration/index.ts';
import { resourcesDir } from '../../../../src/main/places.ts';
import type { CalibrationRig, VirtualMonitorKind } from '../../../../src/main/virtual/index.ts';
import type { CertificateBody, CurrentReading } from '../../../../src/shared/domain/calibration.ts';
import { calibrationSetupSchema } from '../../../../src/shared/domain/calibration.ts';
import type { Correction } from '../../../../src/shared/domain/energy.ts';
import { openDriver } from './measure.ts';
import type { Profile } from './profile.ts';
import { withShortSeconds } from './shorten.ts';

const procedures = await readProcedures(resourcesDir());

/** The reference meter: 0.05 % and 0.1 mV, with an input that takes no current. */
export const referenceMeter = { gainRel: 5e-4, digitV: 1e-4, inputOhm: 1e12 } as const;
export const resistorTolerance = 1e-3;

/** Answers as the simulated bench suggests; lives with what an operator may live with, and repeats the rest. */
const operator: Operator = {
  ask: (question) =>
    Promise.resolve(
      question.kind === 'problem'
        ? { choice: question.choices.includes('keep') ? 'keep' : 'repeat' }
        : { ...question.suggested },
    ),
  refused: (question, problems) => {
    throw new Error(`${question.place}: ${problems[0]?.code ?? ''}`);
  },
};

/** What is calibrated, and how long its readings are. */
export interface CalibrationPlan {
  kind: VirtualMonitorKind;
  ranges: number[];
  shortenedBy: number;
}

/**
 * Goes through the gain wizard on an emulated instrument: its driver, the procedure file, resistors, meter, fit and certificate; then reads the
 * supply at the DUT with the same meter. Null for a calibration that its own tests refuse: an operator makes it again.
 */
export async function calibrate(
  rig: CalibrationRig,
  { kind, ranges, shortenedBy }: CalibrationPlan,
  profile: Profile,
): Promise<Correction | null> {
  const monitor = withShortSeconds(await openDriver(rig, kind), shortenedBy);
  const procedure = findProcedure(procedures, 'monitor-gain');
  const setup = calibrationSetupSchema.parse({ operator: 'Ada', voltageV: profile.voltageV, ranges });
  const instrument = {
    kind,
    model: monitor.kind.model,
    serial: monitor.serial,
    firmware: monitor.firmwareVersion,
    constantsSha256: monitor.constantsSha256,
  };
  const body = await conduct(
    {
      clock: rig.clock,
      operator,
      monitor,
      sourceJitterS: 0,
      stampJitterS: 0,
      baud: () => null,
      hands: rig.hands,
      record: () => Promise.resolve(),
    },
    {
      kind: 'new',
      opening: {
        procedure,
        setup,
        simulated: true,
        instrument,
        specification: rig.specification,
        ...loadsFor(procedure, kind, profile.voltageV, ranges),
        gainCertificate: null,
        program: 'coverage',
      },
    },
    new AbortController().signal,
  );
  if (!body || body.result !== 'pass') return null;
  await monitor.setPower(true);
  const supply = await supplyBody(rig, profile, body);
  await monitor.close();
  const gain = sealCertificate(body, certificateChainStart);
  return correctionFrom([gain, sealCertificate(supply, gain.sha256)], {
    instrument,
    mode: monitor.kind.score.quantity,
    filter: monitor.kind.score.filter,
    voltageV: profile.voltageV,
    simulated: true,
    nowMs: rig.clock.epochMs(),
    board: supply.supply?.board,
  });
}

/** The supply's certificate, as its procedure has it: without a DUT, scripted loads stand for its two states. */
async function supplyBody(rig: CalibrationRig, profile: Profile, gain: CertificateBody): Promise<CertificateBody> {
  const [state] = profile.states;
  const activeA = state?.currentA ?? 0;
  const readAt = (currentA: number): Promise<number> => {
    rig.load.connect(rig.clock.nowNs(), { kind: 'open', besideA: currentA });
    return rig.hands.readVoltageV();
  };
  const dmm = gain.references.find((reference) => reference.kind === 'dmm');
  if (!dmm) throw new Error('a gain certificate without its meter');
  const { value } = computeSupply({
    board: 'scripted',
    dmm,
    idleV: await readAt(profile.idleA),
    activeV: await readAt(activeA),
    idle: current(profile.idleA),
    active: current(activeA),
    setVoltageV: profile.voltageV,
    instrumentV: null,
    limits: null,
    acceptance: { instrumentRel: 0.015, activeShare: 0.95 },
  });
  return {
    ...gain,
    id: `${gain.id}-supply`,
    procedure: 'supply-voltage',
    mode: null,
    filter: null,
    readings: [],
    ranges: [],
    supply: value,
  };
}

function current(meanA: number): CurrentReading {
  return {
    kind: 'current',
    meanA,
    sdA: 0,
    samples: 1,
    blockSdA: 0,
    blocks: 1,
    standardErrorA: 0,
    range: 0,
    rangeShare: 1,
    trendA: 0,
    lostSamples: 0,
    saturatedSamples: 0,
    zeroSamples: 0,
    durationS: 1,
    settledAfterS: 0,
  };
}
