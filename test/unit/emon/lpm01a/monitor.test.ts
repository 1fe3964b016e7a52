import { afterEach, describe, expect, it } from 'vitest';
import { openLpm01a } from '../../../../src/main/emon/lpm01a/index.ts';
import type { Lpm01a } from '../../../../src/main/emon/lpm01a/index.ts';
import type { Acquisition, MonitorEvent } from '../../../../src/main/emon/index.ts';
import { Fault } from '../../../../src/shared/fault/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { hex, samplesOf } from './collect.ts';
import { ack, ScriptedInstrument } from './scripted-instrument.ts';
import type { Script } from './scripted-instrument.ts';

let clock: ManualClock;
let instrument: ScriptedInstrument;

function setUp(script?: Script): void {
  clock = new ManualClock();
  instrument = new ScriptedInstrument();
  if (script) instrument.script = script;
}

const opening = (signal?: AbortSignal): Promise<Lpm01a> =>
  openLpm01a({
    stream: instrument.host,
    clock,
    label: 'LPM01A on COM5',
    lockId: 'x',
    simulated: false,
    path: 'COM5',
    signal,
  });

const open = (): Promise<Lpm01a> => clock.until(opening());

/** The fault that a promise ends in, whoever moves the clock. */
async function caught(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`no fault: ${String(error)}`);
  return error;
}

const failure = (work: Promise<unknown>): Promise<Fault> => clock.until(caught(work));

async function acquire(
  monitor: Lpm01a,
  purpose: 'score' | 'waveform' = 'score',
): Promise<{ acquisition: Acquisition; events: MonitorEvent[] }> {
  const events: MonitorEvent[] = [];
  const acquisition = await clock.until(monitor.start({ purpose }, (event) => events.push(event)));
  return { acquisition, events };
}

const second = (at: number, line = '1675-08\r\n'): string =>
  `TimeStamp: ${String(at).padStart(3, '0')}s 000ms, buff 00%\r\n␀${line.repeat(1000)}`;

afterEach(() => {
  // Nothing is left waiting, whatever happened.
  expect(clock.pending).toBeLessThanOrEqual(1);
});

describe('opening', () => {
  it('ends in host control with the supply off, and says who it is', async () => {
    setUp();
    const monitor = await open();
    expect(instrument.commands).toEqual(['stop', 'powershield', 'version', 'htc', 'pwr off']);
    expect(instrument.supplyOn).toBe(false);
    expect(monitor.identity).toEqual({
      role: 'monitor',
      kind: 'lpm01a',
      label: 'LPM01A on COM5',
      lockId: 'x',
      firmware: { name: 'PowerShield', version: '1.0.6' },
      triedOnHardware: false,
      simulated: false,
    });
    expect(monitor.serial).toBe('540619864-1110659081-4784204');
    expect(monitor).toMatchObject({ powered: false, voltageV: null, constantsSha256: null });
    expect(monitor.panic.path).toBe('COM5');
    expect(Buffer.from(monitor.panic.bytes).toString()).toMatch(/^\r\npwr off\r\nstop\r\npwr off\r\n$/);
  });

  it('a stream of an earlier program is stopped and thrown away', async () => {
    setUp();
    instrument.send('-08\r\n1675-08\r\nPowerShield > ack powershield stale\r\n');
    const monitor = await open();
    expect(monitor.serial).toMatch(/^5406/);
    expect(clock.nowS()).toBeGreaterThanOrEqual(0.3);
  });

  it.each(['1.0.5', '0.9', 'beta'])('firmware %s is refused before any power command', async (firmware) => {
    setUp();
    instrument.firmware = firmware;
    const fault = await failure(opening());
    expect(fault).toMatchObject({ code: 'emon.firmwareTooOld', facts: { found: firmware, needed: '1.0.6' } });
    expect(instrument.commands).not.toContain('pwr off');
  });

  it.each(['1.0.6', '1.0.10', '1.1', '2.0.0'])('firmware %s will do', async (firmware) => {
    setUp();
    instrument.firmware = firmware;
    expect((await open()).firmwareVersion).toBe(firmware);
  });

  it('silence, and another instrument', async () => {
    setUp(() => '');
    expect((await failure(opening())).code).toBe('emon.silent');
    setUp(() => 'm-[unknown]\r\nm-ready\r\n');
    expect(await failure(opening())).toMatchObject({ code: 'emon.notThisMonitor' });
  });

  it('a device that never stops talking', async () => {
    setUp();
    const talk = (): void => {
      instrument.send('0.1 0.2\r\n');
      clock.setTimer(0.1, () => clock.nowS() < 60 && talk());
    };
    talk();
    expect((await failure(opening())).code).toBe('emon.notThisMonitor');
    expect(clock.nowS()).toBeLessThan(5);
    await clock.advance(60);
  });

  it('an abort and a pulled plug', async () => {
    setUp((command) => (command === 'version' ? '' : undefined));
    const abort = new AbortController();
    void clock.setTimer(0.5, () => abort.abort(new Fault('operation.cancelled', {})));
    expect((await failure(opening(abort.signal))).code).toBe('operation.cancelled');
    setUp((command) => {
      if (command === 'version') instrument.unplug();
      return command === 'version' ? '' : undefined;
    });
    expect((await failure(opening())).code).toBe('emon.streamLost');
  });
});

