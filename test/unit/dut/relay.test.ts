import { beforeEach, describe, expect, it } from 'vitest';
import { DutClient, openRelay } from '../../../src/main/dut/index.ts';
import type { Relay, RelayLap } from '../../../src/main/dut/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ScriptedDut } from '../../rig/dut/index.ts';
import type { ScriptedDutOptions } from '../../rig/dut/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { payload } from './bench.ts';
import { FakeRelay } from './relay-rig.ts';
import type { FakeRelayOptions } from './relay-rig.ts';

let clock: ManualClock;
let fake: FakeRelay;
let relay: Relay;

function open(options: FakeRelayOptions = {}): void {
  clock = new ManualClock(10);
  fake = new FakeRelay(clock, options);
  relay = openRelay(fake.host, clock);
}

function behind(options: ScriptedDutOptions = {}): { dut: ScriptedDut; client: DutClient } {
  const dut = new ScriptedDut(fake.dut, clock, { energyBuild: true, ...options });
  return { dut, client: new DutClient({ stream: relay.dut, clock, chunkBytes: 26 }) };
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const outcome = await clock.until(
    work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  if (!(outcome instanceof Fault)) throw new Error(`no fault, but ${String(outcome)}`);
  return outcome;
}

beforeEach(() => open());

describe('a DUT behind a relay', () => {
  it('is identified, loaded and run by the same client, one command at a time', async () => {
    const { dut, client } = behind();
    const identity = await clock.until(client.identify({ expect: { timestampMode: 'energy' } }));
    expect(identity).toMatchObject({ name: 'dut', timestampMode: 'energy', quirks: [] });
    expect(identity.bootLines).toContain('m-timestamp-mode-energy');
    const report = await clock.until(client.load(payload(490), { verify: true }));
    expect(report).toMatchObject({ bytes: 490, chunkBytes: 26, attempts: 1, verified: 'ok' });
    const infer = await clock.until(client.infer(500, 10, { deadlineS: 60 }));
    expect(infer).toMatchObject({ iterations: 500, warmups: 10, noiseLines: 0 });
    expect(infer.results).not.toBeNull();
    await clock.until(client.resync());
    expect(fake.collisions).toBe(0);
    expect(fake.commands[0]).toBe('name');
    expect(fake.commands.filter((command) => !command.startsWith('dut '))).toEqual(['name']);
    expect(dut.commands.slice(0, 2)).toEqual(['name', 'profile']);
    expect(dut.commands).toContain('db load 490');
    await clock.advance(0.1);
    await client.close();
    expect(clock.pending).toBe(0);
  });

  it('is found after the relay itself has started', async () => {
    open({ bootS: 1.9 });
    const { client } = behind();
    expect(await clock.until(client.identify())).toMatchObject({ name: 'dut' });
    expect(fake.collisions).toBe(0);
  });

  it('is found after the relay itself has started while the host waits with bytes on their way', async () => {
    open({ bootS: 1.005 });
    const { client } = behind({ bootS: 0.2 });
    expect(await clock.until(client.identify())).toMatchObject({ name: 'dut' });
    expect(fake.collisions).toBe(0);
  });

  it('waits for the rest of a reply before the next command goes out', async () => {
    const { client } = behind();
    await clock.until(client.identify());
    fake.commands.length = 0;
    const both = Promise.all([
      relay.dut.write(Buffer.from('name%')),
      relay.dut.write(Buffer.from('pro')),
      relay.dut.write(Buffer.from('file%')),
      relay.command('tm 0'),
    ]);
    await clock.until(both);
    expect(fake.commands).toEqual(['dut name', 'dut profile', 'tm 0']);
    expect(fake.collisions).toBe(0);
  });

  it('does not wait for ever for a reply without an end', async () => {
    const { client } = behind();
    await clock.until(client.identify());
    fake.dut.onData(() => undefined);
    const { dut } = relay;
    fake.commands.length = 0;
    await clock.until(dut.write(Buffer.from('nonsense-without-answer%')));
    await clock.until(relay.command('disable-timer'));
    expect(fake.commands.at(-1)).toBe('disable-timer');
  });

  it('sends a command again of which the relay has lost characters', async () => {
    open({
      reply: (command, times) => (command === 'dut profile' && times === 1 ? ['e-[Characters were lost]'] : undefined),
    });
    const { client } = behind();
    await clock.until(client.identify());
    expect(fake.commands.filter((command) => command === 'dut profile')).toHaveLength(2);
  });

  it('says so when the relay refuses or is silent', async () => {
    open({ reply: (command) => (command.startsWith('dut') ? ['e-[Unknown command: dut]'] : undefined) });
    expect(await faultOf(behind().client.identify())).toMatchObject({
      code: 'dut.relayRefused',
      facts: { command: 'name', reply: 'e-[Unknown command: dut]', port: 'test relay' },
    });
    open({ reply: () => [] });
    expect(await faultOf(relay.command('tm 0'))).toMatchObject({
      code: 'dut.relaySilent',
      facts: { command: 'name', port: 'test relay' },
    });
    // It falls silent in the middle: the IO manager has lost its power.
    open({ reply: (command) => (command.startsWith('dut infer') ? [] : undefined) });
    const { client } = behind();
    await clock.until(client.identify());
    expect(await faultOf(client.infer(10, 0, { deadlineS: 60 }))).toMatchObject({
      code: 'dut.relaySilent',
      facts: { command: 'dut infer 10 0', waitedS: 2 },
    });
    expect(clock.pending).toBe(0);
  });

  it('says so as well when the DUT is asked anew, before that is given up', async () => {
    let silent = false;
    open({ reply: () => (silent ? [] : undefined) });
    const { client } = behind();
    await clock.until(client.identify());
    silent = true;
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await faultOf(client.identify())).toMatchObject({ code: 'dut.relaySilent' });
    silent = false;
    expect(await clock.until(client.identify())).toMatchObject({ name: 'dut' });
    expect(clock.pending).toBe(0);
  });

  it('ends with the relay', async () => {
    const { client } = behind();
    await clock.until(client.identify());
    const infer = client.infer(10_000, 0, { deadlineS: 600 });
    await clock.advance(1);
    await fake.unplug();
    expect(await faultOf(infer)).toMatchObject({ code: 'transport.lost' });
    expect(await faultOf(relay.command('name'))).toMatchObject({ code: 'transport.lost' });
    expect(await faultOf(relay.dut.write(Buffer.from('name%')))).toMatchObject({ code: 'transport.lost' });
  });
});

