import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, LiveTopic, serve } from '../../../src/shared/contract/index.ts';
import type { CallContext, Client, Handlers, Served, TopicValue } from '../../../src/shared/contract/index.ts';
import { defaultSettings } from '../../../src/shared/domain/settings.ts';
import { Fault, isFault } from '../../../src/shared/fault/index.ts';
import type { FaultCode } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { carriers } from './carriers.ts';
import type { Pair } from './carriers.ts';
import { fakeHandlers, simBench } from './fake-handlers.ts';
import type { FakeParts } from './fake-handlers.ts';

vi.mock('electron', async () => import('../../support/electron/message-port.ts'));

type Bench = TopicValue<'bench'>;

describe.each(carriers)('the contract over %s', (_name, open) => {
  let pair: Pair;
  let clock: ManualClock;
  let client: Client;
  let served: Served;
  const gone: string[] = [];
  const log: string[] = [];

  function start(parts: FakeParts | Handlers, name = 'test'): void {
    const handlers =
      'calls' in parts && 'bytes' in parts && 'topics' in parts
        ? (parts as Handlers)
        : fakeHandlers(parts as FakeParts);
    served = serve(pair.host, handlers, {
      clock,
      version: '1.2.3',
      client: { id: name, carrier: 'memory' },
      topicIntervalS: 0,
      onGone: ({ id }) => gone.push(id),
      log: (event, facts) => log.push(`${event} ${String(facts['reason'] ?? facts['code'])}`),
    });
    client = createClient(pair.page, { clock, name });
  }

  beforeEach(async () => {
    pair = await open();
    clock = new ManualClock();
    gone.length = 0;
    log.length = 0;
  });

  afterEach(async () => {
    client.close();
    served.close();
    await pair.dispose();
  });

  it('tells the version of the host', async () => {
    start({});
    await expect(client.ready).resolves.toEqual({ version: '1.2.3' });
  });

  it('calls, fills in defaults, and answers', async () => {
    let seen: unknown;
    start({
      calls: {
        'run.start': (input) => {
          seen = input;
          const { benchId } = input;
          return Promise.resolve({
            id: 'op',
            kind: 'run',
            benchId,
            state: 'running',
            startedAt: '2026-01-01T00:00:00Z',
            step: 's',
          });
        },
      },
    });
    const operation = await client.call('run.start', { benchId: 'virtual', workload: 'demo01', modes: ['accuracy'] });
    expect(operation).toMatchObject({ id: 'op', benchId: 'virtual' });
    expect(seen).toMatchObject({ operator: '', dutUnit: {} });
  });

  it('names the field of a bad input', async () => {
    start({});
    const fault = await faultOf(client.call('bench.setPace', { benchId: 'virtual', pace: -1 }), 'api.badInput');
    expect(fault.facts).toMatchObject({ procedure: 'bench.setPace', field: 'pace' });
  });

  it('refuses what the contract does not have, and names of another kind', async () => {
    start({});
    const call = client.call.bind(client) as (name: string, input: unknown, options: object) => Promise<unknown>;
    for (const name of ['bench', '__proto__', 'toString', 'session.reportBytes', 'nothing.here']) {
      await faultOf(call(name, {}, { deadlineS: 5 }), 'api.unknownProcedure');
    }
  });

  it('carries the fault of a handler with its facts, and hides a defect behind a code', async () => {
    start({
      calls: {
        'bench.close': ({ benchId }) =>
          Promise.reject(new Fault('api.badOutput', { procedure: benchId, field: 'f', problem: 'p' })),
        'settings.get': () => Promise.reject(new TypeError('x is undefined')),
        'bench.list': () => {
          throw new RangeError('at once');
        },
      },
    });
    const fault = await faultOf(client.call('bench.close', { benchId: 'b' }), 'api.badOutput');
    expect(fault.facts).toEqual({ procedure: 'b', field: 'f', problem: 'p' });
    await faultOf(client.call('settings.get', {}), 'internal.unexpected');
    await faultOf(client.call('bench.list', {}), 'internal.unexpected');
    expect(log).toContain('api.fault internal.unexpected');
  });

  it('holds the host to the contract, and keeps what the contract does not name', async () => {
    start({
      calls: {
        'settings.get': () => Promise.resolve({ paper: 'A9' } as never),
        'bench.list': () =>
          Promise.resolve([{ id: 'a', name: 'A', simulated: true, open: false, secret: 'x' } as never]),
      },
    });
    await faultOf(client.call('settings.get', {}), 'api.badOutput');
    expect(await client.call('bench.list', {})).toEqual([{ id: 'a', name: 'A', simulated: true, open: false }]);
  });

  it('keeps concurrent calls apart', async () => {
    const waiting: (() => void)[] = [];
    start({
      calls: {
        'settings.set': ({ operator }) =>
          new Promise((resolve) => waiting.unshift(() => resolve({ ...defaultSettings, operator: operator ?? '' }))),
      },
    });
    const calls = ['a', 'b', 'c'].map((operator) => client.call('settings.set', { operator }));
    await vi.waitUntil(() => waiting.length === 3);
    for (const answer of waiting) answer();
    expect((await Promise.all(calls)).map(({ operator }) => operator)).toEqual(['a', 'b', 'c']);
  });

  it('aborts the handler at the deadline and says so on both sides', async () => {
    const signals: AbortSignal[] = [];
    start({ calls: { 'settings.get': hanging(signals) } });
    const call = faultOf(client.call('settings.get', {}), 'api.deadline');
    await vi.waitUntil(() => signals.length === 1);
    await clock.advance(9.9);
    expect(signals[0]?.aborted).toBe(false);
    await clock.advance(0.2);
    expect((await call).facts).toEqual({ procedure: 'settings.get', deadlineS: 10 });
    await vi.waitUntil(() => signals[0]?.aborted);
    expect(signals[0]?.reason).toBeInstanceOf(Fault);
  });

  it('takes a deadline of the caller', async () => {
    const signals: AbortSignal[] = [];
    start({ calls: { 'settings.get': hanging(signals) } });
    const call = faultOf(client.call('settings.get', {}, { deadlineS: 2 }), 'api.deadline');
    await vi.waitUntil(() => signals.length === 1);
    await clock.advance(2);
    expect((await call).facts['deadlineS']).toBe(2);
  });

  it('cancels: the caller hears at once, the handler is aborted', async () => {
    const signals: AbortSignal[] = [];
    start({ calls: { 'settings.get': hanging(signals) } });
    const controller = new AbortController();
    const call = faultOf(client.call('settings.get', {}, { signal: controller.signal }), 'operation.cancelled');
    await vi.waitUntil(() => signals.length === 1);
    controller.abort();
    await call;
    await vi.waitUntil(() => signals[0]?.aborted);
    await faultOf(client.call('settings.get', {}, { signal: controller.signal }), 'operation.cancelled');
    expect(signals).toHaveLength(1);
  });

  it('limits what one page may have under way', async () => {
    const signals: AbortSignal[] = [];
    start({ calls: { 'settings.get': hanging(signals) } });
    const calls = Array.from({ length: 257 }, () => client.call('settings.get', {}).catch((error: unknown) => error));
    await vi.waitUntil(() => signals.length === 256);
    expect(isFault(await calls[256], 'api.tooManyCalls')).toBe(true);
  });

  it('aborts everything of a page that is gone, and says who', async () => {
    const signals: AbortSignal[] = [];
    const topic = new LiveTopic<Bench>(simBench);
    start({ calls: { 'settings.get': hanging(signals) }, topics: { bench: () => topic } }, 'window 7');
    const call = faultOf(client.call('settings.get', {}), 'operation.cancelled');
    client.subscribe('bench', { benchId: 'b' }, quiet);
    await vi.waitUntil(() => signals.length === 1 && topic.viewers === 1);
    client.close();
    await call;
    await vi.waitUntil(() => signals[0]?.aborted && topic.viewers === 0);
    expect(gone).toEqual(['window 7']);
    await faultOf(client.call('settings.get', {}), 'operation.cancelled');
  });

  it('tells the page when the host is gone', async () => {
    const signals: AbortSignal[] = [];
    start({ calls: { 'settings.get': hanging(signals) } });
    const reasons: FaultCode[] = [];
    client.onClose(({ code }) => reasons.push(code));
    const call = faultOf(client.call('settings.get', {}), 'api.connectionLost');
    await vi.waitUntil(() => signals.length === 1);
    served.close();
    await call;
    expect(reasons).toEqual(['api.connectionLost']);
    expect(client.closed).toBe(true);
    expect(signals[0]?.aborted).toBe(true);
  });

  it('lives on heartbeats', async () => {
    start({});
    await client.ready;
    for (let beat = 0; beat < 20; beat += 1) await clock.advance(5);
    await expect(client.call('settings.get', {})).resolves.toEqual(defaultSettings);
    expect(gone).toEqual([]);
  });

  it('follows a topic: a snapshot, then numbered changes', async () => {
    const topic = new LiveTopic<Bench>(simBench);
    topic.update([{ op: 'set', path: ['name'], value: 'Before' }]);
    start({ topics: { bench: () => topic } });
    const seen: [string, number][] = [];
    const stop = client.subscribe(
      'bench',
      { benchId: 'b' },
      { ...quiet, onValue: ({ name }, seq) => void seen.push([name, seq]) },
    );
    await vi.waitUntil(() => seen.length === 1);
    topic.update([{ op: 'set', path: ['name'], value: 'After' }]);
    topic.replace({ ...simBench, name: 'Whole' });
    await vi.waitUntil(() => seen.at(-1)?.[1] === 3);
    expect(seen[0]).toEqual(['Before', 1]);
    expect(seen.at(-1)).toEqual(['Whole', 3]);
    stop();
    await vi.waitUntil(() => topic.viewers === 0);
  });

  it('merges changes while the page has not drawn, and loses none', async () => {
    const topic = new LiveTopic<Bench>({ ...simBench, instruments: [] });
    start({ topics: { bench: () => topic } });
    const drawn: (() => void)[] = [];
    const seqs: number[] = [];
    let last: Bench | undefined;
    client.subscribe(
      'bench',
      { benchId: 'b' },
      {
        ...quiet,
        onValue(value, seq) {
          last = value;
          seqs.push(seq);
          return new Promise<void>((resolve) => drawn.push(resolve));
        },
      },
    );
    await vi.waitUntil(() => seqs.length === 1);
    for (let step = 1; step <= 100; step += 1) topic.update([{ op: 'set', path: ['name'], value: `step ${step}` }]);
    await vi.waitUntil(() => seqs.length === 8);
    // Eight messages are with the page; nothing more comes until it has drawn one.
    await client.call('settings.get', {});
    expect(seqs).toHaveLength(8);
    drawn.shift()?.();
    await vi.waitUntil(() => seqs.length === 9);
    expect(seqs.at(-1)).toBe(100);
    expect(last?.name).toBe('step 100');
  });

  it('sends the whole value anew to a page that fell far behind', async () => {
    const topic = new LiveTopic<Bench>(simBench);
    start({ topics: { bench: () => topic } });
    const drawn: (() => void)[] = [];
    const values: Bench[] = [];
    client.subscribe(
      'bench',
      { benchId: 'b' },
      {
        ...quiet,
        onValue(value) {
          values.push(value);
          return new Promise<void>((resolve) => drawn.push(resolve));
        },
      },
    );
    await vi.waitUntil(() => values.length === 1);
    const instrument = (index: number): Bench['instruments'][number] => ({
      identity: { kind: `k${index}` } as never,
      state: 'ready',
    });
    for (let step = 0; step < 3000; step += 1) {
      topic.update([{ op: 'append', path: ['instruments'], values: [instrument(step)], keep: 2000 }]);
    }
    await vi.waitUntil(() => values.length === 8);
    drawn.shift()?.();
    await vi.waitUntil(() => values.length === 9);
    expect(values.at(-1)?.instruments).toHaveLength(2000);
    expect(values.at(-1)?.instruments).toEqual(topic.value.instruments);
  });

  it('ends a subscription whose value is too large for a message, with a fault', async () => {
    const topic = new LiveTopic<Bench>({ ...simBench, name: 'x'.repeat(1_100_000) });
    start({ topics: { bench: () => topic } });
    const faults: FaultCode[] = [];
    client.subscribe('bench', { benchId: 'b' }, { ...quiet, onFault: ({ code }) => void faults.push(code) });
    await vi.waitUntil(() => faults.length === 1);
    expect(faults).toEqual(['api.messageTooLarge']);
    expect(topic.viewers).toBe(0);
  });

  it('tells why a topic cannot be followed', async () => {
    start({
      topics: {
        operation: () => Promise.reject(new Fault('operation.cancelled', {})),
      },
    });
    const faults: FaultCode[] = [];
    client.subscribe('operation', { operationId: 'x' }, { ...quiet, onFault: ({ code }) => void faults.push(code) });
    client.subscribe('operation', { operationId: 7 } as never, {
      ...quiet,
      onFault: ({ code }) => void faults.push(code),
    });
    await vi.waitUntil(() => faults.length === 2);
    expect(faults.sort()).toEqual(['api.badInput', 'operation.cancelled']);
  });

  it('gives two pages the same topic and one page two topics', async () => {
    const topics = new Map([
      ['a', new LiveTopic<Bench>({ ...simBench, id: 'a' })],
      ['b', new LiveTopic<Bench>({ ...simBench, id: 'b' })],
    ]);
    start({ topics: { bench: ({ benchId }) => topics.get(benchId) as LiveTopic<Bench> } });
    const seen: string[] = [];
    for (const benchId of ['a', 'b', 'a']) {
      client.subscribe('bench', { benchId }, { ...quiet, onValue: ({ id, name }) => void seen.push(`${id} ${name}`) });
    }
    await vi.waitUntil(() => seen.length === 3);
    topics.get('a')?.update([{ op: 'set', path: ['name'], value: 'New' }]);
    await vi.waitUntil(() => seen.length === 5);
    expect(seen.slice(3)).toEqual(['a New', 'a New']);
  });

  it('streams bytes in order and in chunks', async () => {
    const all = Uint8Array.from({ length: 700_000 }, (_, index) => index % 251);
    start({
      bytes: {
        'session.reportBytes': async function* () {
          yield all.subarray(0, 100);
          yield new Uint8Array(0);
          yield await Promise.resolve(all.subarray(100));
        },
      },
    });
    const sizes: number[] = [];
    const parts: Uint8Array[] = [];
    for await (const chunk of client.bytes('session.reportBytes', { sessionId: 's' })) {
      sizes.push(chunk.length);
      parts.push(chunk);
    }
    expect(sizes).toEqual([100, 262_144, 262_144, 700_000 - 100 - 2 * 262_144]);
    expect(Buffer.concat(parts).equals(all)).toBe(true);
  });

  it('pauses a byte stream that nobody reads, and ends its source when the page leaves', async () => {
    let made = 0;
    let ended = false;
    start({
      bytes: {
        'session.reportBytes': async function* () {
          try {
            for (;;) {
              made += 1;
              yield await Promise.resolve(new Uint8Array(10).fill(made));
            }
          } finally {
            ended = true;
          }
        },
      },
    });
    const iterator = client.bytes('session.reportBytes', { sessionId: 's' })[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual(new Uint8Array(10).fill(1));
    await vi.waitUntil(() => made >= 10);
    for (let turn = 0; turn < 5; turn += 1) await client.call('settings.get', {});
    // Eight on credit, one returned by the reader, one waiting to be sent.
    expect(made).toBe(10);
    await iterator.return?.();
    await vi.waitUntil(() => ended);
  });

  it('ends a byte stream with the fault of its source, by cancellation, and by silence', async () => {
    const signals: AbortSignal[] = [];
    start({
      bytes: {
        'session.reportBytes': async function* ({ sessionId }, { signal }) {
          signals.push(signal);
          yield Uint8Array.of(1);
          if (sessionId === 'fails') throw new Fault('operation.cancelled', {});
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
      },
    });
    await faultOf(readAll('fails'), 'operation.cancelled');
    const controller = new AbortController();
    const cancelled = faultOf(readAll('hangs', controller.signal), 'operation.cancelled');
    await vi.waitUntil(() => signals.length === 2);
    controller.abort();
    await cancelled;
    await vi.waitUntil(() => signals[1]?.aborted);
    const silent = faultOf(readAll('hangs'), 'api.deadline');
    await vi.waitUntil(() => signals.length === 3);
    for (let beat = 0; beat < 6; beat += 1) await clock.advance(5);
    await silent;
    await vi.waitUntil(() => signals[2]?.aborted);
  });

  it('refuses a message that is too large on the side that sends it', async () => {
    start({
      calls: {
        'bench.list': () => Promise.resolve([{ id: 'y'.repeat(1_048_577), name: '', simulated: true, open: true }]),
      },
    });
    await faultOf(client.call('settings.set', { operator: 'x'.repeat(1_048_577) }), 'api.messageTooLarge');
    await faultOf(client.call('bench.list', {}), 'api.messageTooLarge');
    await expect(client.call('settings.get', {})).resolves.toEqual(defaultSettings);
  });

  it('refuses a value that only one of the carriers could carry', async () => {
    start({});
    await faultOf(client.call('settings.set', { operator: new Date(0) as never }), 'api.notSendable');
  });

  it('sends a copy, and what a framework has wrapped', async () => {
    const wrapped = new Proxy({ operator: 'Ada', excludedPorts: new Proxy(['COM1'], {}) }, {});
    start({});
    const call = client.call('settings.set', wrapped);
    wrapped.operator = 'changed afterwards';
    expect(await call).toMatchObject({ operator: 'Ada', excludedPorts: ['COM1'] });
  });

  it('ends a page that does not speak the contract', async () => {
    start({});
    await client.ready;
    pair.page.post({ t: 'nonsense' });
    await vi.waitUntil(() => gone.length === 1);
    expect(log).toContain('api.gone not the contract');
  });

  async function readAll(sessionId: string, signal?: AbortSignal): Promise<number> {
    let bytes = 0;
    for await (const chunk of client.bytes('session.reportBytes', { sessionId }, signal)) bytes += chunk.length;
    return bytes;
  }
});

const quiet = { onValue: (): void => undefined, onFault: (): void => undefined };

function hanging(signals: AbortSignal[]): (input: unknown, context: CallContext) => Promise<never> {
  return (_input, { signal }) => {
    signals.push(signal);
    return new Promise<never>(() => undefined);
  };
}

async function faultOf<C extends FaultCode>(promise: Promise<unknown>, code: C): Promise<Fault<C>> {
  const error: unknown = await promise.then(
    (value) => ({ resolvedWith: value }),
    (reason: unknown) => reason,
  );
  if (!isFault(error, code)) throw new Error(`expected ${code}`, { cause: error });
  return error;
}
