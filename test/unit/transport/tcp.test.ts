import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/main/bench/index.ts';
import { openTcp } from '../../../src/main/transport/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();

describe('openTcp', () => {
  it('carries bytes both ways, early ones too, and closes', async () => {
    const port = await listen((socket) => {
      socket.write('boot\r\n');
      socket.on('data', (chunk) => socket.write(`echo ${chunk.toString()}`));
    });
    const stream = await openTcp({ host: '127.0.0.1', port, clock: systemClock() });
    expect([stream.label, stream.baud]).toEqual([`tcp:127.0.0.1:${port}`, undefined]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const heard: Uint8Array[] = [];
    const answered = new Promise<void>((resolve) => {
      stream.onData((chunk) => {
        heard.push(chunk);
        if (text(heard).includes('echo')) resolve();
      });
    });
    await stream.write(Buffer.from('name%'));
    await answered;
    expect(text(heard)).toBe('boot\r\necho name%');
    await stream.close();
    await stream.close();
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'transport.closed' });
  });

  it('ends with transport.lost when the other side goes', async () => {
    const port = await listen((socket) => void socket.end());
    const stream = await openTcp({ host: '127.0.0.1', port, clock: systemClock() });
    stream.onData(() => undefined);
    const reason = await new Promise((resolve) => stream.onClose(resolve));
    expect(reason).toMatchObject({ code: 'transport.lost' });
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'transport.lost' });
    await stream.close();
  });

  it('says when nothing listens', async () => {
    const port = await listen(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(openTcp({ host: '127.0.0.1', port, clock: systemClock() })).rejects.toMatchObject({
      code: 'transport.refused',
      facts: { address: `tcp:127.0.0.1:${port}` },
    });
  });

  it('gives up at the deadline and when aborted', async () => {
    const port = await listen(() => undefined);
    const clock = new ManualClock();
    // The clock stands still, so only the abort can end it; connecting takes at least one turn of the event loop.
    const controller = new AbortController();
    const opening = openTcp({ host: '127.0.0.1', port, clock, signal: controller.signal });
    controller.abort(new Error('stop'));
    await expect(opening).rejects.toThrow('stop');
    const late = openTcp({ host: '127.0.0.1', port, clock: { ...systemClock(), setTimer: fireAtOnce }, deadlineS: 2 });
    await expect(late).rejects.toMatchObject({ code: 'transport.openTimeout', facts: { deadlineS: 2 } });
  });
});

/** A deadline that has passed before the connection can be there. */
function fireAtOnce(_delayS: number, fire: () => void): { cancel: () => void } {
  let cancelled = false;
  queueMicrotask(() => {
    if (!cancelled) fire();
  });
  return { cancel: () => (cancelled = true) };
}
