import { z } from 'zod';
import {
  answerValuesSchema,
  calibrationLoadSchema,
  calibrationSetupSchema,
  certificateSchema,
  problemSchema,
  procedureSchema,
  readingSchema,
} from '../../../shared/domain/calibration.ts';
import type { AnswerValues, Problem, Reading } from '../../../shared/domain/calibration.ts';
import { monitorSpecificationSchema } from '../../../shared/domain/energy.ts';
import { applies, layOut, loadKey } from './places.ts';
import type { Place } from './places.ts';

/** Everything that is decided before the first step; the first record of the journal. */
export const openingSchema = z.object({
  procedure: procedureSchema,
  setup: calibrationSetupSchema,
  simulated: z.boolean(),
  instrument: certificateSchema.shape.instrument,
  specification: monitorSpecificationSchema.nullable(),
  loads: z.array(calibrationLoadSchema),
  spans: z.array(
    z.object({ range: z.number().int(), name: z.string(), spanA: z.tuple([z.number(), z.number()]).readonly() }),
  ),
  /** For "verify only". */
  gainCertificate: certificateSchema.nullable(),
  program: z.string(),
});
export type Opening = z.infer<typeof openingSchema>;

/** What happened, in the order in which it happened; written down before it counts. */
export const calibrationEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), format: z.literal(1), opening: openingSchema }),
  z.object({ type: z.literal('answered'), place: z.string(), values: answerValuesSchema }),
  z.object({ type: z.literal('read'), place: z.string(), reading: readingSchema }),
  z.object({
    type: z.literal('acquired'),
    mode: z.enum(['current', 'energy', 'power']),
    filter: z.enum(['none', 'spike']),
  }),
  z.object({ type: z.literal('passed'), place: z.string() }),
  z.object({ type: z.literal('problem'), place: z.string(), problem: problemSchema }),
  z.object({ type: z.literal('resolved'), place: z.string(), choice: z.enum(['repeat', 'keep', 'skip', 'stop']) }),
  z.object({ type: z.literal('reopened') }),
  z.object({ type: z.literal('concluded'), certificateId: z.string().nullable() }),
]);
export type CalibrationEvent = z.infer<typeof calibrationEventSchema>;

/** Where a procedure stands: a pure function of its events. */
export interface CalibrationState {
  readonly opening: Opening;
  readonly places: readonly Place[];
  /** Index of the place that is next; `places.length` when all are done. */
  readonly at: number;
  readonly answers: ReadonlyMap<string, AnswerValues>;
  readonly readings: ReadonlyMap<string, Reading>;
  readonly skipped: ReadonlySet<string>;
  /** Places whose problem the operator decided to live with. */
  readonly kept: ReadonlyMap<string, Problem>;
  readonly problem: Problem | null;
  readonly acquired: { mode: 'current' | 'energy' | 'power'; filter: 'none' | 'spike' } | null;
  readonly stopped: boolean;
  readonly concluded: boolean;
}

/** The state in which a procedure begins. */
export function openState(opening: Opening): CalibrationState {
  return settle({
    opening,
    places: layOut(opening.procedure, opening.loads),
    at: 0,
    answers: new Map(),
    readings: new Map(),
    skipped: new Set(),
    kept: new Map(),
    problem: null,
    acquired: null,
    stopped: false,
    concluded: false,
  });
}

/** The state after one more event. An event of another place than the one under way changes nothing (a journal cut and written twice). */
export function applyEvent(state: CalibrationState, event: CalibrationEvent): CalibrationState {
  switch (event.type) {
    case 'opened':
      return state;
    case 'acquired':
      return { ...state, acquired: { mode: event.mode, filter: event.filter } };
    case 'reopened':
      return rewind(state);
    case 'concluded':
      return { ...state, concluded: true };
    default: {
      const place = state.places[state.at];
      return place?.key === event.place ? applyAt(state, place, event) : state;
    }
  }
}

type PlaceEvent = Extract<CalibrationEvent, { place: string }>;

