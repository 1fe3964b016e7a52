import type { Duplex } from 'node:stream';

/** What a command of OpenOCD answered. */
export interface TclReply {
  /** Code of Tcl's `catch`: 0 went well. */
  code: number;
  text: string;
}

/** OpenOCD ends requests and replies with this byte. */
const endByte = 0x1a;
/** Longer than anything that we ask for. */
const longestReply = 1 << 20;

/** Starts the line by which OpenOCD tells, on its log, that a command is done: all that it printed for it stands before. */
export const markerPrefix = 'joulebench-done-';

/** The command, caught, with a marker line on the log: `code|text` comes back whatever happens. */
export function wrapTcl(command: string, number: number): string {
  return `set rc [catch {${command}} msg]; echo "${markerPrefix}${number}"; return "$rc|$msg"`;
}

/** Reads `code|text`; undefined when it is neither. */
export function parseTclReply(reply: string): TclReply | undefined {
  const match = /^(-?\d{1,10})\|([\s\S]*)$/.exec(reply);
  return match ? { code: Number(match[1]), text: (match[2] ?? '').trim() } : undefined;
}

/** Cuts a stream of bytes into replies at 0x1A; one that is too long is an error. */
export class ReplyCutter {
  #parts: Buffer[] = [];
  #length = 0;

  push(chunk: Uint8Array): string[] {
    const replies: string[] = [];
    let rest = Buffer.from(chunk);
    for (let end = rest.indexOf(endByte); end >= 0; end = rest.indexOf(endByte)) {
      replies.push(Buffer.concat([...this.#parts, rest.subarray(0, end)]).toString('utf8'));
      this.#parts = [];
      this.#length = 0;
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.#parts.push(rest);
    this.#length += rest.length;
    if (this.#length > longestReply) throw new RangeError(`a reply of more than ${longestReply} bytes`);
    return replies;
  }
}

interface Waiting {
  resolve: (reply: TclReply) => void;
  reject: (error: Error) => void;
}

/** OpenOCD's Tcl server: one command after the other, each with its reply. */
export class TclClient {
  readonly #stream: Duplex;
  readonly #cutter = new ReplyCutter();
  #waiting: Waiting[] = [];
  #closed: Error | undefined;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (chunk: Uint8Array) => this.#take(chunk));
    stream.on('error', (error) => this.#close(error));
    stream.on('close', () => this.#close(new Error('the Tcl connection ended')));
  }

  /** Sends a whole line; resolves with what `parseTclReply` reads. Rejects when the connection ends before the reply. */
  send(line: string): Promise<TclReply> {
    if (this.#closed) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#stream.write(Buffer.concat([Buffer.from(line, 'utf8'), Buffer.from([endByte])]));
    });
  }

  destroy(): void {
    this.#stream.destroy();
  }

  #take(chunk: Uint8Array): void {
    try {
      for (const reply of this.#cutter.push(chunk)) {
        const waiting = this.#waiting.shift();
        const parsed = parseTclReply(reply);
        if (parsed) waiting?.resolve(parsed);
        else waiting?.reject(new Error(`not a reply: ${reply.slice(0, 200)}`));
      }
    } catch (error) {
      this.#close(error as Error);
      this.#stream.destroy();
    }
  }

  #close(error: Error): void {
    this.#closed ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
