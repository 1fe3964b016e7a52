import type { Clock } from '../../shared/clock/index.ts';
import type { DutIdentity, InferReport, LoadReport } from '../../shared/domain/dut.ts';
import { Fault, isFault } from '../../shared/fault/index.ts';
import type { ByteStream } from '../transport/index.ts';
import { contains, exchange, findMessage, isNoAnswer } from './exchange.ts';
import type { Reply } from './exchange.ts';
import { handshake } from './handshake.ts';
import { inferAnswered, readInfer } from './infer.ts';
import { DutLink } from './link.ts';
import type { DutLog } from './link.ts';
import { loadPayload } from './load.ts';
import type { DutCallOptions, DutExpectation, DutPort } from './port.ts';

/** Bytes that one `db` command may carry: the reference buffer holds 80 characters. */
export const mostChunkBytes = 38;

export interface DutClientOptions {
  stream: ByteStream;
  /** The bench's clock: stamps lines and measures every wait. */
  clock: Clock;
  log?: DutLog | undefined;
  /** Bytes per `db` command, 1 to 38: 26 behind a relay, 31 as the MLCommons runner, 32 as EnergyRunner. */
  chunkBytes?: number | undefined;
  /** Longest time from opening to the end of the boot block. A setting of the board; FPGA boards need up to 18 s. */
  bootS?: number | undefined;
  /** Longest silence during an ordinary command. */
  silenceS?: number | undefined;
  /** Longest silence after a chunk of a load. */
  chunkSilenceS?: number | undefined;
}

const defaults = { chunkBytes: 31, bootS: 5, silenceS: 5, chunkSilenceS: 2 };
/** Wait for the rest of a reply after an `m-ready` that came without it. */
const graceS = 0.5;
/** The same for `infer`, which may load its input for long before it says anything. */
const inferGraceS = 5;
const bootQuietS = 0.5;
const quietS = 0.2;
const probeS = 2;
const longestCommandS = 60;
const longestQuietWaitS = 5;
const mostProbes = 3;

/**
 * Speaks the DUT protocol over a byte stream: direct connection, one command in flight, each answer proven to belong to
 * its command. After anything went wrong, or output came that nobody had asked for, the next command first waits for
 * silence and resynchronises.
 */
export class DutClient implements DutPort {
  readonly label: string;
  readonly #link: DutLink;
  readonly #options: typeof defaults;
  #synced = false;
  #busy = false;
  /** A restart has been reported; the rest of its boot block is no further one. */
  #rebootKnown = false;
  #printUnsupported = false;

