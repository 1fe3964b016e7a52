import type { CalibrationLoad, CurrentReading, Problem } from '../../../shared/domain/calibration.ts';
import type { DmmReference, MeasuredLoad, ResistorReference } from '../compute/gain.ts';
import { checkLoad } from '../compute/load-check.ts';
import { twoDigitsV } from './answers.ts';
import { loadKey } from './places.ts';
import type { Place } from './places.ts';
import type { CalibrationState } from './state.ts';

/** Share of lost samples from which a reading is not kept. */
const mostLost = 1e-3;
const leastRangeShare = 0.999;

/**
 * What is wrong with a reading whatever it is for (uncertainty, section 9). A resistor's current is constant and lies in one range; that of a DUT
 * need not be.
 */
export function readingProblem(reading: CurrentReading, isConstant: boolean): Problem | undefined {
  const { samples, lostSamples, saturatedSamples, rangeShare, settledAfterS } = reading;
  if (saturatedSamples > 0) return { code: 'saturated', facts: { samples: saturatedSamples } };
  if (lostSamples > mostLost * (samples + lostSamples)) return { code: 'samplesLost', facts: { samples: lostSamples } };
  if (!isConstant) return undefined;
  if (rangeShare < leastRangeShare)
    return { code: 'rangeMixed', facts: { percent: Number((100 * rangeShare).toPrecision(4)) } };
  if (settledAfterS === null) return { code: 'notStable', facts: {} };
  return undefined;
}

/** The multimeter as entered; percent become ratios. */
export function meterOf(state: CalibrationState): DmmReference | undefined {
  const entered = state.answers.get('meter');
  if (!entered) return undefined;
  return {
    kind: 'dmm',
    model: String(entered['dmmModel'] ?? ''),
    serial: String(entered['dmmSerial'] ?? ''),
    gainRel: Number(entered['dmmGainPercent'] ?? 0) / 100,
    digitsV: Number(entered['dmmDigitsV'] ?? 0),
    inputOhm: typeof entered['dmmInputOhm'] === 'number' ? entered['dmmInputOhm'] : null,
    due: text(entered['dmmDue']),
  };
}

/** Half-width of the error of an ohmmeter that measured the resistors, relative; null where it was not used. */
export function ohmsRelOf(state: CalibrationState): number | null {
  const percent = state.answers.get('meter')?.['ohmsPercent'];
  return typeof percent === 'number' ? percent / 100 : null;
}

/** The load of a group as it was measured; undefined while something is missing. */
export function measuredLoad(state: CalibrationState, load: CalibrationLoad): MeasuredLoad | undefined {
  const key = loadKey(load);
  if (state.skipped.has(key)) return undefined;
  const reading = currentAt(state, `current@${key}`) ?? currentAt(state, `currentPulsed@${key}`);
  if (!reading) return undefined;
  if (load.nominalOhm === null) return { load, resistor: null, voltageV: 0, reading };
  const resistor = resistorOf(state, load);
  const voltageV = voltageOf(state, key);
  return resistor && voltageV !== undefined ? { load, resistor, voltageV, reading } : undefined;
}

/** All loads that were measured, in order. */
export function measuredLoads(state: CalibrationState): MeasuredLoad[] {
  return state.opening.loads.flatMap((load) => measuredLoad(state, load) ?? []);
}

function resistorOf(state: CalibrationState, load: CalibrationLoad): ResistorReference | undefined {
  const entered = state.answers.get(`resistor@${loadKey(load)}`);
  if (!entered || typeof entered['ohm'] !== 'number') return undefined;
  return {
    kind: 'resistor',
    id: text(entered['id']) ?? `R-${entered['ohm']}`,
    ohm: entered['ohm'],
    tolRel: Number(entered['tolPercent'] ?? 0) / 100,
    tcrPerK: Number(entered['tcrPpmPerK'] ?? 0) * 1e-6,
    ratingW: Number(entered['ratingW'] ?? 1),
    due: text(entered['due']),
  };
}

/** Mean of the two readings of the multimeter that belong to a load. */
function voltageOf(state: CalibrationState, key: string): number | undefined {
  const before = state.answers.get(`voltageBefore@${key}`)?.['voltageV'];
  const after = state.answers.get(`voltageAfter@${key}`)?.['voltageV'];
  if (typeof before === 'number' && typeof after === 'number') return (before + after) / 2;
  const pulsed = state.answers.get(`voltagePulsed@${key}`);
  const [first, again] = [pulsed?.['voltageV'], pulsed?.['voltageAgainV']];
  return typeof first === 'number' && typeof again === 'number' ? (first + again) / 2 : undefined;
}

export function currentAt(state: CalibrationState, place: string): CurrentReading | undefined {
  const reading = state.readings.get(place);
  return reading?.kind === 'current' ? reading : undefined;
}

/** Judges a load after all its readings are there. */
export function decide(state: CalibrationState, place: Place): Problem | undefined {
  if (place.step.id === 'settled') return notSettled(state, place);
  if (place.step.id === 'check' && place.load) return loadProblem(state, place.load);
  return undefined;
}

function loadProblem(state: CalibrationState, load: CalibrationLoad): Problem | undefined {
  const key = loadKey(load);
  const before = state.answers.get(`voltageBefore@${key}`)?.['voltageV'];
  const after = state.answers.get(`voltageAfter@${key}`)?.['voltageV'];
  if (typeof before === 'number' && typeof after === 'number' && Math.abs(before - after) > twoDigitsV(state))
    return { code: 'readingsDiffer', facts: { first: before, second: after } };
  const measured = measuredLoad(state, load);
  if (!measured?.resistor) return undefined;
  const { reading, voltageV } = measured;
  const spec = rangeSpecification(state, load.range);
  return checkLoad({
    nominalOhm: measured.resistor.ohm,
    toleranceRel: measured.resistor.tolRel,
    setVoltageV: state.opening.setup.voltageV,
    voltageV,
    readingA: reading.meanA,
    trendA: reading.trendA,
    standardErrorA: reading.standardErrorA,
    gainHalf: spec?.gain.half ?? 0.02,
    offsetHalfA: spec?.offsetA.half ?? 0,
    oddRatios: [...state.kept]
      .filter(([, problem]) => problem.code === 'wrongResistor')
      .flatMap(([at]) => {
        const other = measuredLoads(state).find((entry) => `check@${loadKey(entry.load)}` === at);
        return other?.resistor ? [(other.reading.meanA * other.resistor.ohm) / other.voltageV] : [];
      }),
  });
}

/** The first load again at the end: contacts, self-heating and drift of the whole sitting (uncertainty, section 9.2, "Order"). */
function notSettled(state: CalibrationState, place: Place): Problem | undefined {
  const first = place.load && measuredLoad(state, place.load)?.reading;
  const again = currentAt(state, 'current@first');
  if (!first || !again) return undefined;
  const changeA = Math.abs(again.meanA - first.meanA);
  // Two standard deviations of the pair, and what the stability rule itself lets pass.
  const allowedA = 2 * Math.hypot(first.standardErrorA, again.standardErrorA) + 2e-4 * Math.abs(first.meanA);
  if (changeA <= allowedA) return undefined;
  return {
    code: 'notSettled',
    facts: { percent: Number(((100 * changeA) / Math.abs(first.meanA)).toPrecision(3)) },
  };
}

export function rangeSpecification(
  state: CalibrationState,
  range: number,
): NonNullable<CalibrationState['opening']['specification']>['ranges'][number] | undefined {
  const ranges = state.opening.specification?.ranges;
  return ranges?.find((entry) => entry.range === range) ?? ranges?.[0];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