describe('commands', () => {
  it('voltage: in its range, in whole millivolts, not while acquiring', async () => {
    setUp();
    const monitor = await open();
    await clock.until(monitor.setVoltage(1.8));
    await clock.until(monitor.setVoltage(3.0004));
    expect(instrument.commands.slice(-2)).toEqual(['volt 1800m', 'volt 3000m']);
    expect(monitor.voltageV).toBe(3);
    for (const voltageV of [1.79, 3.31, Number.NaN, -1]) {
      expect((await failure(monitor.setVoltage(voltageV))).code).toBe('emon.badSetting');
    }
    await acquire(monitor);
    expect((await failure(monitor.setVoltage(1.8))).code).toBe('emon.busy');
    await clock.until(monitor.close());
  });

  it.each(['error', 'err'])("a refusal (%s) carries the instrument's detail, and may lack it", async (word) => {
    setUp();
    const monitor = await open();
    instrument.script = (command) =>
      command.startsWith('volt')
        ? `\r\nPowerShield > ${word} ${command}\r\nError detail: not in host control\r\n`
        : undefined;
    expect((await failure(monitor.setVoltage(2))).facts).toEqual({
      instrument: 'LPM01A on COM5',
      command: 'volt 2000m',
      reply: 'not in host control',
    });
    instrument.script = (command) =>
      command.startsWith('volt') ? `\r\nPowerShield > ${word} ${command}\r\n` : undefined;
    expect((await failure(monitor.setVoltage(2))).facts).toMatchObject({ reply: `${word} volt 2000m` });
    expect(monitor.voltageV).toBeNull();
  });

  it('only the answer that repeats the command counts; a late one is for nobody', async () => {
    setUp();
    const monitor = await open();
    instrument.script = (command) =>
      command === 'pwr on nostatus' ? ack('pwr on') + ack('pwr on nostatusx') : undefined;
    expect((await failure(monitor.setPower(true))).code).toBe('emon.silent');
    // Nobody knows: it counts as on.
    expect(monitor.powered).toBe(true);
    instrument.script = (command) =>
      command === 'temp degc' ? ack('pwr on nostatus') + ack('temp degc 31.5') : undefined;
    expect(await clock.until(monitor.readTemperature())).toBe(31.5);
  });

  it('one command at a time, in the order of asking', async () => {
    setUp();
    const monitor = await open();
    const waiting: string[] = [];
    instrument.script = (command) => {
      waiting.push(command);
      return '';
    };
    const both = Promise.all([monitor.readVoltage(), monitor.readTemperature()]);
    await clock.advance(0.1);
    expect(waiting).toEqual(['volt get']);
    instrument.send(ack('volt get 3292-03'));
    await clock.advance(0.1);
    expect(waiting).toEqual(['volt get', 'temp degc']);
    instrument.send(ack('temp degc 28.0'));
    expect(await clock.until(both)).toEqual([3.292, 28]);
  });

  it('self-test and calibration', async () => {
    setUp((command) => (command === 'autotest' ? `${ack('autotest')}range 1: ok\r\nrange 2: ok\r\n` : undefined));
    const monitor = await open();
    expect(await clock.until(monitor.selfTest())).toEqual({ ok: true, lines: ['range 1: ok', 'range 2: ok'] });
    instrument.script = (command) => (command === 'autotest' ? `${ack('autotest')}range 1: FAILED\r\n` : undefined);
    expect(await clock.until(monitor.selfTest())).toMatchObject({ ok: false });
    expect(await clock.until(monitor.selfCalibrate())).toEqual({ ok: true, lines: [] });
  });

  it('the threshold has another name in other firmware', async () => {
    setUp((command) =>
      command.startsWith('currthre ') ? `\r\nPowerShield > error ${command}\r\nError detail: unknown\r\n` : undefined,
    );
    const monitor = await open();
    await clock.until(monitor.setThreshold(1e-3));
    await clock.until(monitor.setThreshold(150e-9));
    await clock.until(monitor.setThreshold(0));
    expect(instrument.commands.slice(-6)).toEqual([
      'currthre 1000u',
      'currthres 1000u',
      'currthre 150-09',
      'currthres 150-09',
      'currthre 0',
      'currthres 0',
    ]);
    expect((await failure(monitor.setThreshold(1))).code).toBe('emon.badSetting');
  });

  it('the target is reset by a power cycle within its limits', async () => {
    setUp();
    const monitor = await open();
    await clock.until(monitor.resetTarget(0.1));
    expect(instrument.commands.at(-1)).toBe('targrst 100m');
    for (const offS of [0, 0.005, 1.1]) expect((await failure(monitor.resetTarget(offS))).code).toBe('emon.badSetting');
  });
});