function applyAt(state: CalibrationState, place: Place, event: PlaceEvent): CalibrationState {
  switch (event.type) {
    case 'answered': {
      const answers = new Map(state.answers).set(place.key, event.values);
      if (event.values['skip'] === true && place.load) return skipGroup({ ...state, answers }, place);
      return settle({ ...state, answers, at: state.at + 1 });
    }
    case 'read':
      // Whether the reading is good is said by the `passed` or `problem` that follows.
      return { ...state, readings: new Map(state.readings).set(place.key, event.reading) };
    case 'passed':
      return settle({ ...state, at: state.at + 1 });
    case 'problem':
      return { ...state, problem: event.problem };
    case 'resolved':
      return resolve({ ...state, problem: null }, place, event.choice, state.problem);
  }
}

function resolve(
  state: CalibrationState,
  place: Place,
  choice: 'repeat' | 'keep' | 'skip' | 'stop',
  problem: Problem | null,
): CalibrationState {
  switch (choice) {
    case 'stop':
      return { ...state, stopped: true };
    case 'skip':
      return skipGroup(state, place);
    case 'keep':
      return settle({
        ...state,
        kept: problem ? new Map(state.kept).set(place.key, problem) : state.kept,
        at: state.at + 1,
      });
    case 'repeat':
      return place.step.onFail === 'repeatGroup' ? rewind(state) : forget(state, state.at);
  }
}

/** Back to the first step of the load under way: after an interruption nobody knows what is connected. */
function rewind(state: CalibrationState): CalibrationState {
  const group = state.places[state.at]?.group;
  const first = state.places.findIndex((place) => place.group === group);
  return first < 0 ? state : settle({ ...forget(state, first), problem: null });
}

/** Drops what was entered and read from a place on; the raw readings stay in the journal. */
function forget(state: CalibrationState, from: number): CalibrationState {
  const gone = state.places.slice(from).map((place) => place.key);
  const answers = new Map(state.answers);
  const readings = new Map(state.readings);
  const kept = new Map(state.kept);
  for (const key of gone) {
    answers.delete(key);
    readings.delete(key);
    kept.delete(key);
  }
  return { ...state, at: from, answers, readings, kept };
}

function skipGroup(state: CalibrationState, place: Place): CalibrationState {
  return settle({ ...state, skipped: new Set(state.skipped).add(place.group), at: state.at + 1 });
}

/** Moves on to the next place that applies. */
function settle(state: CalibrationState): CalibrationState {
  let { at } = state;
  while (at < state.places.length && !isDue(state, state.places[at] as Place)) at += 1;
  return at === state.at ? state : { ...state, at };
}

function isDue(state: CalibrationState, place: Place): boolean {
  // The first load's repeat has no sense when that load was left out.
  if (
    state.skipped.has(place.group) ||
    (place.group === 'first' && place.load && state.skipped.has(loadKey(place.load)))
  )
    return false;
  return applies(place, {
    procedure: state.opening.procedure,
    voltageV: state.opening.setup.voltageV,
    temperatureKnown: knownTemperature(state),
    gainCertificate: state.opening.gainCertificate !== null,
    resistorOf: (load) => state.answers.get(`resistor@${loadKey(load)}`),
  });
}

function knownTemperature(state: CalibrationState): boolean {
  return [...state.readings.values()].some(
    (reading) => reading.kind === 'temperature' && reading.temperatureC !== null,
  );
}

/** Reads a journal's events back into a state; undefined when the first one is no opening. */
export function foldEvents(events: readonly CalibrationEvent[]): CalibrationState | undefined {
  const [first, ...rest] = events;
  return first?.type === 'opened' ? rest.reduce(applyEvent, openState(first.opening)) : undefined;
}

/** What is to be done next. */
export type NextAction =
  | { kind: 'ask'; place: Place }
  | { kind: 'problem'; place: Place; problem: Problem }
  | { kind: 'read'; place: Place }
  | { kind: 'wait'; place: Place; seconds: number }
  | { kind: 'decide'; place: Place }
  | { kind: 'end'; stopped: boolean };

export function nextAction(state: CalibrationState): NextAction {
  const place = state.places[state.at];
  if (!place || state.stopped) return { kind: 'end', stopped: state.stopped };
  if (state.problem) return { kind: 'problem', place, problem: state.problem };
  switch (place.step.kind) {
    case 'instruct':
    case 'confirm':
    case 'enter':
      return { kind: 'ask', place };
    case 'read':
      return { kind: 'read', place };
    case 'wait':
      return { kind: 'wait', place, seconds: place.step.seconds ?? 0 };
    case 'compute':
    case 'decide':
      return { kind: 'decide', place };
  }
}
