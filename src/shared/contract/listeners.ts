/** Listeners of a channel: what came before the first listener waits for it; the end is told once, also to late comers. */
export class ChannelListeners {
  readonly #message = new Set<(message: unknown) => void>();
  readonly #close = new Set<() => void>();
  #early: unknown[] = [];
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#message.add(listener);
    const early = this.#early;
    this.#early = [];
    for (const message of early) this.message(message);
    return () => this.#message.delete(listener);
  }

  onClose(listener: () => void): () => void {
    if (this.#ended) {
      listener();
      return () => undefined;
    }
    this.#close.add(listener);
    return () => this.#close.delete(listener);
  }

  message(message: unknown): void {
    if (this.#ended) return;
    if (this.#message.size === 0) this.#early.push(message);
    for (const listener of [...this.#message]) listener(message);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#early = [];
    for (const listener of [...this.#close]) listener();
  }
}
