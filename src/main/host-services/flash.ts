import { randomBytes } from 'node:crypto';
import { isoTime } from '../../shared/clock/index.ts';
import { LiveTopic } from '../../shared/contract/index.ts';
import type {
  FlashBoard,
  FlashChoice,
  FlashLeft,
  FlashPreview,
  FlashToolState,
  LiveFlash,
  StartFlash,
} from '../../shared/domain/flash-page.ts';
import type { Probe } from '../../shared/domain/flash.ts';
import type { Operation } from '../../shared/domain/operation.ts';
import { Fault, faultFromRecord, toFault } from '../../shared/fault/index.ts';
import { findBoard, readBoards } from '../bench/index.ts';
import { flashOnHost, flashStateFolder, imageFor } from '../flash-board.ts';
import type { FlashedBoard } from '../flash-board.ts';
import {
  explainLayout,
  flashTools,
  flashableBoard,
  isLost,
  listProbes,
  requireProbe,
  unfinishedFlashes,
} from '../flash/index.ts';
import type { FlashTool } from '../flash/index.ts';
import type { Host } from '../host.ts';
import { boardSummaries, toolStates } from './flash-choice.ts';
import { progressChanges } from './flash-progress.ts';

/** What a test puts in the place of this computer's tools and probes. */
export interface FlashWorld {
  tools: readonly FlashTool[];
  probes: () => Promise<Probe[]>;
}

/** One flashing of this process. */
interface Flashing {
  id: string;
  topic: LiveTopic<LiveFlash>;
  stop: AbortController;
  done: Promise<void>;
}

/** Finished flashings that can still be looked at. */
const keptOperations = 20;
/** Lines of the tool's log that a page shows; the whole log is a file. */
const shownLines = 400;

/** The flashings of one process and what a page has to know before one is started. */
export class Flashings {
  readonly #host: Host;
  readonly #world: FlashWorld;
  readonly #operations = new Map<string, Flashing>();
  readonly #listeners = new Set<() => void>();
  /** What was confirmed last on the DUT of a bench. */
  readonly #flashed = new Map<string, FlashedBoard & { probe: string }>();

