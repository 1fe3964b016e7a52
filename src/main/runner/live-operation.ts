import { LiveTopic } from '../../shared/contract/index.ts';
import type { Change } from '../../shared/contract/index.ts';
import type { LiveOperation, LiveRun, OperatorNote } from '../../shared/domain/live-run.ts';
import type { Operation } from '../../shared/domain/operation.ts';

/** Lines of the conversation that a viewer gets; all of them are in the journal. */
const consoleLines = 500;

/**
 * What viewers follow of one operation. Changes are gathered and go out together, at most once per turn of the event loop, so
 * that a virtual bench at full speed does not drown a page.
 */
export class OperationFeed {
  readonly topic: LiveTopic<LiveOperation>;
  readonly #defer: (work: () => void) => void;
  #runs = new Map<string, LiveRun>();
  #dirtyRuns = new Set<string>();
  #lines: LiveOperation['console'] = [];
  #operation: Operation;
  #dirtyOperation = false;
  #scheduled = false;

  /** @param defer Runs the work a little later; injected, since only the composition root knows the real time. */
  constructor(operation: Operation, simulated: boolean, defer: (work: () => void) => void) {
    this.#operation = operation;
    this.#defer = defer;
    this.topic = new LiveTopic<LiveOperation>({ operation, simulated, runs: [], console: [] });
  }

  get operation(): Operation {
    return this.#operation;
  }

  run(runId: string): LiveRun | undefined {
    return this.#runs.get(runId);
  }

  setRun(run: LiveRun): void {
    this.#runs.set(run.runId, run);
    this.#dirtyRuns.add(run.runId);
    this.#schedule();
  }

  setOperation(change: Partial<Operation>): void {
    this.#operation = { ...this.#operation, ...change };
    this.#dirtyOperation = true;
    this.#schedule();
  }

  line(atS: number, channel: string, text: string): void {
    this.#lines.push({ atS, channel, text });
    if (this.#lines.length > consoleLines) this.#lines.splice(0, this.#lines.length - consoleLines);
    this.#schedule();
  }

  setNotes(notes: readonly OperatorNote[]): void {
    this.flush();
    this.topic.update([{ op: 'set', path: ['notes'], value: [...notes] }]);
  }

  addNote(note: OperatorNote): void {
    this.setNotes([...(this.topic.value.notes ?? []), note]);
  }

  setReport(path: string): void {
    this.flush();
    this.topic.update([{ op: 'set', path: ['report'], value: path }]);
  }

  /** Sends what has gathered now. */
  flush(): void {
    const changes: Change[] = [];
    const order = [...this.#runs.keys()];
    for (const runId of this.#dirtyRuns)
      changes.push({ op: 'set', path: ['runs', order.indexOf(runId)], value: this.#runs.get(runId) });
    if (this.#lines.length > 0)
      changes.push({ op: 'append', path: ['console'], values: this.#lines, keep: consoleLines });
    if (this.#dirtyOperation) changes.push({ op: 'set', path: ['operation'], value: this.#operation });
    this.#dirtyRuns = new Set();
    this.#lines = [];
    this.#dirtyOperation = false;
    this.topic.update(changes);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#defer(() => {
      this.#scheduled = false;
      this.flush();
    });
  }
}
