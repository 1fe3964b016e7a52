/** At equal times a device's event comes before a host's timer. */
export const eventClass = { device: 0, hostTimer: 1 } as const;
export type EventClass = (typeof eventClass)[keyof typeof eventClass];

export interface QueuedEvent {
  readonly timeNs: number;
  readonly class: EventClass;
  readonly sequence: number;
  readonly fire: () => void;
  cancelled: boolean;
}

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  if (a.timeNs !== b.timeNs) return a.timeNs < b.timeNs;
  if (a.class !== b.class) return a.class < b.class;
  return a.sequence < b.sequence;
}

/** Events ordered by (time, class, order of insertion): a binary heap; cancelled events leave it when they reach its head. */
export class EventQueue {
  readonly #heap: QueuedEvent[] = [];
  #sequence = 0;

  add(timeNs: number, kind: EventClass, fire: () => void): QueuedEvent {
    const event: QueuedEvent = { timeNs, class: kind, sequence: this.#sequence++, fire, cancelled: false };
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt] as QueuedEvent;
      if (!isBefore(event, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = event;
    return event;
  }

  /** The next event that has not been cancelled. */
  head(): QueuedEvent | undefined {
    while (this.#heap[0]?.cancelled) this.#removeHead();
    return this.#heap[0];
  }

  take(): QueuedEvent | undefined {
    const head = this.head();
    if (head) this.#removeHead();
    return head;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #removeHead(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const leftAt = 2 * at + 1;
      const left = heap[leftAt];
      if (!left) break;
      const right = heap[leftAt + 1];
      const childAt = right && isBefore(right, left) ? leftAt + 1 : leftAt;
      const child = heap[childAt] as QueuedEvent;
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
  }
}
