import { describe, expect, it } from 'vitest';
import { createReconnectingClient } from '../../../../src/renderer/client/reconnecting-client.ts';
import type { Connection } from '../../../../src/renderer/client/host-client.ts';
import { contractVersion, memoryChannelPair } from '../../../../src/shared/contract/index.ts';
import type { Channel, ClientMessage } from '../../../../src/shared/contract/index.ts';
import { Fault } from '../../../../src/shared/fault/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { virtualBench } from '../support/recorded.ts';

/** A host that greets, answers every call with nothing and every subscription with the bench. */
function servedBy(host: Channel, contract = contractVersion): ClientMessage[] {
  const heard: ClientMessage[] = [];
  host.onMessage((raw) => {
    const message = raw as ClientMessage;
    heard.push(message);
    if (message.t === 'hello') host.post({ t: 'welcome', contract, version: '1' });
    if (message.t === 'call') host.post({ t: 'result', id: message.id, output: {} });
    if (message.t === 'subscribe' && message.name === 'bench') {
      host.post({ t: 'snapshot', id: message.id, seq: 1, value: virtualBench(true) });
    }
    if (message.t === 'subscribe' && message.name === 'operation') {
      host.post({ t: 'fault', id: message.id, fault: { code: 'app.operationUnknown', facts: { id: 'x' } } });
    }
  });
  return heard;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function setUp(contract = contractVersion) {
  const clock = new ManualClock();
  const hosts: { channel: Channel; heard: ClientMessage[] }[] = [];
  let refuse: Fault | undefined;
  const client = createReconnectingClient({
    clock,
    openChannel() {
      if (refuse) return Promise.reject(refuse);
      const [page, host] = memoryChannelPair();
      hosts.push({ channel: host, heard: servedBy(host, contract) });
      return Promise.resolve(page);
    },
  });
  const states: Connection[] = [];
  client.onConnection((connection) => states.push(connection));
  return { clock, client, hosts, states, refuse: (fault: Fault | undefined) => (refuse = fault) };
}

describe('the client that connects anew', () => {
  it('calls over the connection it has, and refuses without one', async () => {
    const { client, states } = setUp();
    await expect(client.call('bench.list', {})).rejects.toMatchObject({ code: 'api.connectionLost' });
    await settled();
    expect(states.map((one) => one.state)).toEqual(['connecting', 'connected']);
    await expect(client.call('bench.close', { benchId: 'virtual' })).resolves.toEqual({});
  });

  it('follows a topic again after the connection was lost', async () => {
    const { client, hosts, clock, states } = setUp();
    const seen: string[] = [];
    const stop = client.follow('bench', { benchId: 'virtual' }, { value: (bench) => seen.push(bench.name) });
    await settled();
    expect(seen).toHaveLength(1);

    hosts[0]?.channel.close();
    await settled();
    expect(states.at(-1)).toMatchObject({ state: 'lost', attempt: 1 });
    await clock.advance(0.5);
    await settled();
    expect(states.at(-1)).toMatchObject({ state: 'connected' });
    expect(seen).toHaveLength(2);

    stop();
    hosts[1]?.channel.close();
    await settled();
    await clock.advance(0.5);
    await settled();
    expect(hosts).toHaveLength(3);
    expect(hosts[2]?.heard.some((message) => message.t === 'subscribe')).toBe(false);
  });

  it('waits longer after each failure, and not at all when asked to connect now', async () => {
    const { client, hosts, clock, states, refuse } = setUp();
    await settled();
    refuse(new Fault('api.connectionLost', {}));
    hosts[0]?.channel.close();
    await settled();
    for (const [delayS, attempt] of [
      [0.5, 2],
      [1, 3],
      [2, 4],
      [4, 5],
      [8, 6],
      [8, 7],
    ] as const) {
      await clock.advance(delayS - 0.25);
      await settled();
      expect(states.at(-1)).toMatchObject({ attempt: attempt - 1 });
      await clock.advance(0.25);
      await settled();
      expect(states.at(-1)).toMatchObject({ attempt });
    }
    refuse(undefined);
    client.reconnect();
    await settled();
    expect(states.at(-1)).toEqual({ state: 'connected' });
  });

  it('tells a refused subscription once and gives it up', async () => {
    const { client, hosts, clock } = setUp();
    const faults: string[] = [];
    await settled();
    client.follow(
      'operation',
      { operationId: 'x' },
      { value: () => undefined, fault: (fault) => faults.push(fault.code) },
    );
    await settled();
    expect(faults).toEqual(['app.operationUnknown']);
    hosts[0]?.channel.close();
    await settled();
    await clock.advance(0.5);
    await settled();
    expect(hosts[1]?.heard.some((message) => message.t === 'subscribe')).toBe(false);
  });

  it('does not try again where trying does not help', async () => {
    const { states } = setUp(contractVersion + 1);
    await settled();
    expect(states.at(-1)).toMatchObject({ state: 'unavailable', fault: { code: 'api.contractMismatch' } });
  });
});
