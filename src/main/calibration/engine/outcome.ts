import { createHash } from 'node:crypto';
import { certificateFormat } from '../../../shared/domain/calibration.ts';
import type { CertificateBody, EdgeReading, Reading } from '../../../shared/domain/calibration.ts';
import { canonicalJson } from '../../../shared/canonical-json/index.ts';
import { computeGain } from '../compute/gain.ts';
import { computeDutClock, computeTimestampPath, computeUart } from '../compute/paths.ts';
import { computeSupply, computeZero, verifyGain } from '../compute/supply.ts';
import { currentAt, measuredLoads, meterOf, ohmsRelOf } from './decide.ts';
import type { CalibrationState } from './state.ts';

type Findings = Partial<CertificateBody> & { remarks: string[]; failures: string[] };

const dayMs = 86_400_000;

/**
 * The certificate that a finished procedure gives: pure, so that a journal gives it again. A procedure that failed has one too, with `result`
 * `fail` and the keys of what failed first among its remarks; it is never applied.
 * @param epochMs when it was finished.
 */
export function certificateOf(state: CalibrationState, epochMs: number): CertificateBody {
  const { opening, acquired } = state;
  const { procedure, setup, instrument } = opening;
  const { remarks, failures, ...found } = findings(state);
  const dateUtc = new Date(epochMs).toISOString();
  const dmm = meterOf(state);
  const usesSamples = acquired !== null && procedure.id !== 'supply-voltage' && procedure.id !== 'timestamp-path';
  const body: Omit<CertificateBody, 'id'> = {
    schema: certificateFormat,
    procedure: procedure.id,
    procedureVersion: procedure.version,
    operator: setup.operator,
    dateUtc,
    expiresUtc: new Date(epochMs + procedure.expiryDays * dayMs).toISOString(),
    simulated: opening.simulated,
    program: opening.program,
    instrument,
    ambientC: ambient(state),
    setVoltageV: procedure.uses.includes('monitor') ? setup.voltageV : null,
    mode: usesSamples ? acquired.mode : null,
    filter: usesSamples ? acquired.filter : null,
    references: [
      ...(dmm ? [dmm] : []),
      ...measuredLoads(state).flatMap(({ resistor }) => (resistor ? [resistor] : [])),
    ],
    readings: [],
    ranges: [],
    zero: null,
    selfcal: null,
    timestamp: null,
    dutClock: null,
    uart: null,
    supply: null,
    ...found,
    result: failures.length === 0 ? 'pass' : 'fail',
    remarks: [...failures.map((key) => `failed.${key}`), ...remarks, ...commonRemarks(state)],
  };
  const digest = createHash('sha256').update(canonicalJson(body)).digest('hex').slice(0, 6);
  return { ...body, id: `${dateUtc.slice(0, 16)}Z-${procedure.id}-${instrument.kind}-${digest}` };
}

function findings(state: CalibrationState): Findings {
  const { opening } = state;
  const limit = (name: string): number => limitOf(opening.procedure.acceptance, name);
  switch (opening.procedure.id) {
    case 'monitor-zero': {
      const reading = currentAt(state, 'zero');
      if (!reading || !opening.specification) return incomplete();
      const { value, ...rest } = computeZero(reading, opening.specification, {
        offsetHalves: limit('offsetHalves'),
        rangeShare: limit('rangeShare'),
      });
      return { zero: value, ...rest };
    }
    case 'monitor-gain':
      return gainFindings(state, limit);
    case 'instrument-selfcal':
      return selfcalFindings(state);
    case 'timestamp-path': {
      const pulses = state.readings.get('pulses');
      const pairs = state.readings.get('pairs');
      if (!isEdges(pulses) || !isEdges(pairs)) return incomplete();
      const { value, ...rest } = computeTimestampPath(pulses, pairs, {
        intervalSdResolutions: limit('intervalSdResolutions'),
        clockPpm: limit('clockPpm'),
      });
      return { timestamp: value, ...rest };
    }
    case 'dut-clock': {
      const reading = state.readings.get('windows');
      if (reading?.kind !== 'dutWindows') return incomplete();
      const { value, ...rest } = computeDutClock(reading, {
        remarkPpm: limit('remarkPpm'),
        failPpm: limit('failPpm'),
        leastSeconds: limit('leastSeconds'),
      });
      return { dutClock: value, ...rest };
    }
    case 'uart-integrity': {
      const reading = state.readings.get('roundTrips');
      if (reading?.kind !== 'uart') return incomplete();
      const { value, ...rest } = computeUart(reading, { errors: limit('errors') });
      return { uart: value, ...rest };
    }
    case 'supply-voltage':
      return supplyFindings(state, limit);
  }
}

