import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createSocketHost } from '../../../src/main/api/websocket.ts';
import type { HostApi } from '../../../src/main/api/host-api.ts';
import { createHostApi } from '../../../src/main/host-api.ts';
import { systemClock } from '../../../src/main/bench/index.ts';
import { createClient, webSocketChannel } from '../../../src/shared/contract/index.ts';
import type { Client, TopicValue, WebSocketLike } from '../../../src/shared/contract/index.ts';
import { scratch } from '../../support/cli.ts';
import { testHost } from '../../support/test-host.ts';

type Wizard = TopicValue<'calibration'>;

/** The calibration screens' half of the contract, over a real WebSocket. */
describe('a calibration over the WebSocket carrier', () => {
  let api: HostApi;
  let client: Client;
  let close: () => Promise<void>;

  beforeEach(async () => {
    const clock = systemClock();
    api = createHostApi(await testHost(scratch()), 'test');
    const sockets = createSocketHost({ host: api, clock, version: 'test' });
    const http = createServer();
    http.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    client = createClient(webSocketChannel(socket as WebSocketLike), { clock, name: 'test' });
    close = async () => {
      client.close();
      await api.shutdown(10);
      sockets.close();
      await new Promise((resolve) => http.close(resolve));
    };
  });
  afterEach(() => close());

  /** Follows a procedure and answers every question, until it has ended. */
  function answerAll(
    operationId: string,
    answer: (question: NonNullable<Wizard['question']>) => Record<string, string | number | boolean | null>,
  ): Promise<{ last: Wizard; asked: string[] }> {
    const asked: string[] = [];
    return new Promise((resolve, reject) => {
      const onValue = (wizard: Wizard): void => {
        const { question, operation } = wizard;
        if (!['running', 'cancelling'].includes(operation.state)) {
          resolve({ last: wizard, asked });
        } else if (question && asked.length <= question.number) {
          asked.push(question.place);
          client
            .call('calibration.answer', { operationId, question: question.number, values: answer(question) })
            .catch(reject);
        }
      };
      client.subscribe('calibration', { operationId }, { onValue, onFault: reject });
    });
  }

  it('is started, answered, followed, and leaves a certificate', async () => {
    const procedures = await client.call('calibration.list', {});
    expect(procedures.map(({ id }) => id)).toContain('monitor-zero');
    const operation = await client.call('calibration.start', {
      benchId: 'virtual',
      procedure: 'monitor-zero',
      monitor: 'lpm01a',
      setup: { operator: 'Ada' },
    });
    expect(operation).toMatchObject({ kind: 'calibration', benchId: 'virtual', state: 'running' });
    await expect(
      client.call('calibration.start', { benchId: 'virtual', procedure: 'uart-integrity' }),
    ).rejects.toMatchObject({ code: 'bench.busy' });
    const { last, asked } = await answerAll(operation.id, (question) => question.suggested ?? {});
    expect(asked).toEqual(['wiring']);
    expect(last).toMatchObject({ operation: { state: 'done' }, powered: false, simulated: true, live: null });
    expect(last.certificate).toMatchObject({ result: 'pass', operator: 'Ada' });
    const { certificates } = await client.call('certificate.list', {});
    expect(certificates.map(({ id }) => id)).toEqual([last.certificate?.id]);
    const whole = await client.call('certificate.get', { certificateId: certificates[0]?.id ?? '' });
    expect(whole).toEqual(last.certificate);
  });

  it('tells what is wrong with an answer, and is stopped like any operation', async () => {
    const { id } = await client.call('calibration.start', {
      benchId: 'virtual',
      procedure: 'monitor-gain',
      monitor: 'lpm01a',
    });
    const question = await new Promise<NonNullable<Wizard['question']>>((resolve, reject) => {
      const onValue = ({ question: open }: Wizard): void => {
        if (open) resolve(open);
      };
      client.subscribe('calibration', { operationId: id }, { onValue, onFault: reject });
    });
    expect(question).toMatchObject({ kind: 'enter', text: 'meter', place: 'meter' });
    const values = { ...question.suggested, dmmGainPercent: 80 };
    const { problems } = await client.call('calibration.answer', {
      operationId: id,
      question: question.number,
      values,
    });
    expect(problems).toMatchObject([{ code: 'outOfLimits', field: 'dmmGainPercent' }]);
    await expect(
      client.call('calibration.answer', { operationId: id, question: question.number, values }),
    ).rejects.toMatchObject({ code: 'calibration.noQuestion' });
    await client.call('operation.cancel', { operationId: id });
    const last = await new Promise<Wizard>((resolve, reject) => {
      const onValue = (wizard: Wizard): void => {
        if (wizard.operation.state === 'cancelled') resolve(wizard);
      };
      client.subscribe('calibration', { operationId: id }, { onValue, onFault: reject });
    });
    expect(last).toMatchObject({ powered: false, question: null, certificate: null });
    const list = await client.call('operation.list', {});
    expect(list.map((operation) => [operation.kind, operation.state])).toEqual([['calibration', 'cancelled']]);
  });
});
