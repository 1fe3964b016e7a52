import type { Clock } from '../../shared/clock/index.ts';
import type { InstrumentLock, InstrumentLocks } from '../bench/index.ts';
import { formatAddress, openSerial, openTcp, parseAddress } from '../transport/index.ts';
import type { ByteStream } from '../transport/index.ts';
import type { Consoles } from './consoles.ts';

/** What the lock of a line says that was opened by hand. */
export const handPurpose = 'console';

export type HandChannel = 'dut' | 'ioManager';

interface Open {
  stream: ByteStream;
  lock: InstrumentLock;
  lockId: string;
  unsubscribe: () => void;
}

const baud = 115_200;

/**
 * Lines that a person opened to talk to an instrument by hand. Each is held like any other use, so that no other process measures meanwhile; whatever
 * else in this process wants the instrument gets it at once.
 */
export class HandLines {
  readonly #options: { consoles: Consoles; locks: InstrumentLocks; clock: Clock; platform: NodeJS.Platform };
  readonly #open = new Map<HandChannel, Open>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: { consoles: Consoles; locks: InstrumentLocks; clock: Clock; platform: NodeJS.Platform }) {
    this.#options = options;
  }

  /** Locks before which a line that was opened by hand gives way. */
  yielding(locks: InstrumentLocks): InstrumentLocks {
    return {
      holder: (lockId) => locks.holder(lockId),
      claim: async (lockId, label, purpose) => {
        for (const [channel, open] of this.#open) if (open.lockId === lockId) await this.close(channel);
        return locks.claim(lockId, label, purpose);
      },
    };
  }

  /** Sends one line; a command without its `%` gets one. @throws Fault `bench.instrumentHeld`, faults of `transport`. */
  send(channel: HandChannel, port: string, text: string, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const { consoles, clock } = this.#options;
      const { stream } = this.#open.get(channel) ?? (await this.#opened(channel, port, signal));
      consoles.add(channel, clock.epochMs(), { direction: 'note', kind: 'byHand', text });
      await stream.write(Buffer.from(text.endsWith('%') ? text : `${text}%`, 'latin1'), signal);
    });
  }

  close(channel: HandChannel): Promise<void> {
    return this.#inTurn(() => this.#close(channel));
  }

  async closeAll(): Promise<void> {
    await this.close('dut');
    await this.close('ioManager');
  }

  async #opened(channel: HandChannel, port: string, signal: AbortSignal): Promise<Open> {
    const { consoles, locks, clock, platform } = this.#options;
    const address = parseAddress(port, platform);
    const label = formatAddress(address);
    const lockId = `${address.kind}:${label}`;
    const lock = await locks.claim(lockId, label, handPurpose);
    try {
      const plain =
        address.kind === 'tcp'
          ? await openTcp({ ...address, clock, signal })
          : await openSerial({ ...address, baud, clock, platform, signal });
      const stream = consoles.tap(plain, { channel, speech: channel, clock });
      // What comes is heard by the tap; without a subscriber nothing would come.
      const unsubscribe = stream.onData(() => undefined);
      const open = { stream, lock, lockId, unsubscribe };
      stream.onClose(() => void this.close(channel));
      this.#open.set(channel, open);
      consoles.setByHand(channel, label);
      return open;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  async #close(channel: HandChannel): Promise<void> {
    const open = this.#open.get(channel);
    if (!open) return;
    this.#open.delete(channel);
    this.#options.consoles.setByHand(channel, null);
    open.unsubscribe();
    await open.stream.close();
    await open.lock.release();
  }

  /** One thing at a time: a line is not opened while it is being closed. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#queue.then(work, work);
    this.#queue = mine.catch(() => undefined);
    return mine;
  }
}
