import { LiveTopic } from '../../shared/contract/index.ts';
import { mostAttempts } from '../../shared/domain/batch.ts';
import type { Attempt, BatchState } from '../../shared/domain/batch.ts';
import type { RecipeFlash, RecipeItem } from '../../shared/domain/recipe.ts';
import { cleanSerial, serialFits } from '../../shared/domain/unit-serial.ts';
import type { StartFlash } from '../../shared/domain/flash-page.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import { definedOnly } from '../../shared/object/index.ts';
import type { Host, StartedRun } from '../host.ts';
import type { BeginRun } from './begin-run.ts';
import { judgeUnit, openAttempt, recipeReference, unitFigures } from '../recipe/index.ts';
import type { BatchEvent, BatchStore, RecordedBatch } from '../recipe/index.ts';
import { foldSession } from '../session/index.ts';
import type { SessionRecord } from '../session/index.ts';
import { readSession } from '../store/index.ts';

/** What carries out the runs of a batch: of pages through the list of operations, of the command line directly. */
export interface BatchHands {
  host: Pick<Host, 'locks'>;
  /** Where the batches are kept. */
  store: BatchStore;
  beginRun: BeginRun;
  resumeRun(sessionId: string, signal?: AbortSignal): Promise<StartedRun>;
  /** Flashes a unit and waits until every byte is confirmed; the run that follows knows of it. @throws what kept it from that. */
  flash(flash: RecipeFlash, item: RecipeItem, bench: string): Promise<void>;
  /** Folder of a session by its id; undefined when it is gone. */
  findSession(sessionId: string): string | undefined;
}

/** Whether a unit was started, or what the operator has to decide first. */
export type UnitAnswer = 'started' | 'duplicate' | 'badSerial' | 'underWay';

/** What a unit is started with; `again` has a unit that has a result measured once more. */
export interface UnitStart {
  serial: string;
  operator: string;
  again: boolean;
}

/** What is followed of one batch in this process. */
interface LiveBatch {
  topic: LiveTopic<BatchState>;
  underWay: BatchState['underWay'];
  fault: Fault | null;
  /** Resolves when the attempt under way has ended or stopped. */
  done: Promise<void>;
}

/**
 * Units of batches, one after the other. Each step is in the batch's file before it is taken; the file is read anew for every call, and
 * whoever changes it holds the lock of the batch, so that several windows and programs may share one.
 */
export class Batches {
  readonly #hands: BatchHands;
  readonly #live = new Map<string, LiveBatch>();

  constructor(hands: BatchHands) {
    this.#hands = hands;
  }

  /** @throws Fault `recipe.batchUnknown`, `store.damaged`, `store.newerVersion`. */
  async topic(batchId: string): Promise<LiveTopic<BatchState>> {
    const batch = await this.#read(batchId);
    const live = this.#of(batch);
    this.#publish(batch, live);
    return live.topic;
  }

  async state(batchId: string): Promise<BatchState> {
    return (await this.topic(batchId)).value;
  }

  /** Resolves when nothing of the batch is under way in this process. */
  async settled(batchId: string): Promise<BatchState> {
    await this.#live.get(batchId)?.done;
    return this.state(batchId);
  }

  /** Starts the next unit. @throws Fault `recipe.batchFull`, `bench.instrumentHeld`, and whatever keeps a run from starting. */
  async startUnit(
    batchId: string,
    { serial: typed, operator, again }: UnitStart,
    signal?: AbortSignal,
  ): Promise<UnitAnswer> {
    const serial = cleanSerial(typed);
    const lock = await this.#lock(batchId);
    let handedOn = false;
    try {
      const batch = await this.#read(batchId);
      if (openAttempt(batch)) return 'underWay';
      if (serial === '' || !serialFits(serial, batch.recipe.serialPattern)) return 'badSerial';
      if (!again && batch.attempts.some((one) => one.serial === serial && one.result)) return 'duplicate';
      if (batch.attempts.length >= mostAttempts)
        throw new Fault('recipe.batchFull', { batch: batch.name, most: mostAttempts });
      const attempt = batch.attempts.length + 1;
      await this.#append(batchId, { type: 'unit.started', attempt, serial, operator });
      let started: StartedRun | undefined;
      try {
        // Flashing takes longer than a call may: it is the first thing that is done behind it.
        if (!batch.recipe.flash) started = await this.#begin(batch, { serial, operator }, 0, signal);
      } catch (error) {
        // Nothing was measured: the refusal is shown, and the unit is free to be started again.
        await this.#append(batchId, { type: 'unit.putAside', attempt });
        throw error;
      }
      this.#drive(batch, { attempt, serial, operator }, 0, started, lock.release);
      handedOn = true;
      return 'started';
    } finally {
      if (!handedOn) await lock.release();
    }
  }

