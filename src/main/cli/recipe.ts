import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { Attempt, BatchState, UnitResult } from '../../shared/domain/batch.ts';
import type { RecipeRunAnswer } from '../../shared/domain/cli-json.ts';
import { recipeIdSchema } from '../../shared/domain/recipe.ts';
import type { Recipe } from '../../shared/domain/recipe.ts';
import { cleanSerial } from '../../shared/domain/unit-serial.ts';
import { Fault, faultFromRecord } from '../../shared/fault/index.ts';
import { isoTime } from '../../shared/clock/index.ts';
import { foundText, limitText } from '../../shared/text/recipe.ts';
import { findSession } from '../archive/index.ts';
import type { Pace } from '../bench/index.ts';
import { Batches, flashRequest } from '../host-services/batches.ts';
import { Flashings } from '../host-services/flash.ts';
import type { Host, StartedRun } from '../host.ts';
import { memoryBatches, openAttempt, parseRecipe, recipeOrFault, recipeReference } from '../recipe/index.ts';
import type { BatchStore } from '../recipe/index.ts';
import { storeFault } from '../store/index.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { faultJson, writeFault } from './io.ts';
import { followProgress } from './progress.ts';

/** What `joulebench run --recipe` may still be told; all else stands in the recipe. */
export const recipeOptions = ['recipe', 'unit', 'operator', 'batch', 'again', 'out', 'pace', 'inline', 'json'] as const;

export interface RecipeRun {
  /** File of a recipe, or the id of a saved one. */
  recipe: string;
  unit: string | undefined;
  operator: string | undefined;
  /** Id or name of a batch; a new name begins a new one. Without it the unit stands in no batch. */
  batch: string | undefined;
  again: boolean;
  out: string | undefined;
  pace: Pace;
  useWorker: boolean;
  json: boolean;
}

/** `joulebench run --recipe FILE --unit SERIAL`: measures one unit, judges its limits, and notes it in a batch where one is named. */
export async function runRecipe(options: RecipeRun, context: CliContext): Promise<void> {
  const host = await context.host('run');
  const recipe = await readRecipe(host, options.recipe);
  const serial = cleanSerial(options.unit ?? '');
  if (serial === '') throw new Fault('recipe.badSerial', { serial, pattern: recipe.serialPattern || '*' });
  const store = options.batch === undefined ? memoryStore(host) : host.batches;
  const batchId = await batchFor(store, recipe, options.batch ?? recipe.name);
  const batches = new Batches(handsOf(host, store, options, context));

  const open = openAttempt(await store.read(batchId));
  if (open?.serial === serial) await batches.resumeUnit(batchId, context.signal);
  else {
    const operator = options.operator ?? host.settings.get().operator;
    const start = { serial, operator, again: options.again };
    const answer = await batches.startUnit(batchId, start, context.signal);
    const facts = { batch: options.batch ?? '', serial };
    if (answer === 'underWay') throw new Fault('recipe.unitUnderWay', { ...facts, serial: open?.serial ?? serial });
    if (answer === 'duplicate') throw new Fault('recipe.unitKnown', facts);
    if (answer === 'badSerial') throw new Fault('recipe.badSerial', { serial, pattern: recipe.serialPattern });
  }
  const state = await batches.settled(batchId);
  const attempt = state.attempts.findLast((one) => one.serial === serial);
  finish(state, attempt, host, options, context);
}

/** The file, or the saved recipe of that id. @throws Fault `recipe.unknown`, `recipe.notARecipe`, `store.newerVersion`. */
async function readRecipe(host: Host, named: string): Promise<Recipe> {
  try {
    return recipeOrFault(parseRecipe(await readFile(resolve(named), 'utf8')), basename(named));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storeFault(error, named);
    if (!recipeIdSchema.safeParse(named).success) throw storeFault(error, named);
  }
  return host.recipes.get(named);
}

function memoryStore({ clock, options: { app } }: Host): BatchStore {
  return memoryBatches({ app, now: () => isoTime(clock), randomHex: () => randomBytes(16).toString('hex') });
}

/** The batch of that id, else the newest of that name with the same recipe, else a new one. */
async function batchFor(store: BatchStore, recipe: Recipe, named: string): Promise<string> {
  const { sha256 } = recipeReference(recipe);
  const { batches } = await store.list();
  for (const { batchId, name } of batches) {
    if (batchId === named) return batchId;
    if (name === named && (await store.read(batchId)).recipeSha256 === sha256) return batchId;
  }
  return (await store.create(recipe, named.trim().slice(0, 80))).batchId;
}

