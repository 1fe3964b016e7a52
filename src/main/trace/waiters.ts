/** Callers that wait for the pending samples of a recorder to become few. */
export class Waiters {
  #waiting: { below: number; resolve: () => void; reject: (error: unknown) => void }[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  wait(below: number): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ below, resolve, reject }));
  }

  settle(pending: number): void {
    const ready = this.#waiting.filter(({ below }) => pending <= below);
    if (ready.length === 0) return;
    this.#waiting = this.#waiting.filter(({ below }) => pending > below);
    for (const { resolve } of ready) resolve();
  }

  reject(error: unknown): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (const { reject } of all) reject(error);
  }
}
