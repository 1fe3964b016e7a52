import type { AnswerValues } from '../../../shared/domain/calibration.ts';
import { fieldsOf } from './answers.ts';
import type { Place } from './places.ts';
import type { BenchHands } from './ports.ts';
import type { CalibrationState } from './state.ts';

/** A simulated multimeter: half-widths in % and V, and an input that takes no current. */
const meter: AnswerValues = {
  dmmModel: 'virtual',
  dmmSerial: 'virtual',
  dmmGainPercent: 0.05,
  dmmDigitsV: 1e-4,
  dmmInputOhm: 1e12,
};
/** Room temperature of a simulated bench. */
const roomC = 23;

/** What a simulated bench answers to a question: its own meter, resistors as good as the procedure asks for, every confirmation. */
export async function suggestAnswer(state: CalibrationState, place: Place, hands: BenchHands): Promise<AnswerValues> {
  const { setup, procedure } = state.opening;
  const ohm = place.load?.nominalOhm ?? null;
  const powerW = ohm === null ? 0 : setup.voltageV ** 2 / ohm;
  const values: AnswerValues = {};
  for (const field of fieldsOf(place)) {
    switch (field.id) {
      case 'confirmed':
        values['confirmed'] = true;
        break;
      case 'ohm':
        values['ohm'] = ohm;
        break;
      case 'id':
        values['id'] = `virtual-${ohm}`;
        break;
      case 'ratingW':
        values['ratingW'] = Math.max(0.6, Math.ceil((powerW / (procedure.safety?.continuousShare ?? 1)) * 10) / 10);
        break;
      case 'voltageV':
      case 'voltageAgainV':
      case 'idleV':
      case 'activeV':
        values[field.id] = await hands.readVoltageV();
        break;
      case 'temperatureC':
        values['temperatureC'] = roomC;
        break;
      default: {
        const value = meter[field.id] ?? field.default;
        if (value !== undefined) values[field.id] = value;
      }
    }
  }
  return values;
}