describe('scoring', () => {
  it('sets what the published runner sets, delivers events in order, answers commands meanwhile, and stops', async () => {
    setUp();
    const monitor = await open();
    await clock.until(monitor.setVoltage(1.8));
    await clock.until(monitor.setPower(true));
    const from = instrument.commands.length;
    const { acquisition, events } = await acquire(monitor);
    expect(new Set(instrument.commands.slice(from))).toEqual(
      new Set([
        'acqtime inf',
        'trigdelay 0',
        'trigsrc sw',
        'eventsrc d7 fal',
        'output energy',
        'format ascii_dec',
        'freq 1k',
        'acqmode dyn',
        'start',
      ]),
    );
    expect(acquisition).toMatchObject({
      quantity: 'energy',
      sampleRateHz: 1000,
      filter: 'none',
      edgeResolutionS: 0.001,
    });
    instrument.send(second(0), 'event 00 ris\r\n');
    await clock.advance(1);
    expect(await clock.until(monitor.readTemperature())).toBe(28);
    expect(await clock.until(monitor.readVoltage())).toBe(3.292);
    await clock.until(monitor.resetTarget(0.1));
    await clock.until(monitor.setPower(false));
    expect(monitor.powered).toBe(false);
    instrument.send(second(1));
    await clock.until(acquisition.stop());
    await clock.until(acquisition.stop());
    await clock.until(acquisition.ended);
    expect(samplesOf(events)).toHaveLength(2000);
    expect(events.filter((event) => event.kind === 'edge')).toMatchObject([
      { sampleIndex: 1000, level: 'fall', sequence: 0 },
    ]);
    expect(
      events.filter((event) => event.kind === 'status').map((event) => ({ ...event, kind: undefined })),
    ).toMatchObject([{ temperatureC: 28 }, { voltageV: 3.292 }, { powered: false }]);
    expect(events.at(-1)).toEqual({ kind: 'end', sampleIndex: 2000, reason: 'stopped' });
    const again = await acquire(monitor);
    instrument.send(second(0));
    await clock.until(again.acquisition.stop());
    expect(samplesOf(again.events)).toHaveLength(1000);
  });

  it('a stop that nobody waits for any more is a stop nevertheless', async () => {
    setUp((command) => (command === 'stop' && instrument.acquiring ? '' : undefined));
    const monitor = await open();
    const { acquisition, events } = await acquire(monitor);
    instrument.send(second(0));
    const abort = new AbortController();
    const stopping = caught(acquisition.stop(abort.signal));
    await clock.advance(0.1);
    abort.abort(new Fault('operation.cancelled', {}));
    expect((await stopping).code).toBe('operation.cancelled');
    instrument.send('end\r\n');
    await clock.until(acquisition.ended);
    expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'stopped', sampleIndex: 1000 });
  });

  it('a second start, and a self-test, must wait', async () => {
    setUp();
    const monitor = await open();
    const starting = monitor.start({ purpose: 'score' }, () => undefined);
    expect((await caught(monitor.start({ purpose: 'score' }, () => undefined))).code).toBe('emon.busy');
    const acquisition = await clock.until(starting);
    expect((await failure(monitor.selfTest())).code).toBe('emon.busy');
    await clock.until(acquisition.stop());
  });

  it('a refused setting is told, and the instrument told to stop', async () => {
    setUp();
    const monitor = await open();
    instrument.script = (command) =>
      command === 'eventsrc d7 fal'
        ? `\r\nPowerShield > error ${command}\r\nError detail: unknown command\r\n`
        : undefined;
    expect(await failure(monitor.start({ purpose: 'score' }, () => undefined))).toMatchObject({
      code: 'emon.refused',
      facts: { command: 'eventsrc d7 fal' },
    });
    expect(instrument.commands.at(-1)).toBe('stop');
  });

  it('silence of two seconds is a stalled stream; what came before is kept', async () => {
    setUp();
    const monitor = await open();
    const { acquisition, events } = await acquire(monitor);
    instrument.send(second(0), '1675-08\r\n'.repeat(20));
    await clock.advance(1.5);
    instrument.send('1675-08\r\n');
    await clock.advance(1.9);
    expect(events.at(-1)?.kind).not.toBe('end');
    const fault = await failure(acquisition.ended);
    expect(fault).toMatchObject({ code: 'emon.streamStalled', facts: { silentS: 2 } });
    expect(samplesOf(events)).toHaveLength(1021);
    expect(events.at(-1)).toEqual({ kind: 'end', sampleIndex: 1021, reason: 'aborted' });
    await clock.advance(5);
    expect(instrument.commands.at(-1)).toBe('stop');
  });

  it('an acquisition that brings nothing at all is a stalled stream too', async () => {
    setUp();
    const monitor = await open();
    const { acquisition } = await acquire(monitor);
    expect((await failure(acquisition.ended)).code).toBe('emon.streamStalled');
    await clock.advance(5);
  });

  it('a pulled plug', async () => {
    setUp();
    const monitor = await open();
    const { acquisition, events } = await acquire(monitor);
    instrument.send(second(0), '1675-08\r\n');
    instrument.unplug();
    expect(await failure(acquisition.ended)).toMatchObject({ code: 'emon.streamLost' });
    expect(samplesOf(events)).toHaveLength(1001);
    expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'aborted' });
    expect((await failure(monitor.setPower(false))).code).toBe('emon.streamLost');
    await clock.until(monitor.safe());
    await clock.until(monitor.close());
  });

  it.each([
    ['error: overcurrent', 'emon.overcurrent', 'aborted'],
    ['error: buffer overload', 'emon.endedItself', 'overload'],
    ['error: voltage drop', 'emon.endedItself', 'aborted'],
  ])('an end that nobody asked for, after %s', async (words, code, reason) => {
    setUp();
    const monitor = await open();
    const { acquisition, events } = await acquire(monitor);
    instrument.send(second(0), `${words}\r\nend\r\n`);
    expect((await failure(acquisition.ended)).code).toBe(code);
    expect(events.at(-1)).toEqual({ kind: 'end', sampleIndex: 1000, reason });
  });

  it('fewer samples than the clock allows are reported although no time stamp tells', async () => {
    setUp();
    const monitor = await open();
    const { acquisition, events } = await acquire(monitor);
    for (let at = 0; at < 12; at += 1) {
      for (let part = 0; part < 10; part += 1) {
        instrument.send(part === 0 ? second(at).slice(0, 33 + 900) : '1675-08\r\n'.repeat(100));
        await clock.advance(0.101);
      }
    }
    await clock.until(acquisition.stop());
    const losses = events.filter((event) => event.kind === 'loss' && event.cause === 'clock');
    expect(losses.length).toBeGreaterThan(0);
    expect(events.filter((event) => event.kind === 'loss' && event.cause === 'tick')).toEqual([]);
  });

  it('a listener that throws ends the acquisition, not the program', async () => {
    setUp();
    const monitor = await open();
    const acquisition = await clock.until(
      monitor.start({ purpose: 'score' }, () => {
        throw new Error('disk full');
      }),
    );
    instrument.send(second(0));
    await expect(clock.until(acquisition.ended)).rejects.toThrow('disk full');
  });
});