describe('the relay itself', () => {
  it('answers its own commands', async () => {
    expect(await clock.until(relay.command('tm 0'))).toEqual([
      'm-timestmp-mode-FALLING',
      'm-[Timer disabled after mode change]',
    ]);
    expect(await clock.until(relay.command('enable-timer'))).toEqual(['m-timer-enabled']);
    expect(await clock.until(relay.command('what'))).toEqual(['e-[Unknown command: what]']);
    expect(() => relay.command('a%b')).toThrow(RangeError);
  });

  it('hands its stamps to whoever listens, not to the DUT, also in the middle of a reply', async () => {
    const { client } = behind({ inferenceS: 0.01 });
    await clock.until(client.identify());
    const laps: RelayLap[] = [];
    const stop = relay.onLap((lap) => laps.push(lap));
    const infer = client.infer(100, 0, { deadlineS: 60 });
    await clock.advance(0.5);
    fake.say('m-lap-us-4294967292\r\n');
    await clock.advance(0.1);
    fake.say('m-lap-us-4\r\ne-[Edges lost: 3]\r\n');
    const report = await clock.until(infer);
    expect(report).toMatchObject({ noiseLines: 0, stampCount: 0 });
    expect(laps.map((lap) => lap.us)).toEqual([4_294_967_292, 4]);
    expect(laps[1]!.atS - laps[0]!.atS).toBeCloseTo(0.1, 6);
    expect(relay.lapsLost).toBe(3);
    stop();
    fake.say('m-lap-us-8\r\n');
    await clock.advance(0.1);
    expect(laps).toHaveLength(2);
  });

  it('gives the DUT its bytes as they are, and keeps its own greeting', async () => {
    let heard = '';
    relay.dut.onData((chunk) => (heard += Buffer.from(chunk).toString('latin1')));
    const long = 'x'.repeat(70_000);
    fake.say(
      `m-[IO manager]\r\nm-ready\r\n[dut]: \r\n[dut]: \xff\xc3\xa4 %\r\n[dut]: ${long}\r\n[dut]:m-ready\n[du]: z\r\n`,
    );
    await clock.advance(0.1);
    expect(heard).toBe(`\r\n\xff\xc3\xa4 %\r\n${long}\r\nm-ready\r\n`);
    expect(relay.dut).toMatchObject({ label: 'test relay', baud: 9600 });
  });

  it('obeys signals, and does not take a late answer for the next command', async () => {
    open({ ackS: 0.4 });
    await clock.until(relay.command('name'));
    const abort = new AbortController();
    const aborted = relay.command('tm 0', { signal: abort.signal });
    await clock.advance(0.2);
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    expect(await clock.until(relay.command('enable-timer'))).toEqual(['m-timer-enabled']);
    const late = relay.command('disable-timer', { deadlineS: 0.1 });
    expect(await faultOf(late)).toMatchObject({ code: 'dut.relaySilent' });
    expect(await clock.until(relay.command('tm 0'))).toHaveLength(2);
    await expect(relay.dut.write(Buffer.from('name%'), AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    await relay.close();
    expect(clock.pending).toBe(0);
  });
});
