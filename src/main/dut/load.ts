import type { LoadReport } from '../../shared/domain/dut.ts';
import { Fault } from '../../shared/fault/index.ts';
import { contains, exchange, findMessage, isNoAnswer } from './exchange.ts';
import type { Reply } from './exchange.ts';
import type { DutLink, ReceivedLine } from './link.ts';
import { transfer } from './transfer.ts';

export interface LoadOptions {
  signal?: AbortSignal | undefined;
  verify: boolean;
  chunkBytes: number;
  /** Longest silence of an ordinary command, and of a chunk. */
  silenceS: number;
  chunkSilenceS: number;
  graceS: number;
  /** Brings host and DUT to the same command again after something went wrong. */
  resync(signal?: AbortSignal): Promise<void>;
}

/** Attempts of a load: it starts from position 0 each time, so that repeating it is safe. */
const mostAttempts = 3;

/**
 * `db load N`, the chunks, `m-load-done`, and where asked for and possible the comparison with `db print`. Starts again
 * after an `e-[`, a missing or early `m-load-done`, silence or a differing byte.
 */
export async function loadPayload(link: DutLink, payload: Uint8Array, options: LoadOptions): Promise<LoadReport> {
  const port = link.stream.label;
  const bytes = payload.length;
  const { chunkBytes } = options;
  const startS = link.clock.nowS();
  let commands = 0;
  for (let attempts = 1; ; attempts += 1) {
    let failure: Fault;
    try {
      if (attempts > 1) await options.resync(options.signal);
      const sent = await sendPayload(link, payload, options);
      commands += sent.commands;
      if (sent.failure) failure = new Fault('dut.loadFailed', { port, bytes, attempts, ...sent.failure });
      else {
        const verified = options.verify ? await verifyTwice(link, payload, options) : 'off';
        if (typeof verified === 'string') {
          return { bytes, chunkBytes, commands, attempts, verified, startS, endS: link.clock.nowS() };
        }
        failure = new Fault('dut.verifyMismatch', { port, ...verified, attempts });
      }
    } catch (error) {
      // A restart is for the caller to judge; whatever else hides an answer may be gone in the next attempt.
      if (!(error instanceof Fault) || !isNoAnswer(error) || error.code === 'dut.rebooted') throw error;
      failure = error;
    }
    if (attempts >= mostAttempts) throw failure;
  }
}

interface Sent {
  commands: number;
  failure?: { offset: number; reply: string };
}

/** One attempt without verification. */
async function sendPayload(link: DutLink, payload: Uint8Array, options: LoadOptions): Promise<Sent> {
  const refused = await announce(link, payload.length, options);
  if (refused !== undefined) return { commands: 0, failure: { offset: 0, reply: refused } };
  const { signal, chunkBytes, chunkSilenceS } = options;
  const outcome = await transfer(link, payload, { signal, chunkBytes, silenceS: chunkSilenceS });
  if (outcome.kind === 'done') return { commands: outcome.commands };
  return { commands: outcome.commands, failure: { offset: outcome.offset, reply: outcome.reply } };
}

/** A refusal may come from a lost character too; only when repeated it says that the DUT cannot print. */
async function verifyTwice(
  link: DutLink,
  payload: Uint8Array,
  options: LoadOptions,
): Promise<'ok' | 'unsupported' | Mismatch> {
  const verified = await verifyPayload(link, payload, options);
  return verified === 'unsupported' ? verifyPayload(link, payload, options) : verified;
}

/** Sends `db load N`. Returns the DUT's objection when another attempt may help. */
async function announce(link: DutLink, bytes: number, options: LoadOptions): Promise<string | undefined> {
  const port = link.stream.label;
  const reply = await exchange(link, `db load ${bytes}`, {
    signal: options.signal,
    silenceS: options.silenceS,
    deadlineS: longestCommandS,
    graceS: options.graceS,
    answered: contains('expecting'),
  });
  const tooSmall = findMessage(reply, 'bufferTooSmall');
  // Sending on would write behind the buffer of the reference parser (its first hazard).
  if (tooSmall) throw new Fault('dut.bufferTooSmall', { port, bytes, maxBytes: tooSmall.maxBytes });
  const error = findMessage(reply, 'error');
  if (error) return error.text;
  const expecting = findMessage(reply, 'expecting');
  return expecting && expecting.bytes !== bytes ? `Expecting ${expecting.bytes} bytes` : undefined;
}

/** A guard against a DUT that talks without end; far above what any ordinary command takes. */
const longestCommandS = 60;

/** First difference between the payload and what the DUT printed back. */
export interface Mismatch {
  offset: number;
  expected: string;
  found: string;
}

async function verifyPayload(
  link: DutLink,
  payload: Uint8Array,
  options: LoadOptions,
): Promise<'ok' | 'unsupported' | Mismatch> {
  let at = 0;
  let mismatch: Mismatch | undefined;
  const consume = (line: ReceivedLine): boolean => {
    let any = false;
    for (const message of line.reply.messages) {
      if (message.kind !== 'buffer') continue;
      any = true;
      for (const byte of message.bytes) {
        const expected = payload[at];
        // A DUT may print its whole buffer; what stands behind the payload does not matter.
        if (expected !== undefined && expected !== byte) {
          mismatch ??= { offset: at, expected: hex(expected), found: hex(byte) };
        }
        at += 1;
      }
    }
    // A line with `m-ready` or another message too must be kept.
    return any && !line.reply.ready && line.reply.messages.length === 1;
  };
  const reply: Reply = await exchange(link, 'db print', {
    signal: options.signal,
    silenceS: options.silenceS,
    // Each byte comes back as about three and a half characters; 9600 baud is the slowest line in use.
    deadlineS: longestCommandS + (payload.length * 4) / 960,
    graceS: options.graceS,
    answered: () => at > 0,
    consume,
  });
  if (at === 0 || findMessage(reply, 'error')) return 'unsupported';
  if (at < payload.length) mismatch ??= { offset: at, expected: hex(payload[at] as number), found: '' };
  return mismatch ?? 'ok';
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