describe('waveform', () => {
  it('decodes the binary stream; answers come as frames', async () => {
    setUp();
    const monitor = await open();
    const { acquisition, events } = await acquire(monitor, 'waveform');
    expect(acquisition).toMatchObject({ quantity: 'current', sampleRateHz: 100_000, edgeResolutionS: 1e-5 });
    expect(instrument.commands.slice(-5)).toEqual([
      'output current',
      'funcmode optim',
      'format bin_hexa',
      'freq 100k',
      'start',
    ]);
    instrument.script = (command) =>
      ({
        'volt get': hex('F0F70CE4FFFF'),
        'temp degc': hex('F0F8001CFFFF'),
        'targrst 100m': hex('F0F6FFFF'),
        'pwr off': '',
        'pwr get': hex('F0F900FFFF'),
        stop: Uint8Array.from([...hex('F0F4FFFF'), ...Buffer.from('\r\nPowerShield > Acquisition completed\r\n')]),
      })[command];
    instrument.send(hex(`F0F3 00000000 00 FFFF ${'52A0'.repeat(1000)} F0F3 0000000A 00 FFFF 3145`));
    expect(await clock.until(monitor.readVoltage())).toBe(3.3);
    expect(await clock.until(monitor.readTemperature())).toBe(28);
    await clock.until(monitor.resetTarget(0.1));
    await clock.until(monitor.setPower(false));
    expect(instrument.commands.slice(-2)).toEqual(['pwr off', 'pwr get']);
    await clock.until(acquisition.stop());
    await clock.until(acquisition.ended);
    expect(samplesOf(events)).toHaveLength(1001);
    expect(samplesOf(events).at(-1)).toBe(0.079345703125);
    expect(events.at(-1)).toEqual({ kind: 'end', sampleIndex: 1001, reason: 'stopped' });
  });
});

