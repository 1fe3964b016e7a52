import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as breathe } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVirtualProbe } from '../../../rig/probe/index.ts';
import type { VirtualProbe } from '../../../rig/probe/index.ts';

let probe: VirtualProbe;
beforeEach(async () => {
  probe = await openVirtualProbe({ chip: 'stm32f4' });
});
afterEach(() => probe.close());

/** Sends bytes in pieces and returns the answers up to a length. */
async function talk(port: number, pieces: readonly Buffer[], answerBytes: number): Promise<Buffer> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let answer = Buffer.alloc(0);
  const full = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= answerBytes) resolve();
    });
    socket.on('close', () => resolve());
  });
  for (const piece of pieces) {
    socket.write(piece);
    await breathe();
  }
  await full;
  socket.destroy();
  return answer;
}

/** A USB command through the server. */
function usb(command: readonly number[], read: number, data = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(32);
  head[0] = 5;
  head.writeUInt32LE(7, 4);
  Buffer.from(command).copy(head, 8);
  head[24] = read > 0 ? 1 : 0;
  head.writeUInt32LE(read > 0 ? read : data.length, 28);
  return Buffer.concat([head, data]);
}

/** A little-endian word as bytes. */
const word = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

describe('the ST-LINK server', () => {
  const ram = 0x2000_0000;
  const write = usb([0xf2, 0x08, ...word(ram), 8, 0], 0, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
  const read = usb([0xf2, 0x07, ...word(ram), 8, 0], 8);
  const session = Buffer.concat([Buffer.from([6, 1, 0, 0]), Buffer.from([1]), write, read]);
  const answers = 16 + 4 + 4 + (4 + 8);

  it('answers the same wherever its requests are cut', async () => {
    const whole = await talk(probe.stlinkPort, [session], answers);
    expect(whole).toHaveLength(answers);
    expect([...whole.subarray(-8)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (let cut = 1; cut < session.length; cut += 1) {
      const parts = [session.subarray(0, cut), session.subarray(cut)];
      expect((await talk(probe.stlinkPort, parts, answers)).equals(whole)).toBe(true);
    }
  });

  it('drops who sends what it does not know, and serves the next one', async () => {
    expect(await talk(probe.stlinkPort, [Buffer.from([0x99, 1, 2])], 1)).toHaveLength(0);
    expect((await talk(probe.stlinkPort, [Buffer.from([1])], 4)).readUInt32LE(0)).toBe(1);
  });

  it('tells where a memory transfer failed', async () => {
    const nowhere = usb([0xf2, 0x07, ...word(0x3000_0000), 4, 0], 4);
    const status = usb([0xf2, 0x3e], 12);
    const answer = await talk(probe.stlinkPort, [nowhere, status], 8 + 16);
    expect(answer[12]).toBe(0x11); // AP FAULT
    expect(answer.readUInt32LE(20)).toBe(0x3000_0000);
  });

  it('gives the voltage that was injected', async () => {
    await probe.inject({ voltageV: 1.8 });
    const answer = await talk(probe.stlinkPort, [usb([0xf7], 8)], 12);
    expect((2 * answer.readUInt32LE(8) * 1.2) / answer.readUInt32LE(4)).toBeCloseTo(1.8, 2);
  });
});

describe('the remote probe server', () => {
  const lines = [
    { id: 0, request: 'hello', arguments: [1] },
    { id: 1, request: 'read_dp', arguments: [0] },
    { id: 2, request: 'no such thing' },
    { id: 3, request: 'write_ap', arguments: [4, 0x3000_0000] },
    { id: 4, request: 'read_ap', arguments: [12] },
  ];
  const session = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const expected = [
    { id: 0, status: 0 },
    { id: 1, status: 0, result: 0x2ba0_1477 },
    { id: 2, status: 1, error: 'request no such thing is not known here' },
    { id: 3, status: 0 },
    { id: 4, status: 12, error: 'FAULT response' },
  ];
  const text = expected.map((line) => `${JSON.stringify(line)}\n`).join('');
  const clear = Buffer.from(`${JSON.stringify({ id: 5, request: 'write_dp', arguments: [0, 0x1e] })}\n`);

  it('answers line by line wherever they are cut', async () => {
    for (let cut = 1; cut < session.length; cut += 1) {
      const parts = [clear, session.subarray(0, cut), session.subarray(cut)];
      const answer = await talk(probe.pyocdPort, parts, text.length + '{"id":5,"status":0}\n'.length);
      expect(answer.toString()).toBe(`{"id":5,"status":0}\n${text}`);
    }
  });

  it.each(['', 'no JSON', '[]', 'null', '{"request":7}', '{"id":1,"request":"read_dp","arguments":["x"]}'])(
    'refuses %j and lives on',
    async (line) => {
      const parts = [Buffer.from(`${line}\n`), clear];
      const answer = await talk(probe.pyocdPort, parts, 40);
      const [first = ''] = answer.toString().split('\n');
      expect(JSON.parse(first)).toMatchObject({ status: 1 });
    },
  );
});
