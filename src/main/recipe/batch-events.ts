import { z } from 'zod';
import { unitResultSchema } from '../../shared/domain/batch.ts';
import type { Attempt, BatchState, BatchSummary } from '../../shared/domain/batch.ts';
import { recipeSchema } from '../../shared/domain/recipe.ts';
import type { DatedEvent } from '../store/index.ts';
import { batchStatistics } from './statistics.ts';

/** Version of the events; a reader refuses a newer one (docs/formats/batch.md). */
export const batchFormat = 1;

const attemptNumber = z.number().int().positive().max(100_000);

/** What is written down of a batch, each before it counts. */
export const batchEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('batch.opened'),
    format: z.literal(batchFormat),
    batchId: z.string().min(1).max(120),
    name: z.string().max(80),
    app: z.object({ name: z.string(), version: z.string() }),
    /** The recipe as it was: it may be edited later. */
    recipe: recipeSchema,
    recipeSha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.object({
    type: z.literal('unit.started'),
    attempt: attemptNumber,
    serial: z.string().min(1).max(120),
    operator: z.string().max(120),
  }),
  z.object({
    type: z.literal('unit.session'),
    attempt: attemptNumber,
    item: z.number().int().nonnegative().max(100),
    sessionId: z.string().max(160),
    simulated: z.boolean(),
  }),
  z.object({ type: z.literal('unit.ended'), attempt: attemptNumber, result: unitResultSchema }),
  /** Given up by the operator, or never begun because an instrument refused. */
  z.object({ type: z.literal('unit.putAside'), attempt: attemptNumber }),
]);
export type BatchEvent = z.infer<typeof batchEventSchema>;

/** What a batch's file says, apart from what runs now. */
export type RecordedBatch = Omit<BatchState, 'underWay' | 'fault'>;

/** Folds the events of a file; undefined when the first is not a batch's opening. An event about an unknown attempt is passed over. */
export function foldBatch(events: readonly DatedEvent<BatchEvent>[]): RecordedBatch | undefined {
  const [first] = events;
  if (first?.event.type !== 'batch.opened') return undefined;
  const { batchId, name, app, recipe, recipeSha256 } = first.event;
  const attempts: Attempt[] = [];
  for (const { at, event } of events.slice(1)) foldEvent(attempts, at, event);
  const last = new Map(attempts.filter(({ result }) => result).map(({ serial, attempt }) => [serial, attempt]));
  const counted = attempts.map((one) => ({ ...one, counts: last.get(one.serial) === one.attempt }));
  return {
    batchId,
    name,
    createdAt: first.at,
    app,
    recipe,
    recipeSha256,
    simulated: counted.some(({ sessions }) => sessions.some((session) => session.simulated)),
    attempts: counted,
    statistics: batchStatistics(counted),
  };
}

function foldEvent(attempts: Attempt[], at: string, event: BatchEvent): void {
  if (event.type === 'batch.opened') return;
  if (event.type === 'unit.started') {
    const { serial, operator } = event;
    if (event.attempt !== attempts.length + 1) return;
    attempts.push({
      attempt: event.attempt,
      serial,
      operator,
      startedAt: at,
      state: 'interrupted',
      sessions: [],
      counts: false,
    });
    return;
  }
  const attempt = attempts[event.attempt - 1];
  if (attempt?.state !== 'interrupted') return;
  if (event.type === 'unit.session') {
    const { item, sessionId, simulated } = event;
    attempt.sessions = [...attempt.sessions.filter((one) => one.item !== item), { item, sessionId, simulated }];
    return;
  }
  attempt.endedAt = at;
  if (event.type === 'unit.putAside') attempt.state = 'putAside';
  else {
    attempt.state = 'ended';
    attempt.result = event.result;
  }
}

/** The attempt that was begun and has come to no end. */
export function openAttempt(batch: Pick<RecordedBatch, 'attempts'>): Attempt | undefined {
  return batch.attempts.find(({ state }) => state === 'interrupted' || state === 'running');
}

export function summariseBatch(batch: RecordedBatch): BatchSummary {
  const { batchId, name, createdAt, simulated, statistics } = batch;
  const { units, passed } = statistics;
  return {
    batchId,
    name,
    recipe: batch.recipe.name,
    createdAt,
    simulated,
    units,
    passed,
    open: openAttempt(batch) !== undefined,
  };
}
