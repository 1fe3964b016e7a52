import { describe, expect, it } from 'vitest';
import { createPipe, earlyBufferBytes } from '../../../src/main/transport/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createPipe', () => {
  it('carries bytes both ways, in order, never from inside write', async () => {
    const [near, far] = createPipe({ labels: ['a', 'b'], baud: 9600 });
    const heard: Uint8Array[] = [];
    far.onData((chunk) => heard.push(chunk));
    void near.write(bytes('one '));
    void near.write(bytes('two'));
    expect(heard).toEqual([]);
    await turn();
    expect(text(heard)).toBe('one two');
    const back: Uint8Array[] = [];
    near.onData((chunk) => back.push(chunk));
    await far.write(bytes('answer'));
    await turn();
    expect(text(back)).toBe('answer');
    expect([near.label, far.label, near.baud]).toEqual(['a', 'b', 9600]);
  });

  it('hands over its own copy, so that the writer may use its buffer again', async () => {
    const [near, far] = createPipe();
    const heard: Uint8Array[] = [];
    far.onData((chunk) => heard.push(chunk));
    const buffer = bytes('first');
    void near.write(buffer);
    buffer.fill(0x78);
    await turn();
    expect(text(heard)).toBe('first');
  });

  it('answers written from inside a data listener arrive', async () => {
    const [near, far] = createPipe();
    far.onData((chunk) => void far.write(bytes(`echo ${text([chunk])}`)));
    const heard: Uint8Array[] = [];
    near.onData((chunk) => heard.push(chunk));
    void near.write(bytes('x'));
    await turn();
    expect(text(heard)).toBe('echo x');
  });

  it('keeps early bytes for the first subscriber, up to the limit, and nothing for later ones', async () => {
    const [near, far] = createPipe();
    await far.write(bytes('boot'));
    await far.write(new Uint8Array(earlyBufferBytes).fill(0x2e));
    await turn();
    const first: Uint8Array[] = [];
    const second: Uint8Array[] = [];
    const stop = near.onData((chunk) => first.push(chunk));
    near.onData((chunk) => second.push(chunk));
    expect(text(first).slice(0, 5)).toBe('boot.');
    expect(text(first)).toHaveLength(earlyBufferBytes);
    expect(second).toEqual([]);
    stop();
    await far.write(bytes('more'));
    await turn();
    expect(text(first)).toHaveLength(earlyBufferBytes);
    expect(text(second)).toBe('more');
  });

  it('gives each of several subscribers bytes of its own', async () => {
    const [near, far] = createPipe();
    const seen: string[] = [];
    near.onData((chunk) => {
      seen.push(text([chunk]));
      chunk.fill(0);
    });
    near.onData((chunk) => seen.push(text([chunk])));
    await far.write(bytes('shared'));
    await turn();
    expect(seen).toEqual(['shared', 'shared']);
  });

  it('closing one end lets the other hear what was written, then ends it', async () => {
    const [near, far] = createPipe({ labels: ['near', 'far'] });
    const events: string[] = [];
    far.onData((chunk) => events.push(text([chunk])));
    far.onClose((reason) => events.push(isFault(reason, 'transport.lost') ? `lost ${reason.facts.port}` : 'other'));
    near.onClose((reason) => events.push(`near ${String(reason)}`));
    void near.write(bytes('last words'));
    await near.close();
    await near.close();
    await turn();
    expect(events).toEqual(['near undefined', 'last words', 'lost far']);
    await expect(near.write(bytes('x'))).rejects.toMatchObject({ code: 'transport.closed' });
    await expect(far.write(bytes('x'))).rejects.toMatchObject({ code: 'transport.lost' });
    const late: unknown[] = [];
    far.onClose((reason) => late.push(reason));
    await turn();
    expect(late).toHaveLength(1);
  });

  it('does not write for a signal that is aborted already', async () => {
    const [near] = createPipe();
    const reason = new Error('stop');
    await expect(near.write(bytes('x'), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
