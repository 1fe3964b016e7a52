import type { Socket } from 'node:net';
import { Port } from '../server.ts';

/** Bytes kept for a host that is not there yet. */
const keptBytes = 65_536;

/** Joins the machine's UART with one host at a time, so that a host may come, go and come again. */
export class Uart {
  readonly #machine: Port;
  readonly #host: Port;
  #machineSocket: Socket | undefined;
  #hostSocket: Socket | undefined;
  #kept = Buffer.alloc(0);

  constructor() {
    this.#machine = new Port((socket) => {
      this.#machineSocket = socket;
      socket.on('data', (chunk: Buffer) => {
        if (this.#hostSocket) this.#hostSocket.write(chunk);
        else this.#kept = Buffer.concat([this.#kept, chunk]).subarray(-keptBytes);
      });
    });
    this.#host = new Port((socket) => {
      this.#hostSocket?.destroy();
      this.#hostSocket = socket;
      socket.write(this.#kept);
      this.#kept = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => this.#machineSocket?.write(chunk));
      socket.on('close', () => {
        if (this.#hostSocket === socket) this.#hostSocket = undefined;
      });
    });
  }

  get machinePort(): number {
    return this.#machine.port;
  }

  get hostPort(): number {
    return this.#host.port;
  }

  /** What an earlier boot said to nobody is not for the next host. */
  forget(): void {
    this.#kept = Buffer.alloc(0);
  }

  async open(): Promise<void> {
    await Promise.all([this.#machine.open(), this.#host.open()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#machine.shut(), this.#host.shut()]);
  }
}
