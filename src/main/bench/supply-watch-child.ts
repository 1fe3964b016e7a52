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

const orderSchema = z.object({ path: z.string().min(1), baud: z.number().positive(), hex: z.string() });
type Order = z.infer<typeof orderSchema>;

/** The dead parent may hold the port for a moment more. */
const retryMs = 100;
const mostMs = 3000;
/** The bytes are sent twice: the first may meet an instrument in the middle of a command. */
const settleMs = 250;

function open(path: string, baud: number): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: baud, autoOpen: false });
    port.on('error', () => undefined);
    port.open((error) => (error ? reject(error) : resolve(port)));
  });
}

function send(port: SerialPort, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    port.write(bytes);
    port.drain((error) => (error ? reject(error) : resolve()));
  });
}

/** Some systems refuse an unusual rate, which does not matter over USB. */
async function openSomehow(order: Order): Promise<SerialPort> {
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    for (const baud of [order.baud, 115_200]) {
      try {
        return await open(order.path, baud);
      } catch (error) {
        if (waitedMs >= mostMs) throw error;
      }
    }
    await pause(retryMs);
  }
}

async function switchOff(order: Order): Promise<void> {
  const bytes = Buffer.from(order.hex, 'hex');
  const port = await openSomehow(order);
  await send(port, bytes);
  await pause(settleMs);
  await send(port, bytes);
  await pause(settleMs);
  await new Promise<void>((resolve) => {
    port.close(() => resolve());
  });
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
