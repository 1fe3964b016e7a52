import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HostApi } from '../../../src/main/api/host-api.ts';
import { socketPath, startServer } from '../../../src/main/api/http.ts';
import type { RunningServer } from '../../../src/main/api/http.ts';
import { createHostApi } from '../../../src/main/host-api.ts';
import { createClient, wallClock, webSocketChannel } from '../../../src/shared/contract/index.ts';
import type { Client, WebSocketLike } from '../../../src/shared/contract/index.ts';
import type { LivePower } from '../../../src/shared/domain/live-power.ts';
import type { Operation } from '../../../src/shared/domain/operation.ts';
import { makePageFolder } from '../../unit/api/page-folder.ts';
import type { PageFolder } from '../../unit/api/page-folder.ts';
import { kept, keptTrace, openLab } from './bench.ts';
import type { EnergyLab } from './bench.ts';

let lab: EnergyLab;
let page: PageFolder;
let api: HostApi;
let server: RunningServer;
const sockets: WebSocket[] = [];

/** A browser that has come in by the printed URL. */
async function visitor(): Promise<{ client: Client; leave: () => void }> {
  cookie ??= (await fetch(server.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0];
  const origin = `http://127.0.0.1:${String(server.port)}`;
  const socket = new WebSocket(`ws://127.0.0.1:${String(server.port)}${socketPath}`, {
    headers: { cookie: cookie ?? '', origin },
  });
  sockets.push(socket);
  await once(socket, 'open');
  const client = createClient(webSocketChannel(socket as WebSocketLike), { clock: wallClock(globalThis) });
  await client.ready;
  return { client, leave: () => socket.terminate() };
}
let cookie: string | undefined;

const startEnergy = (client: Client, energy: { voltageV?: number } = {}): Promise<Operation> =>
  client.call('run.start', {
    benchId: 'virtual',
    workload: 'demo01',
    modes: ['energy'],
    energy: { monitor: 'lpm01a', ...energy },
    settings: { warmups: 1, restS: 1, verifyLoads: 'off' },
  });

async function ended(client: Client, id: string): Promise<Operation> {
  for (;;) {
    const operation = (await client.call('operation.list', {})).find((candidate) => candidate.id === id);
    if (operation && ['done', 'failed', 'cancelled'].includes(operation.state)) return operation;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const folderOf = async (operation: Operation): Promise<string> => {
  const folder = await api.sessionFolder(operation.sessionId ?? '');
  if (folder === undefined) throw new Error('no session');
  return folder;
};

beforeEach(async () => {
  lab = await openLab();
  page = await makePageFolder();
  api = createHostApi(lab.host, 'browser');
  server = await startServer({
    host: api,
    rendererFolder: page.folder,
    clock: wallClock(globalThis),
    version: lab.host.options.app.version,
  });
  cookie = undefined;
});

afterEach(async () => {
  await api.shutdown(10);
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.close();
  await page.dispose();
});

describe('an energy run that a browser started', () => {
  it('shows the power while it is measured, goes on when the browser has gone, and ends with the supply off', async () => {
    const first = await visitor();
    await first.client.call('bench.setPace', { benchId: 'virtual', pace: 50 });
    const operation = await startEnergy(first.client);
    const seen: LivePower[] = [];
    const moving = new Promise<void>((resolve) => {
      first.client.subscribe(
        'power',
        { operationId: operation.id },
        {
          onValue(value) {
            seen.push(value);
            if (value.samples > 8000) resolve();
          },
          onFault: () => undefined,
        },
      );
    });
    await moving;
    const last = seen.at(-1);
    expect(last).toMatchObject({ runId: 'r1', voltageV: 3, powered: true, lostSamples: 0, saturatedSamples: 0 });
    expect(last?.monitor).toMatchObject({ model: 'X-NUCLEO-LPM01A', simulated: true });
    expect(last?.edges).toBeGreaterThan(2);
    expect(last?.meanW.length).toBeGreaterThan(40);
    expect(Math.max(...(last?.maxW ?? []))).toBeGreaterThan(0.02);
    expect(lab.bench.monitor?.supplyOn).toBe(true);
    first.leave();

    const second = await visitor();
    const [running] = await second.client.call('operation.list', {});
    expect(running).toMatchObject({ id: operation.id, state: 'running' });
    // Nobody takes the bench away from a run.
    await expect(second.client.call('bench.close', { benchId: 'virtual' })).rejects.toMatchObject({
      code: 'bench.busy',
    });
    await second.client.call('bench.setPace', { benchId: 'virtual', pace: 'max' });
    expect((await ended(second.client, operation.id)).state).toBe('done');
    expect(lab.bench.monitor?.supplyOn).toBe(false);
    const { record, windows } = await kept(await folderOf(operation));
    expect(windows).toEqual([1, 2, 3, 4, 5]);
    expect(record.runs[0]?.judged?.judgement.verdict).toBe('remarks');
  });

  it('asks for more than the board bears: it fails, and nothing is set', async () => {
    const { client } = await visitor();
    const operation = await startEnergy(client, { voltageV: 5 });
    const { state, fault } = await ended(client, operation.id);
    expect([state, fault?.code]).toEqual(['failed', 'emon.voltageAboveLimit']);
    expect(lab.bench.monitor?.commands.filter((command) => /^(volt \d|pwr on|start)/.test(command))).toEqual([]);
    await expect(startEnergy(client, { voltageV: 60 })).rejects.toMatchObject({ code: 'api.badInput' });
  });

  it.each([
    [
      'stopped by the browser',
      (client: Client, operationId: string) => client.call('operation.cancel', { operationId }),
    ],
    ['ended by the end of the program', () => api.shutdown(20)],
  ] as const)('leaves the supply off and everything recorded when it is %s', async (_how, end) => {
    const { client } = await visitor();
    await client.call('bench.setPace', { benchId: 'virtual', pace: 20 });
    const operation = await startEnergy(client);
    const { bench } = lab;
    await new Promise<void>((resolve) => {
      bench.clock.at(18e9, () => resolve());
    });
    expect(bench.monitor?.supplyOn).toBe(true);
    await end(client, operation.id);
    expect((await ended(client, operation.id)).state).toBe('cancelled');
    expect(bench.monitor?.supplyOn).toBe(false);
    const folder = await folderOf(operation);
    const { record, windows, droppedBytes } = await kept(folder);
    expect([record.runs[0]?.status, windows, droppedBytes]).toEqual(['cancelled', [1], 0]);
    const trace = await keptTrace(folder);
    expect([trace.problems, trace.closed]).toEqual([0, true]);
    expect(trace.samples).toBeGreaterThan(14_000);
  });
});
