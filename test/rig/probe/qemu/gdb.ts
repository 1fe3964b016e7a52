import type { Socket } from 'node:net';

/** Bytes of memory in one packet: QEMU takes packets of 4096 characters. */
const chunkBytes = 1024;
const xpsrNumber = 25;

/** A client of QEMU's gdbstub: packets `$data#sum`, each acknowledged by `+`, one request at a time. */
export class Gdb {
  readonly #socket: Socket;
  #text = '';
  #waiting: { accept: (packet: string) => void; refuse: (reason: Error) => void } | undefined;
  #running = false;
  #stopped: (() => void) | undefined;
  #failed: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#take(chunk));
    const fail = (): void => {
      this.#failed = new Error('QEMU has ended');
      this.#waiting?.refuse(this.#failed);
      this.#running = false;
      this.#stopped?.();
    };
    socket.on('error', fail);
    socket.on('close', fail);
  }

  get failed(): boolean {
    return this.#failed !== undefined;
  }

  get running(): boolean {
    return this.#running;
  }

  /** QEMU gives single registers only to who has asked for their description. */
  async describe(): Promise<void> {
    await this.#request('qXfer:features:read:target.xml:0,ffb');
  }

  async read(address: number, bytes: number): Promise<Uint8Array | undefined> {
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes; at += chunkBytes) {
      const part = Math.min(chunkBytes, bytes - at);
      const reply = await this.#request(`m${(address + at).toString(16)},${part.toString(16)}`);
      if (reply.length !== part * 2) return undefined;
      parts.push(Buffer.from(reply, 'hex'));
    }
    return Buffer.concat(parts);
  }

  async write(address: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const part = Buffer.from(bytes.subarray(at, at + chunkBytes));
      await this.#request(`M${(address + at).toString(16)},${part.length.toString(16)}:${part.toString('hex')}`);
    }
  }

  /** r0 to r15 and the xPSR. */
  async registers(): Promise<Uint32Array> {
    const core = Buffer.from((await this.#request('g')).slice(0, 16 * 8), 'hex');
    const xpsr = Buffer.from(await this.#request(`p${xpsrNumber.toString(16)}`), 'hex');
    return Uint32Array.from({ length: 17 }, (_, index) =>
      index < 16 ? core.readUInt32LE(index * 4) : xpsr.readUInt32LE(0),
    );
  }

  async setRegister(index: number, value: number): Promise<void> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    const number = index === 16 ? xpsrNumber : index;
    await this.#request(`P${number.toString(16)}=${bytes.toString('hex')}`);
  }

  async setBreakpoint(address: number, on: boolean): Promise<void> {
    await this.#request(`${on ? 'Z' : 'z'}1,${address.toString(16)},2`);
  }

  resume(): void {
    this.#running = true;
    this.#send('c');
  }

  /** Stops what runs; returns at once when it has stopped by itself. */
  async halt(): Promise<void> {
    if (!this.#running) return;
    const stopped = new Promise<void>((resolve) => (this.#stopped = resolve));
    this.#socket.write('\x03');
    await stopped;
  }

  async step(): Promise<void> {
    const stopped = new Promise<void>((resolve) => (this.#stopped = resolve));
    this.#running = true;
    this.#send('s');
    await stopped;
  }

  /** A command of QEMU's monitor. Its output comes in packets before the last one. */
  async monitor(command: string): Promise<void> {
    await this.#request(`qRcmd,${Buffer.from(command).toString('hex')}`);
  }

  #request(data: string): Promise<string> {
    return new Promise((accept, refuse) => {
      if (this.#failed) {
        refuse(this.#failed);
        return;
      }
      this.#waiting = { accept, refuse };
      this.#send(data);
    });
  }

  #send(data: string): void {
    const sum = Buffer.from(data, 'latin1').reduce((total, byte) => (total + byte) & 0xff, 0);
    this.#socket.write(`$${data}#${sum.toString(16).padStart(2, '0')}`, 'latin1');
  }

  #take(chunk: string): void {
    this.#text += chunk;
    for (;;) {
      const start = this.#text.indexOf('$');
      const end = this.#text.indexOf('#', start);
      if (start < 0 || end < 0 || this.#text.length < end + 3) return;
      const packet = this.#text.slice(start + 1, end);
      this.#text = this.#text.slice(end + 3);
      this.#socket.write('+');
      if (this.#running && /^[TSWX]/.test(packet)) {
        this.#running = false;
        this.#stopped?.();
        this.#stopped = undefined;
      } else if (!/^O[0-9a-f]/.test(packet)) {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        waiting?.accept(packet);
      }
    }
  }
}