  /** Goes on with the unit that was interrupted: its session where it stopped, then the rest. @throws Fault `recipe.nothingUnderWay`. */
  async resumeUnit(batchId: string, signal?: AbortSignal): Promise<void> {
    const lock = await this.#lock(batchId);
    let handedOn = false;
    try {
      const batch = await this.#read(batchId);
      const open = openAttempt(batch);
      if (!open) throw new Fault('recipe.nothingUnderWay', { batch: batch.name });
      const { item, started } = await this.#takeUp(batch, open, signal);
      this.#drive(batch, open, item, started, lock.release);
      handedOn = true;
    } finally {
      if (!handedOn) await lock.release();
    }
  }

  /** Gives the interrupted unit up; its sessions stay. @throws Fault `recipe.nothingUnderWay`. */
  async putAside(batchId: string): Promise<void> {
    const lock = await this.#lock(batchId);
    try {
      const batch = await this.#read(batchId);
      const open = openAttempt(batch);
      if (!open) throw new Fault('recipe.nothingUnderWay', { batch: batch.name });
      const live = this.#of(batch);
      live.fault = null;
      await this.#append(batchId, { type: 'unit.putAside', attempt: open.attempt });
    } finally {
      await lock.release();
    }
  }

  /** Measures item after item in the background, then judges; whatever stops it leaves the attempt to be resumed. */
  #drive(
    batch: RecordedBatch,
    unit: Pick<Attempt, 'attempt' | 'serial' | 'operator'>,
    from: number,
    first: StartedRun | undefined,
    release: () => Promise<void>,
  ): void {
    const live = this.#of(batch);
    live.fault = null;
    const work = async (): Promise<void> => {
      let started = first;
      for (let item = from; item < batch.recipe.items.length; item += 1) {
        if (!started) {
          await this.#flash(batch, unit.attempt, item);
          started = await this.#begin(batch, unit, item);
        }
        const { operation } = started;
        live.underWay = { attempt: unit.attempt, item, phase: 'measuring', operationId: operation.id };
        await this.#append(batch.batchId, {
          type: 'unit.session',
          attempt: unit.attempt,
          item,
          sessionId: operation.sessionId,
          simulated: started.bench.identity.simulated,
        });
        const result = await operation.done;
        if (result.status !== 'completed') {
          live.fault = result.fault ?? null;
          return;
        }
        started = undefined;
      }
      const last = batch.recipe.items.length - 1;
      live.underWay = { attempt: unit.attempt, item: last, phase: 'judging', operationId: null };
      await this.#judge(batch.batchId, unit.attempt);
    };
    live.done = work()
      .catch((error: unknown) => {
        live.fault = toFault(error);
      })
      .then(async () => {
        live.underWay = null;
        await release().catch(() => undefined);
        await this.topic(batch.batchId).catch(() => undefined);
      });
  }

  /** One image for all workloads is flashed before the first; else each workload has a firmware of its own. */
  async #flash(batch: RecordedBatch, attempt: number, index: number): Promise<void> {
    const { flash, items, bench } = batch.recipe;
    const item = items[index];
    if (!flash || !item || (flash.imageFile !== undefined && index > 0)) return;
    const live = this.#of(batch);
    live.underWay = { attempt, item: index, phase: 'flashing', operationId: null };
    this.#publish(await this.#read(batch.batchId), live);
    await this.#hands.flash(flash, item, bench);
  }

  #begin(
    batch: RecordedBatch,
    { serial, operator }: Pick<Attempt, 'serial' | 'operator'>,
    item: number,
    signal?: AbortSignal,
  ): Promise<StartedRun> {
    const { recipe } = batch;
    const chosen = recipe.items[item];
    if (!chosen) throw new RangeError(`item ${item}`);
    const { workload, modelFile, datasetFolder } = chosen;
    return this.#hands.beginRun(
      {
        bench: recipe.bench,
        workload,
        modelFile,
        datasetFolder,
        modes: recipe.modes,
        settings: recipe.settings,
        energy: recipe.energy,
        operator,
        dutUnit: { serial },
        recipe: recipeReference(recipe),
      },
      signal,
    );
  }

  /** Where an interrupted attempt goes on: in its last session, unless that is complete or gone. */
  async #takeUp(
    { recipe }: RecordedBatch,
    { sessions }: Attempt,
    signal?: AbortSignal,
  ): Promise<{ item: number; started: StartedRun | undefined }> {
    for (let item = 0; item < recipe.items.length; item += 1) {
      const known = sessions.find((session) => session.item === item);
      const record = known && (await this.#session(known.sessionId));
      if (!known || !record) return { item, started: undefined };
      if (!record.closed) return { item, started: await this.#hands.resumeRun(known.sessionId, signal) };
    }
    return { item: recipe.items.length, started: undefined };
  }

  async #judge(batchId: string, attempt: number): Promise<void> {
    const batch = await this.#read(batchId);
    const sessions = batch.attempts[attempt - 1]?.sessions ?? [];
    const records = await Promise.all(sessions.map(({ sessionId }) => this.#session(sessionId)));
    const found = records.filter((record) => record !== undefined);
    await this.#append(batchId, { type: 'unit.ended', attempt, result: judgeUnit(batch.recipe, unitFigures(found)) });
  }

  async #session(sessionId: string): Promise<SessionRecord | undefined> {
    const folder = this.#hands.findSession(sessionId);
    return folder === undefined ? undefined : foldSession((await readSession(folder)).entries);
  }

  #read(batchId: string): Promise<RecordedBatch> {
    return this.#hands.store.read(batchId);
  }

  async #append(batchId: string, event: BatchEvent): Promise<void> {
    await this.#hands.store.append(batchId, event);
    const batch = await this.#read(batchId);
    this.#publish(batch, this.#of(batch));
  }

  #lock(batchId: string): Promise<{ release(): Promise<void> }> {
    return this.#hands.host.locks.claim(`batch:${batchId}`, batchId, `batch ${batchId}`);
  }

  #of(batch: RecordedBatch): LiveBatch {
    const known = this.#live.get(batch.batchId);
    if (known) return known;
    const live: LiveBatch = {
      topic: new LiveTopic<BatchState>({ ...batch, underWay: null, fault: null }),
      underWay: null,
      fault: null,
      done: Promise.resolve(),
    };
    this.#live.set(batch.batchId, live);
    return live;
  }

  #publish(batch: RecordedBatch, live: LiveBatch): void {
    const running = live.underWay?.attempt;
    const attempts = batch.attempts.map((one): Attempt =>
      one.attempt === running && one.state === 'interrupted' ? { ...one, state: 'running' } : one,
    );
    const value: BatchState = { ...batch, attempts, underWay: live.underWay, fault: live.fault?.toRecord() ?? null };
    // Whoever looks again must not move the pages of the others.
    if (JSON.stringify(value) !== JSON.stringify(live.topic.value)) live.topic.replace(value);
  }
}

/** What is flashed onto a unit before a workload: the recipe's image, else the firmware of the workload. */
export function flashRequest(
  { board, probe, tool, imageFile }: RecipeFlash,
  { workload, modelFile }: RecipeItem,
  bench: string,
): Omit<StartFlash, 'probe'> & { probe?: string | undefined } {
  const image = imageFile === undefined ? { workload, modelFile } : { imageFile };
  return { board, probe, unlock: false, benchId: bench, ...definedOnly({ tool, ...image }) };
}