  constructor(host: Host, world: Partial<FlashWorld> = {}) {
    this.#host = host;
    const { platform, resourcesDir } = host.options;
    this.#world = {
      tools:
        world.tools ??
        flashTools({ platform, env: process.env, clock: host.clock, locale: host.settings.get().language }),
      probes: world.probes ?? (async () => listProbes({ platform, boards: await readBoards(resourcesDir) })),
    };
  }

  boards(): Promise<FlashBoard[]> {
    return boardSummaries(this.#host);
  }

  /** Which tools are on this computer and know the board. @throws Fault `bench.unknownBoard`, `flash.boardUnknownFlash`. */
  tools(boardId: string, signal: AbortSignal): Promise<FlashToolState[]> {
    return toolStates(this.#host, this.#world.tools, boardId, signal);
  }

  probes(): Promise<Probe[]> {
    return this.#world.probes();
  }

  /** Boards that an earlier attempt left written in part. */
  async unfinished(): Promise<FlashLeft[]> {
    const left = await unfinishedFlashes(flashStateFolder(this.#host));
    return left.map((one) => {
      if (isLost(one)) return one;
      const { format: _, image, ...left } = one;
      return { ...left, image: image.name };
    });
  }

  /** What would be erased and programmed; touches nothing. @throws Fault of `bench`, `flash`, `firmware`, `model`, `store`. */
  async preview(choice: FlashChoice, signal: AbortSignal): Promise<FlashPreview> {
    const board = await findBoard(this.#host.options.resourcesDir, choice.board);
    const { flash } = flashableBoard(board);
    const { image } = await imageFor(this.#host, board, choice, signal);
    const layout = explainLayout(image, flash);
    const { name, format, sha256 } = image;
    return { image: { name, format, sha256, bytes: layout.imageBytes }, layout };
  }

  /** The benches at which the DUT of a request answers: nothing may be measured there meanwhile. @throws Fault `transport.listFailed`. */
  async benchesOf({ probe, benchId }: Pick<StartFlash, 'probe' | 'benchId'>): Promise<string[]> {
    const found = (await this.probes()).find(({ serial }) => serial === probe);
    const benches = found?.ports.map((port) => `serial:${port}`) ?? [];
    return benchId === undefined ? benches : [...benches, benchId];
  }

  /** Begins; the flashing goes on whatever becomes of the page. @throws Fault `bench.unknownBoard`, `bench.busy`. */
  async start(request: StartFlash, benches: readonly string[]): Promise<Operation> {
    const board = await findBoard(this.#host.options.resourcesDir, request.board);
    if (this.active().some(({ topic }) => topic.value.request.probe === request.probe))
      throw new Fault('bench.busy', { bench: request.probe });
    const id = `flash-${randomBytes(6).toString('hex')}`;
    const topic = new LiveTopic<LiveFlash>({
      operation: {
        id,
        kind: 'flash',
        benchId: `probe:${request.probe}`,
        state: 'running',
        startedAt: isoTime(this.#host.clock),
        step: 'flashing',
      },
      request,
      board: board.title,
      simulated: board.virtual || request.probe.startsWith('remote:'),
      amounts: {},
      log: [],
      benches: [...benches],
    });
    const stop = new AbortController();
    const done = this.#run(request, topic, stop.signal);
    this.#operations.set(id, { id, topic, stop, done });
    this.#changed();
    void done.then(() => {
      this.#changed();
      const ended = [...this.#operations.values()].filter((known) => !isActive(known));
      for (const old of ended.slice(0, -keptOperations)) this.#operations.delete(old.id);
    });
    return topic.value.operation;
  }

  /**
   * Flashes and waits until every byte is confirmed; the only probe that can be meant where none is named.
   * @throws Fault of `flash`, `bench`, `firmware`, `model`, `store`; `operation.cancelled`.
   */
  async flashFor({
    probe: serial,
    ...choice
  }: Omit<StartFlash, 'probe'> & { probe?: string | undefined }): Promise<void> {
    const probe = serial?.startsWith('remote:') ? serial : await this.#onlyProbe(choice.board, serial);
    const request = { ...choice, probe };
    const { id } = await this.start(request, await this.benchesOf(request));
    await this.find(id)?.done;
    const { state, fault } = this.topic(id).value.operation;
    if (state === 'cancelled') throw new Fault('operation.cancelled', {});
    if (state !== 'done') throw fault ? faultFromRecord(fault) : new Fault('internal.unexpected', { message: state });
  }

  async #onlyProbe(boardId: string, serial: string | undefined): Promise<string> {
    const board = await findBoard(this.#host.options.resourcesDir, boardId);
    const wish = serial === undefined ? { board: board.id } : { board: board.id, serial };
    return requireProbe(await this.probes(), wish).serial;
  }

  list(): Operation[] {
    return [...this.#operations.values()].map(({ topic }) => topic.value.operation);
  }

  active(benchId?: string): Flashing[] {
    const active = [...this.#operations.values()].filter(isActive);
    return active.filter(({ topic }) => benchId === undefined || topic.value.benches.includes(benchId));
  }

  find(id: string): Flashing | undefined {
    return this.#operations.get(id);
  }

  /** @throws Fault `app.operationUnknown`. */
  topic(id: string): LiveTopic<LiveFlash> {
    const found = this.find(id);
    if (!found) throw new Fault('app.operationUnknown', { id });
    return found.topic;
  }

  /** Ends the tool and tells truly what is in the flash then. */
  cancel(id: string): Operation {
    const topic = this.topic(id);
    if (topic.value.operation.state === 'running') set(topic, ['operation', 'state'], 'cancelling');
    this.find(id)?.stop.abort();
    return topic.value.operation;
  }

  async cancelAll(): Promise<void> {
    const active = this.active();
    for (const { id } of active) this.cancel(id);
    await Promise.all(active.map(({ done }) => done));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the DUT of a bench was flashed with, as long as the same probe is still beside that port. */
  async flashedAt(benchId: string): Promise<FlashedBoard | undefined> {
    const flashed = this.#flashed.get(benchId);
    if (!flashed || flashed.probe.startsWith('remote:')) return flashed;
    const probes = await this.probes().catch(() => []);
    const same = probes.some(
      ({ serial, ports }) =>
        serial === flashed.record.probeSerial && ports.some((port) => benchId === `serial:${port}`),
    );
    return same ? flashed : undefined;
  }

  async #run(request: StartFlash, topic: LiveTopic<LiveFlash>, signal: AbortSignal): Promise<void> {
    for (const [bench, { probe }] of this.#flashed) if (probe === request.probe) this.#flashed.delete(bench);
    try {
      const done = await flashOnHost(
        this.#host,
        { ...request, simulated: topic.value.simulated, probes: this.#world.probes },
        this.#world.tools,
        {
          onProgress: (progress) => topic.update(progressChanges(progress)),
          onLog: (line) => {
            topic.update([{ op: 'append', path: ['log'], values: [line], keep: shownLines }]);
            const direction = line.startsWith('>') ? 'out' : 'in';
            const kind = /\b(?:error|failed)\b/i.test(line) ? 'error' : 'text';
            this.#host.consoles.add('tools', this.#host.clock.epochMs(), { direction, kind, text: line.slice(0, 400) });
          },
          onLogFile: (path) => set(topic, ['logPath'], path),
        },
        signal,
      );
      if (done.record.state === 'verified')
        for (const bench of topic.value.benches) this.#flashed.set(bench, { ...done, probe: request.probe });
      topic.update([
        { op: 'set', path: ['record'], value: done.record },
        { op: 'set', path: ['operation', 'state'], value: 'done' },
      ]);
    } catch (error) {
      await this.#failed(request, topic, signal.aborted ? undefined : toFault(error));
    }
  }

  async #failed(request: StartFlash, topic: LiveTopic<LiveFlash>, fault: Fault | undefined): Promise<void> {
    const left = await this.unfinished().catch(() => []);
    const mine = left.find(({ probeSerial }) => probeSerial === request.probe);
    topic.update([
      { op: 'set', path: ['left'], value: mine },
      { op: 'set', path: ['operation', 'fault'], value: fault?.toRecord() },
      { op: 'set', path: ['operation', 'state'], value: fault ? 'failed' : 'cancelled' },
    ]);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function isActive({ topic }: Flashing): boolean {
  return ['running', 'cancelling'].includes(topic.value.operation.state);
}

function set(topic: LiveTopic<LiveFlash>, path: string[], value: unknown): void {
  topic.update([{ op: 'set', path, value }]);
}
