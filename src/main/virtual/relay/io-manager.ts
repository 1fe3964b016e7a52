import type { ByteStream } from '../../transport/byte-stream.ts';
import type { IoManagerFaults } from '../faults.ts';
import { EmulatorPort } from '../monitor/port.ts';
import type { SimClock } from '../sim-clock.ts';

export interface IoManagerSettings {
  clock: SimClock;
  label: string;
  faults?: IoManagerFaults | undefined;
  /** The line to the DUT, 9600 baud; opened anew with each client. */
  openDut(): ByteStream;
}

const hostBaud = 115_200;
/** From opening the port, which resets a UNO, to the first line: its boot loader waits. Our choice. */
const bootS = 1.5;
const greeting = '[Joulebench IO manager 0.1.0]';
const longestCommand = 128;
const longestLine = 192;
/** Ticks of the timer that stamps the edges. */
const stampUs = 4;

/**
 * The emulated IO manager: what `firmware/io-manager` answers, between a host at 115200 baud and the virtual DUT at 9600, with
 * the edges of the timestamp pin as `m-lap-us-N` in steps of 4 us.
 */
export class IoManagerEmulator {
  readonly #settings: IoManagerSettings;
  readonly #port: EmulatorPort;
  #dut: ByteStream | undefined;
  #ready = false;
  /** Counts openings: what belongs to an earlier one is dropped. */
  #life = 0;
  #bootNs = 0;
  #hostFreeAtNs = 0;
  #toHostFreeAtNs = 0;
  #command = '';
  #line = '';
  #commands = 0;
  #timer = false;
  #anyChange = true;

  constructor(settings: IoManagerSettings) {
    this.#settings = settings;
    this.#port = new EmulatorPort(settings.clock, settings.label, {
      opened: () => this.#opened(),
      received: (bytes) => this.#received(bytes),
      closed: () => this.#closed(),
    });
  }

  /** Resets the board. Faults as for every emulated port. */
  open(): ByteStream {
    return this.#port.open();
  }

  /** D3 changes its level now. */
  pin(level: number): void {
    if (!this.#timer || !this.#ready || (level === 1 && !this.#anyChange)) return;
    const us = Math.floor((this.#nowNs - this.#bootNs) / 1000 / stampUs) * stampUs;
    this.#say(`m-lap-us-${String(us % 2 ** 32)}`);
  }

  close(): void {
    this.#port.end();
  }

  get #nowNs(): number {
    return this.#settings.clock.nowNs();
  }

  get #isSilent(): boolean {
    return this.#commands > (this.#settings.faults?.silentAfter ?? Infinity);
  }

  #opened(): void {
    const life = ++this.#life;
    const { clock } = this.#settings;
    this.#commands = 0;
    this.#command = '';
    this.#line = '';
    this.#timer = false;
    this.#anyChange = true;
    const dut = this.#settings.openDut();
    this.#dut = dut;
    dut.onData((bytes) => {
      if (life === this.#life) this.#fromDut(bytes);
    });
    clock.at(this.#nowNs + Math.round(bootS * 1e9), () => {
      if (life !== this.#life) return;
      this.#bootNs = this.#nowNs;
      this.#ready = true;
      this.#say(`m-${greeting}`);
      this.#say('m-ready');
    });
  }

  #closed(): void {
    this.#life++;
    this.#ready = false;
    const dut = this.#dut;
    this.#dut = undefined;
    void dut?.close();
  }

  /** Bytes take their time on the line; a command runs when its `%` has arrived. */
  #received(bytes: Uint8Array): void {
    const life = this.#life;
    let endNs = Math.max(this.#nowNs, this.#hostFreeAtNs);
    for (const byte of bytes) {
      endNs += 1e10 / hostBaud;
      this.#command += String.fromCharCode(byte);
      if (byte !== 0x25) continue;
      const command = this.#command.slice(0, -1).trim().slice(0, longestCommand);
      this.#command = '';
      this.#settings.clock.at(Math.round(endNs), () => {
        if (life === this.#life && this.#ready) this.#execute(command);
      });
    }
    this.#hostFreeAtNs = endNs;
  }

  #execute(command: string): void {
    this.#commands++;
    if (this.#isSilent) return;
    const [word = ''] = command.split(' ');
    const text = command.slice(word.length).trimStart();
    if (word === 'dut') {
      if (text === '') {
        this.#say("e-[Command 'dut' needs a command]");
      } else {
        this.#say(`m-dut-passthrough(${text})`);
        void this.#dut?.write(Buffer.from(`${text}%`, 'latin1')).catch(() => undefined);
      }
    } else if (word === 'tm' && (text === '0' || text === '1')) {
      this.#anyChange = text === '1';
      this.#timer = false;
      this.#say(`m-timestmp-mode-${this.#anyChange ? 'CHANGE' : 'FALLING'}`);
      this.#say('m-[Timer disabled after mode change]');
    } else if (word === 'enable-timer' || word === 'disable-timer') {
      this.#timer = word === 'enable-timer';
      this.#say(`m-timer-${word.slice(0, -'-timer'.length)}d`);
    } else if (word === 'name') {
      this.#say('m-name-joulebench-io-manager-[arduino-uno]');
    } else if (word === 'version') {
      this.#say(`m-version-${greeting}`);
    } else if (word === 'help') {
      this.#say('Joulebench IO manager');
    } else if (word !== '') {
      this.#say(`e-[Unknown command: ${word}]`);
    }
    this.#say('m-ready');
  }

  /** Whole lines only, so that nothing of the relay's own stands in their middle. */
  #fromDut(bytes: Uint8Array): void {
    if (this.#isSilent || !this.#ready) return;
    for (const byte of bytes) {
      if (byte === 0x0d || byte === 0) continue;
      if (byte !== 0x0a) {
        this.#line += String.fromCharCode(byte);
        if (this.#line.length < longestLine) continue;
        // The rest of an overlong line is not held back; here it simply becomes a line of its own.
      }
      this.#say(`[dut]: ${this.#line}`);
      this.#line = '';
    }
  }

  #say(line: string): void {
    const life = this.#life;
    const bytes = Buffer.from(`${line}\r\n`, 'latin1');
    const endNs = Math.max(this.#nowNs, this.#toHostFreeAtNs) + Math.round((bytes.length * 1e10) / hostBaud);
    this.#toHostFreeAtNs = endNs;
    this.#settings.clock.at(endNs, () => {
      if (life === this.#life) this.#port.send(bytes);
    });
  }
}
