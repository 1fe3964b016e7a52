import type { Clock } from '../../../src/shared/clock/index.ts';
import type { ByteStream } from '../../../src/main/transport/index.ts';
import type { ScriptedDutOptions } from './options.ts';

const referenceBufferBytes = 27_648;
const commandBufferCharacters = 80;

/**
 * A DUT made for tests, at one end of any byte stream: speaks the protocol as the reference firmware does, and each
 * deviation that its options ask for. Written apart from the application's own client and firmware.
 */
export class ScriptedDut {
  readonly commands: string[] = [];
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #options: ScriptedDutOptions;
  #input = '';
  #buffer = new Uint8Array(0);
  #position = 0;
  #lastResults = '';
  #alive = false;
  #reboots = 0;
  #bytesOut = 0;
  #bytesIn = 0;
  /** Things done one after the other; a reset starts a new list. */
  #work: Promise<void> = Promise.resolve();
  #life = 0;

  constructor(stream: ByteStream, clock: Clock, options: ScriptedDutOptions = {}) {
    this.#stream = stream;
    this.#clock = clock;
    this.#options = options;
    stream.onData((chunk) => this.#receive(chunk));
    if (options.noBoot) this.#alive = true;
    else this.reset();
  }

  /** What a reset button does: forgets everything and boots. */
  reset(): void {
    this.#life += 1;
    this.#alive = false;
    this.#input = '';
    this.#buffer = new Uint8Array(0);
    this.#position = 0;
    const life = this.#life;
    this.#work = this.#wait(this.#options.bootS ?? 0.1).then(() => this.#boot(life));
  }

  /** Sends text unasked. */
  say(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    const mangle = this.#options.mangleOut;
    const sent = mangle ? Uint8Array.from([...bytes].flatMap((byte) => mangle(byte, this.#bytesOut++))) : bytes;
    if (sent.length > 0) this.#stream.write(sent).catch(() => undefined);
  }

  async #boot(life: number): Promise<void> {
    if (life !== this.#life) return;
    const { bootText, energyBuild, bootLap = true } = this.#options;
    if (bootText) this.say(bootText);
    this.#line(`m-timestamp-mode-${energyBuild ? 'energy' : 'performance'}`, 'boot');
    if (!energyBuild && bootLap) this.#line(this.#lap(), 'boot');
    this.#line('m-init-done', 'boot');
    this.#line('m-ready', 'boot');
    this.#input = '';
    this.#alive = true;
  }

  #receive(chunk: Uint8Array): void {
    const mangle = this.#options.mangleIn;
    const bytes = mangle ? [...chunk].flatMap((byte) => mangle(byte, this.#bytesIn++)) : chunk;
    for (const byte of bytes) {
      if (byte !== 0x25) {
        const character = String.fromCharCode(byte);
        // The reference overwrites its last slot instead of growing.
        if (this.#input.length < commandBufferCharacters) this.#input += character;
        else this.#input = this.#input.slice(0, commandBufferCharacters - 1) + character;
        continue;
      }
      const command = this.#input;
      this.#input = '';
      if (!this.#alive) continue;
      const life = this.#life;
      this.#work = this.#work.then(() => (life === this.#life ? this.#execute(command, life) : undefined));
    }
  }

  async #execute(command: string, life: number): Promise<void> {
    this.commands.push(command);
    const { echo, silentAfter, rebootDuring, reboots = 1 } = this.#options;
    if (silentAfter !== undefined && this.commands.length > silentAfter) return;
    if (echo === 'percent') this.say(`${command}%`);
    if (echo === 'plain') this.say(command);
    if (echo === 'line') this.#line(`Received command: ${command}`, command);
    const words = command.split(' ').filter((word) => word !== '');
    if (rebootDuring !== undefined && words[0] === rebootDuring && this.#reboots < reboots) {
      this.#reboots += 1;
      if (words[0] === 'infer') {
        this.#line(`m-warmup-start-${words[2] ?? '10'}`, command);
        await this.#wait(1);
      }
      this.reset();
      return;
    }
    await this.#answer(words, command, life);
    if (life !== this.#life) return;
    this.#line(`${this.#options.readyPrefix ?? ''}m-ready`, command);
    if (this.#options.afterReady) this.say(this.#options.afterReady);
    if (this.#options.prompt) this.say(this.#options.prompt);
  }

  async #answer(words: readonly string[], command: string, life: number): Promise<void> {
    const options = this.#options;
    switch (words[0]) {
      case undefined:
        return;
      case 'name':
        this.#line(`m-name-${options.deviceClass ?? 'dut'}-[${options.vendor ?? 'unspecified'}]`, command);
        return;
      case 'profile':
        this.#line(`m-profile-[${options.profile ?? 'ULPMark for tinyML Firmware V0.0.1'}]`, command);
        this.#line(`m-model-[${options.model ?? 'kws01'}]`, command);
        return;
      case 'timestamp':
        if (!options.energyBuild) this.#line(this.#lap(), command);
        return;
      case 'results':
        if (this.#lastResults !== '') this.#line(this.#lastResults, command);
        return;
      case 'db':
        this.#db(words, command);
        return;
      case 'infer':
        await this.#infer(words, command, life);
        return;
      default:
        this.#line(`e-[Unknown command: ${words[0]}]`, command);
    }
  }

  #db(words: readonly string[], command: string): void {
    const options = this.#options;
    const [, what, count] = words;
    if (what === undefined) this.#line("e-[Command 'db' requires a subcommand]", command);
    else if (what === 'load') {
      const bytes = Number.parseInt(count ?? '', 10);
      const most = options.bufferBytes ?? referenceBufferBytes;
      if (count === undefined) this.#line("e-[Command 'db load' requires the # of bytes]", command);
      else if (!(bytes > 0)) this.#line("e-[Command 'db load' must be >0 bytes]", command);
      else if (bytes > most) this.say(`Supplied buffer size ${bytes} exceeds maximum of ${most}\n`);
      else {
        this.#buffer = new Uint8Array(bytes);
        this.#position = 0;
        if (options.sayExpecting ?? true) this.#line(`m-[Expecting ${bytes} bytes]`, command);
      }
    } else if (what === 'print') {
      if (options.canPrint ?? true) this.#print(command);
      else this.#line('e-[Unknown command: print]', command);
    } else this.#store(what, command);
  }

  #store(digits: string, command: string): void {
    if (digits.length % 2 !== 0) {
      this.#line('e-[Insufficent number of hex digits]', command);
      return;
    }
    for (let at = 0; at < digits.length; at += 2) {
      const pair = digits.slice(at, at + 2);
      if (!/^[0-9a-fA-F]{2}$/.test(pair)) {
        this.#line(`e-[Invalid hex digit '${pair}']`, command);
        return;
      }
      if (this.#position >= this.#buffer.length) return;
      this.#buffer[this.#position] = Number.parseInt(pair, 16);
      this.#position += 1;
      if (this.#position === this.#buffer.length && (this.#options.sayLoadDone ?? true))
        this.#line('m-load-done', command);
    }
  }

  #print(command: string): void {
    const corrupt = this.#options.printOffset;
    for (let at = 0; at < this.#buffer.length; at += 8) {
      const bytes = [...this.#buffer.subarray(at, at + 8)].map((byte, index) =>
        at + index === corrupt ? byte ^ 1 : byte,
      );
      this.#line(`m-buffer-${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('-')}`, command);
    }
    if (this.#buffer.length % 8 !== 0) this.#line('', command);
  }

  async #infer(words: readonly string[], command: string, life: number): Promise<void> {
    const options = this.#options;
    const iterations = words[1] === undefined ? 1 : Number.parseInt(words[1], 10);
    const warmups = words[2] === undefined ? 10 : Number.parseInt(words[2], 10);
    if (!(iterations > 0)) {
      this.#line('e-[Inference iterations must be >0]', command);
      return;
    }
    if (warmups < 0) {
      this.#line('e-[Inference warmup must be >=0]', command);
      return;
    }
    const wanted = options.inputBytes;
    if (wanted !== undefined && wanted !== this.#buffer.length) {
      this.say(`Input db has ${this.#buffer.length} elemented, expected ${wanted}\n`);
    }
    this.#line(`m-warmup-start-${warmups}`, command);
    await this.#wait(warmups * (options.warmupS ?? options.inferenceS ?? 0.01));
    if (life !== this.#life) return;
    this.#line('m-warmup-done', command);
    this.#line(`m-infer-start-${iterations}`, command);
    const stamps = options.energyBuild ? 0 : (options.stamps ?? 2);
    for (let stamp = 1; stamp < stamps; stamp += 1) this.#line(this.#lap(), command);
    await this.#wait(iterations * (options.inferenceS ?? 0.01));
    if (life !== this.#life) return;
    if (stamps > 0) this.#line(this.#lap(), command);
    this.#line('m-infer-done', command);
    const values = options.results ? options.results(this.#buffer) : '0.100,0.200,0.700';
    if (values === null) return;
    this.#lastResults = `m-results-[${values}]`;
    this.#line(this.#lastResults, command);
  }

  #lap(): string {
    const { clockFactor = 1, lapStartUs = 1000, lapGranularityUs = 1, lapWraps = true, lapUnit = 'us' } = this.#options;
    const us = lapStartUs + this.#clock.nowS() * 1e6 * clockFactor;
    const counted = Math.floor(us / lapGranularityUs + 1e-6) * lapGranularityUs;
    return `m-lap-${lapUnit}-${lapWraps ? counted % 2 ** 32 : counted}`;
  }

  #line(text: string, command: string): void {
    const { rewrite, lineEnd = '\r\n', emptyLines } = this.#options;
    for (const line of rewrite ? rewrite(text, command) : [text])
      this.say(`${line}${lineEnd}${emptyLines ? lineEnd : ''}`);
  }

  #wait(seconds: number): Promise<void> {
    return seconds <= 0 ? Promise.resolve() : new Promise((resolve) => this.#clock.setTimer(seconds, resolve));
  }
}
