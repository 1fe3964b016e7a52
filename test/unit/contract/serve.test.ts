import { describe, expect, it } from 'vitest';
import { contractVersion, LiveTopic, serve } from '../../../src/shared/contract/index.ts';
import type { TopicValue } from '../../../src/shared/contract/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { fakeHandlers, simBench } from './fake-handlers.ts';
import type { FakeParts } from './fake-handlers.ts';
import { ScriptedChannel } from './scripted-channel.ts';

const hello = { t: 'hello', contract: contractVersion, client: 'test' };

function open(parts: FakeParts = {}): { channel: ScriptedChannel; clock: ManualClock; gone: string[] } {
  const channel = new ScriptedChannel();
  const clock = new ManualClock();
  const gone: string[] = [];
  serve(channel, fakeHandlers(parts), {
    clock,
    version: '1',
    client: { id: 'c', carrier: 'memory' },
    log: (_event, { reason }) => gone.push(String(reason)),
  });
  return { channel, clock, gone };
}

describe('the host’s end', () => {
  it('expects hello before anything else', () => {
    const { channel, gone } = open();
    channel.say({ t: 'call', id: 1, name: 'settings.get', input: {} });
    expect(gone).toEqual(['not the contract']);
    expect(channel.posted).toEqual([]);
  });

  it('ends a page that uses a number twice', () => {
    const { channel, gone } = open({ calls: { 'settings.get': () => new Promise(() => undefined) } });
    channel.say(hello);
    channel.say({ t: 'call', id: 1, name: 'settings.get', input: {} });
    channel.say({ t: 'call', id: 1, name: 'settings.get', input: {} });
    expect(gone).toEqual(['number used twice']);
  });

  it('asks a silent page for a sign of life, and ends it after 15 seconds', async () => {
    const { channel, clock, gone } = open();
    channel.say(hello);
    channel.say({ t: 'ping' });
    expect(channel.of('pong')).toHaveLength(1);
    await clock.advance(10);
    channel.say({ t: 'pong' });
    await clock.advance(15);
    expect(gone).toEqual([]);
    await clock.advance(5);
    expect(gone).toEqual(['silent']);
    expect(clock.pending).toBe(0);
    expect(channel.closed).toBe(true);
  });

  it('keeps a shortest time between two messages of a topic', async () => {
    const topic = new LiveTopic<TopicValue<'bench'>>(simBench);
    const { channel, clock } = open({ topics: { bench: () => topic } });
    channel.say(hello);
    channel.say({ t: 'subscribe', id: 1, name: 'bench', key: { benchId: 'b' } });
    await clock.advance(1);
    for (let step = 0; step < 50; step += 1) topic.update([{ op: 'set', path: ['name'], value: `step ${step}` }]);
    expect(channel.of('changes')).toHaveLength(1);
    await clock.advance(1 / 30);
    expect(channel.of('changes')).toHaveLength(2);
    expect(channel.of('changes')[1]).toEqual({
      t: 'changes',
      id: 1,
      after: 1,
      seq: 50,
      changes: [{ op: 'set', path: ['name'], value: 'step 49' }],
    });
  });

  it('sends nothing of a topic or a stream into a full medium', async () => {
    const topic = new LiveTopic<TopicValue<'bench'>>(simBench);
    const { channel, clock } = open({
      topics: { bench: () => topic },
      bytes: {
        'session.reportBytes': async function* () {
          yield await Promise.resolve(Uint8Array.of(1));
        },
      },
    });
    channel.say(hello);
    channel.say({ t: 'subscribe', id: 1, name: 'bench', key: { benchId: 'b' } });
    await clock.advance(1);
    channel.bufferedBytes = 9_000_000;
    topic.update([{ op: 'set', path: ['name'], value: 'New' }]);
    channel.say({ t: 'bytes', id: 2, name: 'session.reportBytes', input: { sessionId: 's' } });
    await clock.advance(1);
    expect([channel.of('changes').length, channel.of('chunk').length]).toEqual([0, 0]);
    channel.bufferedBytes = 0;
    await clock.advance(1);
    expect([channel.of('changes').length, channel.of('chunk').length]).toEqual([1, 2]);
  });

  it('never lets a page have more credit than it started with', async () => {
    const topic = new LiveTopic<TopicValue<'bench'>>(simBench);
    const { channel, clock } = open({ topics: { bench: () => topic } });
    channel.say(hello);
    channel.say({ t: 'subscribe', id: 1, name: 'bench', key: { benchId: 'b' } });
    channel.say({ t: 'credit', id: 1, n: 1000 });
    for (let step = 0; step < 20; step += 1) {
      topic.update([{ op: 'set', path: ['name'], value: `step ${step}` }]);
      await clock.advance(0.1);
    }
    expect(channel.of('snapshot').length + channel.of('changes').length).toBeLessThanOrEqual(9);
  });

  it('says nothing to a page that has let go of a call', async () => {
    let answer: (() => void) | undefined;
    const { channel, clock } = open({
      calls: { 'bench.list': () => new Promise((resolve) => (answer = () => resolve([]))) },
    });
    channel.say(hello);
    channel.say({ t: 'call', id: 1, name: 'bench.list', input: {} });
    channel.say({ t: 'cancel', id: 1 });
    channel.say({ t: 'cancel', id: 77 });
    channel.say({ t: 'credit', id: 77, n: 1 });
    answer?.();
    await clock.advance(1);
    expect(channel.posted).toEqual([{ t: 'welcome', contract: contractVersion, version: '1' }]);
  });
});
