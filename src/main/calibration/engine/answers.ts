import type { AnswerValues, Field, Problem } from '../../../shared/domain/calibration.ts';
import { loadDuty } from '../compute/load-check.ts';
import type { Place } from './places.ts';
import type { CalibrationState } from './state.ts';

/** Fields of a place: those of the step, and for a confirmation the one that must be true. */
export function fieldsOf(place: Place): readonly Field[] {
  const confirmed: Field = { id: 'confirmed', kind: 'flag', unit: '', required: true };
  return place.step.kind === 'confirm' ? [confirmed, ...place.step.fields] : place.step.fields;
}

/**
 * Reads an answer against the place's fields: fills in defaults, leaves out what was not asked for.
 * @returns what is wrong with it, or the values to keep.
 */
export function readAnswer(
  state: CalibrationState,
  place: Place,
  given: AnswerValues,
): { ok: true; values: AnswerValues } | { ok: false; problems: Problem[] } {
  const values: AnswerValues = {};
  const problems: Problem[] = [];
  const skipping = given['skip'] === true;
  for (const field of fieldsOf(place)) {
    const value = given[field.id] ?? field.default ?? null;
    const problem = skipping ? undefined : fieldProblem(field, value);
    if (problem) problems.push(problem);
    else if (value !== null) values[field.id] = value;
  }
  if (problems.length === 0 && !skipping) problems.push(...placeProblems(state, place, values));
  return problems.length === 0 ? { ok: true, values } : { ok: false, problems };
}

function fieldProblem(field: Field, value: AnswerValues[string]): Problem | undefined {
  const { id, kind, min, max, required } = field;
  const wrong = (code: string, facts: Problem['facts'] = {}): Problem => ({ code, facts, field: id });
  if (value === null || value === undefined || value === '') return required ? wrong('missing') : undefined;
  if (kind === 'flag') {
    if (typeof value !== 'boolean') return wrong('notAFlag');
    return id === 'confirmed' && !value ? wrong('notConfirmed') : undefined;
  }
  if (kind === 'text') return typeof value === 'string' ? undefined : wrong('notAText');
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('notANumber');
  if ((min !== undefined && value < min) || (max !== undefined && value > max))
    return wrong('outOfLimits', { value, min: min ?? '', max: max ?? '' });
  return undefined;
}

/** Names of fields that hold a voltage read from the multimeter. */
const voltageFields = ['voltageV', 'voltageAgainV', 'idleV', 'activeV'];

/** What only the whole procedure can judge: power limits, millivolts for volts, two readings that differ. */
function placeProblems(state: CalibrationState, place: Place, values: AnswerValues): Problem[] {
  const { setup, procedure } = state.opening;
  const problems: Problem[] = [];
  for (const id of voltageFields) {
    const value = values[id];
    if (typeof value !== 'number') continue;
    if (Math.abs(value / 1000 / setup.voltageV - 1) < 0.1)
      problems.push({ code: 'millivolts', facts: { value }, field: id });
    else if (value > 2 * setup.voltageV || value <= 0)
      problems.push({ code: 'voltageImplausible', facts: { value, setVoltageV: setup.voltageV }, field: id });
  }
  if (place.step.id === 'resistor' && procedure.safety) {
    const [ohm, ratingW] = [Number(values['ohm']), Number(values['ratingW'])];
    const powerW = setup.voltageV ** 2 / ohm;
    if (loadDuty({ ohm, ratingW }, setup.voltageV, procedure.safety) === 'refused') {
      const neededW = Number((powerW / procedure.safety.pulsedShare).toPrecision(3));
      problems.push({
        code: 'tooMuchPower',
        facts: { powerW: Number(powerW.toPrecision(3)), neededW },
        field: 'ratingW',
      });
    }
    const nominalOhm = place.load?.nominalOhm ?? ohm;
    if (Math.abs(ohm / nominalOhm - 1) > 0.2)
      problems.push({ code: 'otherResistor', facts: { nominalOhm, ohm }, field: 'ohm' });
  }
  const [first, again] = [values['voltageV'], values['voltageAgainV']];
  if (typeof first === 'number' && typeof again === 'number' && Math.abs(first - again) > twoDigitsV(state))
    problems.push({ code: 'readingsDiffer', facts: { first, second: again }, field: 'voltageAgainV' });
  return problems;
}

/** Two digits of the multimeter, as entered; a little more, so that decimal fractions compare as they are read. */
export function twoDigitsV(state: CalibrationState): number {
  const digitsV = Number(state.answers.get('meter')?.['dmmDigitsV'] ?? 0);
  return 2 * digitsV * (1 + 1e-9) + 1e-12;
}
