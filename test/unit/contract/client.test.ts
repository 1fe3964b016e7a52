import { describe, expect, it } from 'vitest';
import { contractVersion, createClient } from '../../../src/shared/contract/index.ts';
import type { Client } from '../../../src/shared/contract/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { simBench } from './fake-handlers.ts';
import { ScriptedChannel } from './scripted-channel.ts';

function open(): { channel: ScriptedChannel; clock: ManualClock; client: Client } {
  const channel = new ScriptedChannel();
  const clock = new ManualClock();
  return { channel, clock, client: createClient(channel, { clock }) };
}

function follow(client: Client): { values: string[]; faults: FaultCode[]; stop: () => void } {
  const values: string[] = [];
  const faults: FaultCode[] = [];
  const stop = client.subscribe(
    'bench',
    { benchId: 'b' },
    {
      onValue: ({ name }, seq) => void values.push(`${name} ${seq}`),
      onFault: ({ code }) => void faults.push(code),
    },
  );
  return { values, faults, stop };
}

const snapshot = (id: number, seq: number): object => ({ t: 'snapshot', id, seq, value: simBench });
const rename = (id: number, after: number, seq: number, value: unknown = 'New'): object => ({
  t: 'changes',
  id,
  after,
  seq,
  changes: [{ op: 'set', path: ['name'], value }],
});

describe('the page’s end', () => {
  it('says hello first', () => {
    expect(open().channel.posted[0]).toMatchObject({ t: 'hello', contract: contractVersion });
  });

  it('gives up when no welcome comes', async () => {
    const { clock, client, channel } = open();
    const call = client.call('settings.get', {});
    const settled = Promise.allSettled([client.ready, call]);
    await clock.advance(5);
    for (const result of await settled) {
      expect(result.status === 'rejected' && isFault(result.reason, 'api.noAnswer')).toBe(true);
    }
    expect(channel.closed).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('refuses a host of another contract', async () => {
    const { client, channel } = open();
    channel.say({ t: 'welcome', contract: contractVersion + 1, version: '9' });
    await expect(client.ready).rejects.toMatchObject({
      code: 'api.contractMismatch',
      facts: { page: contractVersion, host: contractVersion + 1 },
    });
    await expect(client.call('settings.get', {})).rejects.toMatchObject({ code: 'api.contractMismatch' });
  });

  it('answers the host’s sign of life, and takes a silent host for gone after 15 seconds', async () => {
    const { client, channel, clock } = open();
    const reasons: FaultCode[] = [];
    client.onClose(({ code }) => void reasons.push(code));
    channel.say({ t: 'welcome', contract: contractVersion, version: '1' });
    channel.say({ t: 'ping' });
    expect(channel.of('pong')).toHaveLength(1);
    await clock.advance(15);
    expect(channel.of('ping')).toHaveLength(3);
    expect(reasons).toEqual([]);
    await clock.advance(5);
    expect(reasons).toEqual(['api.connectionLost']);
  });

  it('does not take a host for gone because the computer slept', async () => {
    const { client, channel, clock } = open();
    channel.say({ t: 'welcome', contract: contractVersion, version: '1' });
    for (let day = 0; day < 3; day += 1) {
      // One late beat, then the host is heard again.
      await clock.advance(5);
      channel.say({ t: 'pong' });
    }
    expect(client.closed).toBe(false);
  });

  it('subscribes anew when a step is missing', () => {
    const { client, channel } = open();
    const { values, faults } = follow(client);
    channel.say(snapshot(1, 4));
    channel.say(rename(1, 4, 6));
    channel.say(rename(1, 7, 8, 'Lost'));
    expect(values).toEqual(['Virtual bench 4', 'New 6']);
    expect(channel.of('cancel')).toEqual([{ t: 'cancel', id: 1 }]);
    expect(channel.of('subscribe')).toHaveLength(2);
    channel.say(rename(1, 8, 9, 'Old number'));
    channel.say(snapshot(2, 9));
    channel.say(rename(2, 9, 10, 'Again'));
    expect(values).toEqual(['Virtual bench 4', 'New 6', 'Virtual bench 9', 'Again 10']);
    expect(faults).toEqual([]);
  });

  it('subscribes anew when a change does not fit its value', () => {
    const { client, channel } = open();
    follow(client);
    channel.say(snapshot(1, 0));
    channel.say({ t: 'changes', id: 1, after: 0, seq: 1, changes: [{ op: 'set', path: ['name', 'part'], value: 1 }] });
    expect(channel.of('subscribe')).toHaveLength(2);
  });

  it('gives a topic up when steps are missing again and again', () => {
    const { client, channel } = open();
    const { faults } = follow(client);
    for (let id = 1; id <= 4; id += 1) {
      channel.say(snapshot(id, 0));
      channel.say(rename(id, 5, 6));
    }
    expect(faults).toEqual(['api.topicBroken']);
    expect(channel.of('subscribe')).toHaveLength(4);
  });

  it('returns a credit for each message that was dealt with, and none after it stopped', () => {
    const { client, channel } = open();
    const { stop } = follow(client);
    channel.say(snapshot(1, 0));
    channel.say(rename(1, 0, 1));
    expect(channel.of('credit')).toEqual([
      { t: 'credit', id: 1, n: 1 },
      { t: 'credit', id: 1, n: 1 },
    ]);
    stop();
    channel.say(rename(1, 1, 2));
    expect(channel.of('credit')).toHaveLength(2);
  });

  it('tells the subscribers when the connection is lost', () => {
    const { client, channel } = open();
    const { faults } = follow(client);
    channel.listeners.end();
    expect(faults).toEqual(['api.connectionLost']);
    expect(follow(client).faults).toEqual(['api.connectionLost']);
  });

  it('ends a byte stream that misses a chunk', async () => {
    const { client, channel } = open();
    const iterator = client.bytes('session.reportBytes', { sessionId: 's' })[Symbol.asyncIterator]();
    channel.say({ t: 'chunk', id: 1, seq: 0, bytes: Uint8Array.of(1), last: false });
    expect((await iterator.next()).value).toEqual(Uint8Array.of(1));
    channel.say({ t: 'chunk', id: 1, seq: 2, bytes: Uint8Array.of(3), last: true });
    await expect(iterator.next()).rejects.toMatchObject({ code: 'api.connectionLost' });
    expect(channel.of('cancel')).toHaveLength(1);
  });

  it('passes over what it does not understand', async () => {
    const { client, channel } = open();
    const call = client.call('settings.get', {});
    channel.say({ t: 'news', id: 1 });
    channel.say('text');
    channel.say({ t: 'result', id: 99, output: 1 });
    channel.say({ t: 'result', id: 1, output: { version: 1 } });
    await expect(call).resolves.toEqual({ version: 1 });
  });
});
