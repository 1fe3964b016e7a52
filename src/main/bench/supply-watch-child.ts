/**
 * The watchdog process (see supply-watch.ts): waits for its parent to end. It connects to the parent's address on its command line; one
 * line of JSON arms it, the line `disarm` sends it home; when the connection ends without that, the parent is gone, and the supply is
 * switched off.
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { z } from 'zod';
import { watchAddress } from './supply-watch-address.ts';

const serialOrderSchema = z.object({ path: z.string().min(1), baud: z.number().positive(), hex: z.string() });
const tcpOrderSchema = z.object({ host: z.string().min(1), port: z.number().int().positive(), hex: z.string() });
const orderSchema = z.union([serialOrderSchema, tcpOrderSchema]);
type Order = z.infer<typeof orderSchema>;

/** The dead parent may hold the port for a moment more. */
const retryMs = 100;
const mostMs = 3000;
/** The bytes are sent twice: the first may meet an instrument in the middle of a command. */
const settleMs = 250;

/** An open line to the instrument. */
interface Line {
  send(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

function openPort(path: string, baud: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: baud, autoOpen: false });
    port.on('error', () => undefined);
    const line: Line = {
      send: (bytes) =>
        new Promise((sent, failed) => {
          port.write(bytes);
          port.drain((error) => (error ? failed(error) : sent()));
        }),
      close: () => new Promise((closed) => port.close(() => closed())),
    };
    port.open((error) => (error ? reject(error) : resolve(line)));
  });
}

function openSocket(host: string, port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: mostMs });
    socket.on('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('timeout')));
    // What it says is of no interest, but must not stay in the way of its end.
    socket.resume();
    const line: Line = {
      send: (bytes) =>
        new Promise((sent, failed) => {
          socket.once('close', () => failed(new Error('closed')));
          socket.write(bytes, (error) => (error ? failed(error) : sent()));
        }),
      close: () => new Promise((closed) => socket.end(() => closed())),
    };
    socket.once('connect', () => resolve(line));
  });
}

/** Each way to the instrument; some systems refuse an unusual rate, which does not matter over USB. */
function waysTo(order: Order): (() => Promise<Line>)[] {
  if ('host' in order) return [() => openSocket(order.host, order.port)];
  return [order.baud, 115_200].map((baud) => () => openPort(order.path, baud));
}

async function switchOff(order: Order): Promise<void> {
  const bytes = Buffer.from(order.hex, 'hex');
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    for (const open of waysTo(order)) {
      try {
        const line = await open();
        await line.send(bytes);
        await pause(settleMs);
        await line.send(bytes);
        await pause(settleMs);
        await line.close();
        return;
      } catch (error) {
        if (waitedMs >= mostMs) throw error;
      }
    }
    await pause(retryMs);
  }
}

async function watch(address: string): Promise<void> {
  const parent = connect(address);
  parent.on('error', () => undefined);
  let order: Order | undefined;
  try {
    for await (const line of createInterface({ input: parent })) {
      if (line === 'disarm') return;
      order = orderSchema.parse(JSON.parse(line));
      parent.write('armed\n');
    }
  } catch {
    // A connection that broke says the same as one that ended; without an order there is nothing to do.
  }
  if (order) await switchOff(order);
}

// The end of the parent is the only reason to act or to go; what ends a whole terminal must not end this.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, () => undefined);

await watch(watchAddress(process.argv) ?? '').then(
  () => process.exit(0),
  () => process.exit(1),
);