function handsOf(
  host: Host,
  store: BatchStore,
  { out, pace, useWorker }: RecipeRun,
  context: CliContext,
): ConstructorParameters<typeof Batches>[0] {
  const sessionsFolder = out === undefined ? host.sessionsFolder() : resolve(out);
  const flashings = new Flashings(host);
  const follow = (started: StartedRun): StartedRun => {
    const { operation } = started;
    const stopFollowing = followProgress(operation.feed.topic, context);
    const onAbort = (): void => {
      context.io.err(`${context.text.t('cli.error.stopAgain')}\n`);
      operation.cancel();
    };
    if (context.signal.aborted) onAbort();
    context.signal.addEventListener('abort', onAbort, { once: true });
    void operation.done.then(() => {
      stopFollowing();
      context.signal.removeEventListener('abort', onAbort);
    });
    return started;
  };
  return {
    host,
    store,
    beginRun: async (start, signal) => {
      const flashed = await flashings.flashedAt(start.bench);
      const onto = flashed && { flashed, ...(flashed.record.simulated ? { simulated: true } : {}) };
      return follow(await host.startRun({ ...start, ...onto, sessionsFolder, pace, useWorker }, signal));
    },
    flash: async (flash, item, bench) => {
      const stop = (): void => void flashings.cancelAll();
      context.signal.addEventListener('abort', stop, { once: true });
      context.io.err(`${context.text.t('cli.recipe.flashing', { board: flash.board })}\n`);
      await flashings.flashFor(flashRequest(flash, item, bench));
      context.signal.removeEventListener('abort', stop);
    },
    resumeRun: async (sessionId, signal) => {
      const folder = findSession(sessionsFolder, sessionId);
      if (folder === undefined) throw new Fault('app.sessionUnknown', { sessionId });
      return follow(await host.resumeRun(folder, { pace, useWorker }, signal));
    },
    findSession: (sessionId) => findSession(sessionsFolder, sessionId),
  };
}

function finish(
  state: BatchState,
  attempt: Attempt | undefined,
  host: Host,
  options: RecipeRun,
  context: CliContext,
): void {
  const { io, text } = context;
  const result = attempt?.result;
  const fault = state.fault ? faultFromRecord(state.fault) : undefined;
  const folder = options.out === undefined ? host.sessionsFolder() : resolve(options.out);
  if (options.json) {
    const answer: RecipeRunAnswer = {
      recipe: { name: state.recipe.name, sha256: state.recipeSha256 },
      unit: attempt?.serial ?? '',
      batch: options.batch === undefined ? null : state.batchId,
      simulated: state.simulated,
      sessions: (attempt?.sessions ?? []).flatMap(({ sessionId }) => findSession(folder, sessionId) ?? []),
      outcome: result?.outcome ?? null,
      figures: result?.figures ?? [],
      limits: (result?.limits ?? []).flatMap(({ limit: index, ...rest }) => {
        const limit = state.recipe.limits[index];
        return limit ? [{ asked: limit, ...rest }] : [];
      }),
    };
    io.out(`${JSON.stringify({ ...answer, ...(fault ? faultJson(text, fault) : {}) })}\n`);
  }
  if (result) {
    writeResult(state, attempt, result, options, context);
    context.exit(result.outcome === 'pass' ? exitCodes.ok : exitCodes.notHolding);
    return;
  }
  if (fault) writeFault(io, text, fault);
  else io.err(`${text.t('cli.run.cancelled')}\n`);
  if (options.batch !== undefined) io.err(`${text.t('cli.recipe.interrupted')}\n`);
  context.exit(fault && !context.signal.aborted ? exitCodeOf(fault) : exitCodes.stopped);
}

function writeResult(
  { recipe, batchId, simulated }: BatchState,
  attempt: Attempt,
  result: UnitResult,
  { json, batch }: RecipeRun,
  { io, text }: CliContext,
): void {
  const write = (line: string): void => (json ? io.err : io.out)(`${line}\n`);
  for (const one of result.limits) {
    const limit = recipe.limits[one.limit];
    if (!limit) continue;
    const values = {
      outcome: text.t(`recipe.outcome.${one.outcome}`),
      workload: limit.workload,
      limit: limitText(text, limit),
      found: foundText(text, limit, one, result.figures),
    };
    write(text.t(values.found === '' ? 'cli.recipe.limit' : 'cli.recipe.limitFound', values));
  }
  write(
    text.t('cli.recipe.unit', {
      simulated: simulated ? `${text.t('term.simulated')}: ` : '',
      serial: attempt.serial,
      outcome: text.t(`recipe.outcome.${result.outcome}`),
    }),
  );
  if (batch !== undefined) write(text.t('cli.recipe.batch', { batch: batchId }));
}