function gainFindings(state: CalibrationState, limit: (name: string) => number): Findings {
  const { specification, spans } = state.opening;
  const dmm = meterOf(state);
  if (!dmm || !specification) return incomplete();
  const { ranges, readings, remarks, failures } = computeGain({
    loads: measuredLoads(state),
    dmm,
    ohmsRel: ohmsRelOf(state),
    specification,
    spans,
    acceptance: {
      gainHalves: limit('gainHalves'),
      offsetHalves: limit('offsetHalves'),
      residual: limit('residual'),
      rangeShare: limit('rangeShare'),
    },
  });
  return { ranges, readings, remarks, failures };
}

function selfcalFindings(state: CalibrationState): Findings {
  const calibrated = state.readings.get('selfCalibrate');
  const tested = state.readings.get('selfTest');
  if (calibrated?.kind !== 'check' || tested?.kind !== 'check') return incomplete();
  const failures: string[] = [];
  if (calibrated.ok === false) failures.push('selfCalibrate');
  if (tested.ok === false) failures.push('selfTest');
  const dmm = meterOf(state);
  const [measured] = measuredLoads(state);
  const { gainCertificate } = state.opening;
  const verify = dmm && measured && gainCertificate ? verifyGain(measured, dmm, gainCertificate) : undefined;
  if (verify && Math.abs(verify.error) > verify.allowed) failures.push('verify');
  return {
    selfcal: {
      calibrated: calibrated.ok,
      tested: tested.ok,
      lines: [...calibrated.lines, ...tested.lines].slice(0, 200),
      verify: verify ?? null,
    },
    failures,
    // A new self-calibration moves the zero (uncertainty, section 14.11).
    remarks: calibrated.ok === null ? [] : ['zeroVoid'],
  };
}

function supplyFindings(state: CalibrationState, limit: (name: string) => number): Findings {
  const { setup } = state.opening;
  const dmm = meterOf(state);
  const idleV = state.answers.get('idleVoltage')?.['idleV'];
  const activeV = state.answers.get('activeVoltage')?.['activeV'];
  const idle = currentAt(state, 'idleCurrent');
  const active = currentAt(state, 'activeCurrent');
  if (!dmm || typeof idleV !== 'number' || typeof activeV !== 'number' || !idle || !active) return incomplete();
  const instrument = state.readings.get('instrumentVoltage');
  const { value, ...rest } = computeSupply({
    board: setup.board,
    dmm,
    idleV,
    activeV,
    idle,
    active,
    setVoltageV: setup.voltageV,
    instrumentV: instrument?.kind === 'supplyVoltage' ? instrument.voltageV : null,
    limits: setup.supplyLimits,
    acceptance: { instrumentRel: limit('instrumentRel'), activeShare: limit('activeShare') },
  });
  return { supply: value, ...rest };
}

function incomplete(): Findings {
  return { remarks: [], failures: ['incomplete'] };
}

function isEdges(reading: Reading | undefined): reading is EdgeReading {
  return reading?.kind === 'edges';
}

/** @throws RangeError when the procedure's file lacks a limit. */
function limitOf(acceptance: Readonly<Record<string, number>>, name: string): number {
  const limit = acceptance[name];
  if (limit === undefined) throw new RangeError(`the procedure has no limit ${name}`);
  return limit;
}

/** Temperatures: the instrument's own where it has one, else as entered. */
function ambient(state: CalibrationState): CertificateBody['ambientC'] {
  const read = (place: string): number | null => {
    const reading = state.readings.get(place);
    return reading?.kind === 'temperature' ? reading.temperatureC : null;
  };
  const entered = state.answers.get('temperatureEntered')?.['temperatureC'];
  const [start, end] = [read('temperatureStart'), read('temperatureEnd')];
  if (start !== null || end !== null) return { start: start ?? end, end: end ?? start, source: 'instrument' };
  return typeof entered === 'number'
    ? { start: entered, end: entered, source: 'entered' }
    : { start: null, end: null, source: 'unknown' };
}

function commonRemarks(state: CalibrationState): string[] {
  const { start, end, source } = ambient(state);
  const remarks: string[] = [];
  if (source === 'unknown' && state.opening.procedure.uses.includes('monitor')) remarks.push('temperatureUnknown');
  if (start !== null && end !== null && Math.abs(end - start) > 5) remarks.push('temperatureMoved');
  if (state.kept.size > 0) remarks.push('problemsKept');
  if (state.skipped.size > 0) remarks.push('loadsSkipped');
  return remarks;
}