describe('the safe state', () => {
  it('stops, switches off, in any state, again and again', async () => {
    setUp();
    const monitor = await open();
    await clock.until(monitor.setPower(true));
    const { acquisition, events } = await acquire(monitor);
    instrument.send(second(0));
    await clock.until(Promise.all([monitor.safe(), monitor.safe()]));
    expect(instrument.supplyOn).toBe(false);
    expect(monitor.powered).toBe(false);
    expect(instrument.commands.slice(-3)).toEqual(['pwr off', 'stop', 'pwr off']);
    await clock.until(acquisition.ended);
    expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'stopped', sampleIndex: 1000 });
    await clock.until(monitor.safe());
    await clock.until(monitor.setPower(true));
    await clock.until(monitor.close());
    await clock.until(monitor.close());
    expect(instrument.supplyOn).toBe(false);
    expect(instrument.commands.at(-1)).toBe('hrc');
    expect((await failure(monitor.setPower(true))).code).toBe('emon.streamLost');
  });

  it('does not wait behind a command that hangs, and never longer than 2 s', async () => {
    setUp();
    const monitor = await open();
    await clock.until(monitor.setPower(true));
    instrument.script = (command) => (command.startsWith('volt') ? '' : undefined);
    const setting = caught(monitor.setVoltage(2));
    const reading = caught(monitor.readTemperature());
    await clock.advance(0.1);
    const startS = clock.nowS();
    await clock.until(monitor.safe());
    expect(clock.nowS() - startS).toBeLessThan(0.1);
    expect((await setting).code).toBe('operation.cancelled');
    expect((await reading).code).toBe('operation.cancelled');
    expect(instrument.supplyOn).toBe(false);

    instrument.script = () => '';
    await failure(monitor.setPower(true));
    const silentS = clock.nowS();
    await clock.until(monitor.safe());
    expect(clock.nowS() - silentS).toBeLessThanOrEqual(2);
    expect(instrument.commands.slice(-3)).toEqual(['pwr off', 'stop', 'pwr off']);
    // It was told, but never said so.
    expect(monitor.powered).toBe(true);
  });

  it('in the middle of starting and of stopping', async () => {
    setUp();
    const monitor = await open();
    await clock.until(monitor.setPower(true));
    instrument.script = (command) => (command === 'freq 1k' ? '' : undefined);
    const starting = caught(monitor.start({ purpose: 'score' }, () => undefined));
    await clock.advance(0.1);
    await clock.until(monitor.safe());
    expect((await starting).code).toBe('operation.cancelled');
    instrument.script = () => undefined;
    const { acquisition, events } = await acquire(monitor);
    instrument.send(second(0));
    instrument.script = (command) => {
      instrument.script = () => undefined;
      return command === 'stop' ? '' : undefined;
    };
    const stopping = acquisition.stop();
    await clock.advance(0.1);
    await clock.until(monitor.safe());
    await clock.until(stopping);
    await clock.until(acquisition.ended);
    expect(events.filter((event) => event.kind === 'end')).toHaveLength(1);
    expect(instrument.supplyOn).toBe(false);
  });
});
