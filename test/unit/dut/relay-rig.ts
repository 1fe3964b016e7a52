import type { ByteStream } from '../../../src/main/transport/index.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

export interface FakeRelayOptions {
  /** Silent for this long after opening, as a UNO in its boot loader: what comes then is lost. */
  bootS?: number;
  ackS?: number;
  /** Rewrites the reply to a command; undefined keeps it, an empty list is silence. */
  reply?: (command: string, times: number) => string[] | undefined;
}

/** An IO manager made for tests, between the host's pipe and a DUT's: answers as the published logs show. */
export class FakeRelay {
  /** The host's end. */
  readonly host: ByteStream;
  /** The DUT's end of the line behind the relay. */
  readonly dut: ByteStream;
  readonly commands: string[] = [];
  /** Commands that came while the DUT was answering: on the real link characters are lost then. */
  collisions = 0;
  readonly #far: ByteStream;
  readonly #line: ByteStream;
  readonly #clock: ManualClock;
  readonly #options: FakeRelayOptions;
  #input = '';
  #text = '';
  #open = false;
  #times = new Map<string, number>();
  #awakeS: number;

  constructor(clock: ManualClock, options: FakeRelayOptions = {}) {
    this.#clock = clock;
    this.#options = options;
    [this.host, this.#far] = createPipe({ labels: ['test relay', 'host'], baud: 115_200 });
    [this.#line, this.dut] = createPipe({ labels: ['relay', 'DUT'], baud: 9600 });
    this.#far.onData((chunk) => this.#onHost(chunk));
    this.#line.onData((chunk) => this.#onDut(chunk));
    this.#awakeS = clock.nowS() + (options.bootS ?? 0);
    if (options.bootS) clock.setTimer(options.bootS, () => this.say('m-[IO manager]\r\nm-ready\r\n'));
  }

  say(text: string): void {
    void this.#far.write(Buffer.from(text, 'latin1'));
  }

  /** The wire is cut. */
  unplug(): Promise<void> {
    return this.#far.close();
  }

  #onHost(chunk: Uint8Array): void {
    if (this.#clock.nowS() < this.#awakeS) return;
    this.#input += Buffer.from(chunk).toString('latin1');
    for (let at = this.#input.indexOf('%'); at >= 0; at = this.#input.indexOf('%')) {
      const command = this.#input.slice(0, at).trim();
      this.#input = this.#input.slice(at + 1);
      this.commands.push(command);
      this.#answer(command);
    }
  }

  #answer(command: string): void {
    const times = (this.#times.get(command) ?? 0) + 1;
    this.#times.set(command, times);
    const own = this.#options.reply?.(command, times);
    const relayed = /^dut (.*)$/.exec(command);
    if (relayed && !own) {
      if (this.#open) this.collisions += 1;
      this.#open = true;
      void this.#line.write(Buffer.from(`${relayed[1]}%`, 'latin1'));
    }
    const lines = own ??
      (relayed ? [`m-dut-passthrough(${relayed[1]})`] : usual[command]) ?? [`e-[Unknown command: ${command}]`];
    if (own?.length === 0) return;
    this.#clock.setTimer(this.#options.ackS ?? 0.015, () => {
      for (const line of lines) this.say(`${line}\r\n`);
      this.#clock.setTimer(0.004, () => this.say('m-ready\r\n'));
    });
  }

  #onDut(chunk: Uint8Array): void {
    this.#text += Buffer.from(chunk).toString('latin1');
    for (let at = this.#text.indexOf('\n'); at >= 0; at = this.#text.indexOf('\n')) {
      const line = this.#text.slice(0, at).replace(/\r$/, '');
      this.#text = this.#text.slice(at + 1);
      if (line === 'm-ready') this.#open = false;
      this.say(`[dut]: ${line}\r\n`);
    }
  }
}

const usual: Record<string, string[]> = {
  name: ['m-name-io-manager-[test]'],
  'tm 0': ['m-timestmp-mode-FALLING', 'm-[Timer disabled after mode change]'],
  'enable-timer': ['m-timer-enabled'],
  'disable-timer': ['m-timer-disabled'],
};