  constructor(options: DutClientOptions) {
    const { stream, clock, log } = options;
    const chunkBytes = options.chunkBytes ?? defaults.chunkBytes;
    if (!Number.isInteger(chunkBytes) || chunkBytes < 1 || chunkBytes > mostChunkBytes) {
      throw new RangeError(`chunkBytes ${chunkBytes} is not in 1 to ${mostChunkBytes}`);
    }
    this.label = stream.label;
    this.#options = {
      chunkBytes,
      bootS: options.bootS ?? defaults.bootS,
      silenceS: options.silenceS ?? defaults.silenceS,
      chunkSilenceS: options.chunkSilenceS ?? defaults.chunkSilenceS,
    };
    this.#link = new DutLink(stream, clock, log);
  }

  identify(options: DutCallOptions & { expect?: DutExpectation | undefined } = {}): Promise<DutIdentity> {
    return this.#exclusive('name', async () => {
      const { bootS, silenceS } = this.#options;
      return handshake(this.#link, { ...options, bootS, silenceS, bootQuietS, probeS, graceS });
    });
  }

  async load(payload: Uint8Array, options: DutCallOptions & { verify: boolean }): Promise<LoadReport> {
    if (payload.length === 0) throw new RangeError('empty payload');
    return this.#synchronous('db load', options.signal, async () => {
      const { chunkBytes, silenceS, chunkSilenceS } = this.#options;
      const report = await loadPayload(this.#link, payload, {
        signal: options.signal,
        verify: options.verify && !this.#printUnsupported,
        chunkBytes,
        silenceS,
        chunkSilenceS,
        graceS,
        resync: (signal) => this.#resync(signal),
      });
      if (report.verified === 'unsupported') this.#printUnsupported = true;
      return options.verify && report.verified === 'off' ? { ...report, verified: 'unsupported' } : report;
    });
  }

  async infer(
    iterations: number,
    warmups: number,
    options: DutCallOptions & { deadlineS: number },
  ): Promise<InferReport> {
    if (!Number.isInteger(iterations) || iterations < 1 || !Number.isInteger(warmups) || warmups < 0) {
      throw new RangeError(`infer ${iterations} ${warmups}`);
    }
    const command = `infer ${iterations} ${warmups}`;
    return this.#synchronous(command, options.signal, async () => {
      const reply = await exchange(this.#link, command, {
        signal: options.signal,
        silenceS: undefined,
        deadlineS: options.deadlineS,
        graceS: inferGraceS,
        answered: inferAnswered,
      });
      return readInfer(reply, iterations, warmups, this.label);
    });
  }

  timestamp(options: DutCallOptions = {}): Promise<number> {
    return this.#synchronous('timestamp', options.signal, async () => {
      const reply = await this.#ask('timestamp', contains('lap'), options.signal);
      const lap = findMessage(reply, 'lap');
      if (lap && lap.us !== null) return lap.us;
      throw new Fault('dut.noTimestamp', { port: this.label });
    });
  }

  pulse(options: DutCallOptions = {}): Promise<void> {
    return this.#synchronous('timestamp', options.signal, async () => {
      await this.#ask('timestamp', () => true, options.signal);
    });
  }

  sleep(options: DutCallOptions = {}): Promise<string | undefined> {
    return this.#synchronous('sleep', options.signal, async () => {
      const { silenceS } = this.#options;
      const reply = await exchange(this.#link, 'sleep', {
        signal: options.signal,
        silenceS,
        deadlineS: longestCommandS,
        graceS,
        answered: () => true,
      });
      const said = reply.lines.map(({ text }) => text.trim()).filter((text) => text !== '' && text !== 'm-ready');
      return said.includes('m-sleep') ? undefined : (said[0] ?? '').slice(0, 200);
    });
  }

  results(options: DutCallOptions = {}): Promise<number[]> {
    return this.#synchronous('results', options.signal, async () => {
      const reply = await this.#ask('results', contains('results'), options.signal);
      const results = findMessage(reply, 'results');
      if (!results)
        throw new Fault('dut.incompleteReply', { port: this.label, command: 'results', missing: 'm-results' });
      if (results.values) return results.values;
      throw new Fault('dut.badResults', { port: this.label, text: results.text.slice(0, 200) });
    });
  }

  resync(options: DutCallOptions = {}): Promise<void> {
    return this.#exclusive('name', () => this.#resync(options.signal));
  }

  async close(): Promise<void> {
    await this.#link.close();
  }

  /** Sends an ordinary command; an error reply is a fault. */
  async #ask(
    command: string,
    answered: Parameters<typeof exchange>[2]['answered'],
    signal?: AbortSignal,
  ): Promise<Reply> {
    const { silenceS } = this.#options;
    const reply = await exchange(this.#link, command, {
      signal,
      silenceS,
      deadlineS: longestCommandS,
      graceS,
      answered,
    });
    const error = findMessage(reply, 'error');
    if (error) throw new Fault('dut.refused', { port: this.label, command, reply: error.text });
    return reply;
  }

  /** One call at a time, as the protocol has one command in flight. */
  async #exclusive<T>(command: string, work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new Fault('dut.busy', { port: this.label, command });
    this.#busy = true;
    this.#synced = false;
    try {
      const result = await work();
      this.#synced = true;
      this.#rebootKnown = false;
      return result;
    } catch (error) {
      if (isFault(error, 'dut.rebooted')) {
        this.#rebootKnown = true;
        this.#link.takeIdleLines();
      }
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** As `#exclusive`, after making sure that nothing of an earlier command can be taken for this one's answer. */
  #synchronous<T>(command: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const wasSynced = this.#synced;
    return this.#exclusive(command, async () => {
      const stale = this.#takeIdle(command);
      if (!wasSynced || stale) await this.#resync(signal);
      return work();
    });
  }

  /**
   * Sets aside what came while no command was in flight; true when it was part of the protocol. Throws when the DUT has
   * restarted: what was loaded is lost, and only the caller knows what has to be done again.
   */
  #takeIdle(command: string): boolean {
    const idle = this.#link.takeIdleLines();
    const kinds = idle.flatMap(({ reply }) => reply.messages.map((message) => message.kind));
    if (kinds.includes('timestampMode') || (kinds.includes('initDone') && !this.#rebootKnown)) {
      throw new Fault('dut.rebooted', { port: this.label, command });
    }
    return kinds.length > 0 || idle.some(({ reply }) => reply.ready);
  }

  async #resync(signal: AbortSignal | undefined): Promise<void> {
    await this.#link.quiet(quietS, longestQuietWaitS, signal);
    this.#takeIdle('name');
    for (let probe = 1; ; probe += 1) {
      try {
        const reply = await exchange(this.#link, 'name', {
          signal,
          silenceS: probeS,
          deadlineS: probeS * 4,
          graceS,
          answered: contains('name'),
        });
        if (findMessage(reply, 'name')) {
          if (probe > 1 || reply.warnings.length > 0) await this.#link.quiet(quietS, longestQuietWaitS, signal);
          this.#takeIdle('name');
          return;
        }
        if (probe >= mostProbes) {
          throw new Fault('dut.incompleteReply', { port: this.label, command: 'name', missing: 'm-name' });
        }
      } catch (error) {
        if (probe >= mostProbes || !(error instanceof Fault) || !isNoAnswer(error) || error.code === 'dut.rebooted')
          throw error;
      }
    }
  }
}
