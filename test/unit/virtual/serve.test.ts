import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  serveVirtualDut,
  type VirtualBench,
  type VirtualBenchOptions,
  type VirtualServer,
} from '../../../src/main/virtual/index.ts';
import { demo, openDemoBench } from './support.ts';

const open: { bench: VirtualBench; server: VirtualServer; sockets: Socket[] }[] = [];
afterEach(async () => {
  for (const { bench, server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await server.close();
    await bench.close();
  }
});

async function serve(
  options: Partial<VirtualBenchOptions> = {},
): Promise<{ port: number; events: string[]; client: () => Client }> {
  const bench = await openDemoBench(options);
  const events: string[] = [];
  const server = await serveVirtualDut(bench, { port: 0, onClient: ({ kind }) => events.push(kind) });
  const entry = { bench, server, sockets: [] as Socket[] };
  open.push(entry);
  return {
    port: server.port,
    events,
    client: () => {
      const client = new Client(server.port);
      entry.sockets.push(client.socket);
      return client;
    },
  };
}

/** A foreign program: knows nothing of virtual time. */
class Client {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #text = '';
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => {
      this.#text += chunk.toString('latin1');
      this.#wake();
    });
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  async ready(count = 1): Promise<string> {
    while (this.#text.split('m-ready\r\n').length <= count) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const text = this.#text;
    this.#text = '';
    return text;
  }

  async command(command: string): Promise<string> {
    this.socket.write(`${command}%`);
    return this.ready();
  }
}

describe('the virtual DUT for a foreign program', () => {
  it("boots at the connection and runs a session in the runner's pattern", async () => {
    const { client, events } = await serve();
    const runner = client();
    expect(await runner.ready()).toContain('m-init-done');
    expect(await runner.command('name')).toContain('m-name-dut-[');
    expect(await runner.command('profile')).toContain('m-model-[demo01]');
    const bytes = demo.inputs[0]?.bytes ?? Buffer.alloc(0);
    await runner.command(`db load ${String(bytes.length)}`);
    for (let at = 0; at < bytes.length; at += 31)
      await runner.command(`db ${bytes.subarray(at, at + 31).toString('hex')}`);
    expect(await runner.command('infer 1 0')).toMatch(/m-infer-done\r\nm-results-\[[\d.,]+\]\r\nm-ready\r\n$/);
    expect(events).toEqual(['connected']);
  });

  it('takes one client at a time, and the next one when it has left', async () => {
    const { client, events } = await serve();
    const first = client();
    await first.ready();
    const second = client();
    await second.closed;
    expect(await first.command('name')).toContain('m-name-dut-[');
    first.socket.destroy();
    while (!events.includes('left')) await new Promise((resolve) => setTimeout(resolve, 5));
    const third = client();
    expect(await third.ready()).toContain('m-timestamp-mode-performance');
    expect(events).toEqual(['connected', 'refused', 'left', 'connected']);
  });

  it('waits for the first byte of a program that throws away what came before', async () => {
    const { client } = await serve({ onOpen: 'bootOnFirstByte' });
    const runner = client();
    runner.socket.write('name%');
    const text = await runner.ready(2);
    expect(text).toMatch(/^m-timestamp-mode-performance\r\n/);
    expect(text).toMatch(/m-name-dut-\[joulebench-virtual\]\r\nm-ready\r\n$/);
  });

  it("keeps the wall's time between commands at a real pace", async () => {
    const { client } = await serve({ pace: 1 });
    const runner = client();
    await runner.ready();
    const stamp = async (): Promise<number> => Number(/m-lap-us-(\d+)/.exec(await runner.command('timestamp'))?.[1]);
    const first = await stamp();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await stamp()) - first).toBeGreaterThan(55_000);
  });

  it('says so when the port cannot be had', async () => {
    const { port } = await serve();
    const bench = await openDemoBench();
    await expect(serveVirtualDut(bench, { port })).rejects.toThrow(/virtual\.serveFailed.*EADDRINUSE/);
    await bench.close();
  });
});
