import { openPpk2 } from '../../../../src/main/emon/ppk2/index.ts';
import type { OpenPpk2Options } from '../../../../src/main/emon/ppk2/index.ts';
import type { EnergyMonitor } from '../../../../src/main/emon/index.ts';
import { createPipe } from '../../../../src/main/transport/index.ts';
import type { ByteStream } from '../../../../src/main/transport/index.ts';
import { Fault } from '../../../../src/shared/fault/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { word } from './stream.ts';

export const goodMetadata = [
  'Calibrated: 1',
  ...[1000, 100, 10, 1, 0.05].map((r, range) => `R${range}: ${r}`),
  ...[0, 0, 0, 0, 0].map((gs, range) => `GS${range}: ${gs}`),
  'VDD: 3300',
  'HW: 9173',
  'mode: 2',
  'IA: 56',
  'END\n',
].join('\n');

const burst = 512;
const burstS = burst / 100_000;

/** The least of a PPK2 that a session needs: it keeps the bytes that it is sent, tells its metadata, and streams what the test wants. */
export class FakePpk2 {
  readonly clock = new ManualClock(50);
  readonly host: ByteStream;
  readonly far: ByteStream;
  sent: number[] = [];
  metadata: string | undefined = goodMetadata;
  /** Bytes of the metadata per chunk. */
  metadataChunk = 4096;
  streaming = false;
  /** Bursts that the stop command does not stop any more. */
  late = 0;
  code = 2048;
  logic = 0;
  #counter = 0;

  constructor() {
    [this.host, this.far] = createPipe({ labels: ['test PPK2', 'host'] });
    this.far.onData((chunk) => this.#take(chunk));
  }

  open(options: Partial<OpenPpk2Options> = {}): Promise<EnergyMonitor> {
    const base = { stream: this.host, clock: this.clock, label: 'PPK2 on TEST', lockId: 'x', simulated: true };
    return openPpk2({ ...base, mode: 'source', ...options });
  }

  /** The sent bytes as hex; forgets them. */
  takeSent(): string {
    const hex = Buffer.from(this.sent).toString('hex');
    this.sent = [];
    return hex;
  }

  /** Leaves out samples without a trace in the bytes but the counter. */
  skip(samples: number): void {
    this.#counter += samples;
  }

  burst(samples: number = burst): void {
    const bytes = [];
    for (let index = 0; index < samples; index += 1, this.#counter += 1) {
      bytes.push(...word(this.#counter, { code: this.code, range: 2, logic: this.logic }));
    }
    void this.far.write(Uint8Array.from(bytes));
  }

  /** Streams for this long. */
  async run(durationS: number): Promise<void> {
    for (let leftS = durationS; leftS > 1e-9; leftS -= burstS) {
      await this.clock.advance(burstS);
      if (this.streaming) this.burst();
    }
  }

  #take(chunk: Uint8Array): void {
    this.sent.push(...chunk);
    if (chunk[0] === 0x06) this.streaming = true;
    if (chunk[0] === 0x07) {
      if (this.streaming) for (let index = 0; index < this.late; index += 1) this.burst();
      this.streaming = false;
    }
    if (chunk[0] === 0x19 && this.metadata !== undefined) {
      const bytes = Buffer.from(this.metadata, 'latin1');
      for (let at = 0; at < bytes.length; at += this.metadataChunk) {
        void this.far.write(bytes.subarray(at, at + this.metadataChunk));
      }
    }
  }
}

/** The fault that `work` rejects with. */
export async function faultOf(clock: ManualClock, work: Promise<unknown>): Promise<Fault> {
  const outcome = await clock.until(
    work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  if (!(outcome instanceof Fault)) throw new Error(`no fault, but ${String(outcome)}`);
  return outcome;
}
