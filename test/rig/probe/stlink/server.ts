import type { Socket } from 'node:net';
import type { Bridge } from '../faults.ts';
import type { StlinkCommands } from './commands.ts';

/** Status words of the ST-LINK server. */
const status = { ok: 1, badParameter: 0x1002, open: 0x1003, notAvailable: 0x1053 } as const;
const lengths = new Map([
  [0x00, 2],
  [0x01, 1],
  [0x02, 8],
  [0x03, 8],
  [0x04, 8],
  [0x05, 32],
  [0x06, 4],
]);
const deviceId = 0x1234;
const connectId = 7;
const deviceInfoBytes = 41;
const serialBytes = 32;

export interface StlinkServerOptions {
  commands: StlinkCommands;
  bridge: Bridge;
  serial: string;
  /** Runs one request after all that came before; never answers while the probe stalls. */
  turn: <T>(action: () => Promise<T>) => Promise<T>;
}

/** One client of the ST-LINK server's protocol (all integers little-endian): device list, open, USB commands. */
export function serveStlink(socket: Socket, options: StlinkServerOptions): void {
  const { bridge } = options;
  let pending = Buffer.alloc(0);
  let busy = false;
  bridge.note('ST-LINK client connected');
  socket.on('close', () => bridge.note('ST-LINK client gone'));
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      for (let need = wanted(pending); need !== undefined && pending.length >= need; need = wanted(pending)) {
        const request = pending.subarray(0, need);
        pending = pending.subarray(need);
        const reply = await options.turn(() => answer(request, options));
        if (socket.destroyed) return;
        socket.write(reply);
      }
    } catch (error) {
      socket.destroy();
      bridge.note(`ST-LINK client dropped: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      busy = false;
    }
  };
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    void work();
  });
}

/** Length of the request at the start; undefined when more is needed to know. */
function wanted(pending: Buffer): number | undefined {
  if (pending.length === 0) return undefined;
  const length = lengths.get(pending[0] ?? -1);
  if (length === undefined) throw new Error(`unknown request ${pending[0] ?? -1}`);
  if (pending[0] !== 0x05) return length;
  if (pending.length < length) return undefined;
  return pending[24] === 0 ? length + pending.readUInt32LE(28) : length;
}

async function answer(request: Buffer, options: StlinkServerOptions): Promise<Buffer> {
  const { faults } = options.bridge;
  const devices = faults.noProbe ? 0 : 1;
  switch (request[0]) {
    case 0x06:
      return words(2, 1, 4, 0); // api 2
    case 0x00:
      return words(status.ok);
    case 0x01:
      return words(devices);
    case 0x02: {
      if ((request[1] ?? 0) >= devices)
        return Buffer.concat([words(status.badParameter), Buffer.alloc(deviceInfoBytes)]);
      const reply = Buffer.alloc(4 + deviceInfoBytes);
      reply.writeUInt32LE(status.ok, 0);
      reply.writeUInt32LE(deviceId, 4);
      reply.write((faults.serialMismatch ?? options.serial).slice(0, serialBytes), 8, 'ascii');
      reply.writeUInt16LE(0x0483, 40);
      reply.writeUInt16LE(0x374b, 42);
      reply[44] = faults.probeBusy ? 1 : 0;
      return reply;
    }
    case 0x03:
      if (devices === 0 || faults.probeBusy || request.readUInt32LE(4) !== deviceId) return words(status.open, 0);
      return words(status.ok, connectId);
    case 0x04:
      return words(status.ok);
    default: {
      const reading = request[24] !== 0;
      const size = request.readUInt32LE(28);
      if (request.readUInt32LE(4) !== connectId)
        return Buffer.concat([words(status.badParameter), Buffer.alloc(reading ? size : 0)]);
      const result = await options.commands.run(request.subarray(8, 24), request.subarray(32), size);
      if (!reading) return words(status.ok);
      const reply = Buffer.alloc(4 + size);
      reply.writeUInt32LE(status.ok, 0);
      result.copy(reply, 4, 0, size);
      return reply;
    }
  }
}

function words(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => buffer.writeUInt32LE(value >>> 0, index * 4));
  return buffer;
}
