import { describe, expect, it } from 'vitest';
import { createBench, faultOf } from './bench.ts';

/** What a receiver at another rate makes of the bytes: mostly no text. */
const garble = (byte: number, index: number): readonly number[] => (index % 3 === 0 ? [] : [(byte * 37) | 0x80]);

describe('boot', () => {
  it('a board that was running already has no boot block; timestamp tells its build', async () => {
    const bench = createBench({ noBoot: true });
    const identity = await bench.clock.until(bench.client.identify());
    expect(identity).toMatchObject({ timestampMode: 'performance', bootLines: [], quirks: [] });
    expect(bench.dut.commands).toEqual(['name', 'profile', 'timestamp']);
  });

  it('an energy build gives no stamp', async () => {
    const bench = createBench({ noBoot: true, energyBuild: true });
    expect(await bench.clock.until(bench.client.identify())).toMatchObject({ timestampMode: 'energy' });
    expect(await faultOf(bench, bench.client.timestamp())).toMatchObject({ code: 'dut.noTimestamp' });
  });

  it('stamps in another unit are noted', async () => {
    const bench = createBench({ noBoot: true, lapUnit: 'cycles' });
    expect(await bench.clock.until(bench.client.identify())).toMatchObject({ quirks: ['foreignLapUnit'] });
  });

  it('a slow start is waited for, though the host has begun to talk', async () => {
    const bench = createBench({ bootS: 4.2 });
    const identity = await bench.clock.until(bench.client.identify());
    expect(identity).toMatchObject({ model: 'kws01', timestampMode: 'performance', quirks: ['lateBoot'] });
    expect(identity.bootLines).toHaveLength(4);
  });

  it('18 s are too long by default and right with the setting of the board', async () => {
    const patient = createBench({ bootS: 18 }, { bootS: 20 });
    expect(await patient.clock.until(patient.client.identify())).toMatchObject({ model: 'kws01' });
    const hasty = createBench({ bootS: 18 });
    expect(await faultOf(hasty, hasty.client.identify())).toMatchObject({
      code: 'dut.silent',
      facts: { command: 'name' },
    });
    expect(hasty.clock.nowS() - 100).toBeLessThan(8);
  });

  it('a boot block with a long pause in it is waited for', async () => {
    const bench = createBench({ noBoot: true });
    bench.dut.say('m-timestamp-mode-performance\r\n');
    bench.clock.setTimer(2, () => bench.dut.say('m-lap-us-1\r\nm-init-done\r\nm-ready\r\n'));
    const identity = await bench.clock.until(bench.client.identify());
    expect(identity.bootLines).toHaveLength(4);
    expect(bench.dut.commands).toEqual(['name', 'profile']);
  });

  it('a board that restarts over and over is given up', async () => {
    const bench = createBench({ rebootDuring: 'name', reboots: 100 });
    expect(await faultOf(bench, bench.client.identify())).toMatchObject({ code: 'dut.rebooted' });
  });
});

describe('who is there', () => {
  it('nobody', async () => {
    const bench = createBench({ noBoot: true, silentAfter: 0 });
    const fault = await faultOf(bench, bench.client.identify());
    expect(fault).toMatchObject({ code: 'dut.silent', facts: { port: 'test DUT', command: 'name', waitedS: 2 } });
    expect(bench.dut.commands).toEqual(['name', 'name', 'name']);
    expect(bench.clock.pending).toBe(0);
  });

  it('another baud rate: garbage', async () => {
    const bench = createBench({ mangleOut: garble });
    const fault = await faultOf(bench, bench.client.identify());
    expect(fault).toMatchObject({ code: 'dut.garbled', facts: { baud: 115_200 } });
  });

  it('a rate so far off that only NULs come', async () => {
    const bench = createBench({ noBoot: true, mangleOut: () => [0] });
    expect(await faultOf(bench, bench.client.identify())).toMatchObject({ code: 'dut.garbled' });
  });

  it('only our own echo', async () => {
    const bench = createBench({ noBoot: true, silentAfter: 0 });
    bench.far.onData((chunk) => void bench.far.write(chunk));
    expect(await faultOf(bench, bench.client.identify())).toMatchObject({ code: 'dut.echoOnly' });
  });

  it('a console that knows none of our words', async () => {
    const bench = createBench({ noBoot: true, silentAfter: 0 });
    bench.far.onData(() => bench.dut.say('sh: name%: not found\r\n$ '));
    const fault = await faultOf(bench, bench.client.identify());
    expect(fault).toMatchObject({ code: 'dut.unknownReply', facts: { text: '$ sh: name%: not found' } });
  });

  it('an interface board, which is ready but has no name', async () => {
    const bench = createBench({
      noBoot: true,
      rewrite: (line) => (line.startsWith('m-name') ? ['tinyML Enhanced Interface Board'] : [line]),
    });
    const fault = await faultOf(bench, bench.client.identify());
    expect(fault).toMatchObject({ code: 'dut.noName', facts: { said: 'tinyML Enhanced Interface Board' } });
  });

  it('a device of another class', async () => {
    const bench = createBench({ deviceClass: 'ebaz-4205' });
    expect(await faultOf(bench, bench.client.identify())).toMatchObject({
      code: 'dut.notADut',
      facts: { deviceClass: 'ebaz-4205' },
    });
  });

  it('one that talks without end', async () => {
    const bench = createBench({ noBoot: true, silentAfter: 0 });
    const chatter = (): void => {
      bench.dut.say('temperature 21\r\n');
      bench.clock.setTimer(0.1, chatter);
    };
    chatter();
    expect(await faultOf(bench, bench.client.identify())).toMatchObject({
      code: 'dut.babbling',
      facts: { seconds: 8 },
    });
  });

  it('one that answers although it talks without end', async () => {
    const bench = createBench({ noBoot: true });
    let chatting = true;
    const chatter = (): void => {
      bench.dut.say('temperature 21\r\n');
      if (chatting) bench.clock.setTimer(0.1, chatter);
    };
    chatter();
    const identity = await bench.clock.until(bench.client.identify());
    chatting = false;
    expect(identity).toMatchObject({ model: 'kws01', quirks: ['noise'] });
  });
});

describe('what was expected', () => {
  it('the wrong build is a fault before anything is measured', async () => {
    const bench = createBench({ energyBuild: true });
    const fault = await faultOf(
      bench,
      bench.client.identify({ expect: { timestampMode: 'performance', model: 'kws01' } }),
    );
    expect(fault).toMatchObject({ code: 'dut.wrongMode', facts: { expected: 'performance', found: 'energy' } });
    const unknown = createBench({ energyBuild: true });
    await unknown.clock.until(unknown.client.identify({ expect: { timestampMode: 'unknown' } }));
  });

  it('the wrong model too', async () => {
    const bench = createBench({ model: 'ic01' });
    const fault = await faultOf(bench, bench.client.identify({ expect: { model: 'kws01' } }));
    expect(fault).toMatchObject({ code: 'dut.wrongModel', facts: { expected: 'kws01', found: 'ic01' } });
  });

  it('the other spelling of the streaming model is understood', async () => {
    const bench = createBench({ model: 'strww01' });
    const identity = await bench.clock.until(bench.client.identify({ expect: { model: 'sww01' } }));
    expect(identity).toMatchObject({ model: 'sww01', quirks: ['aliasModel'] });
  });

  it('a profile that loses its model is asked again, then refused', async () => {
    const bench = createBench({ rewrite: (line) => (line.startsWith('m-model') ? [] : [line]) });
    const fault = await faultOf(bench, bench.client.identify());
    expect(fault).toMatchObject({ code: 'dut.incompleteReply', facts: { command: 'profile', missing: 'm-model' } });
    expect(bench.dut.commands).toEqual(['name', 'profile', 'profile', 'profile']);
  });

  it('a lost byte in the first name is asked again', async () => {
    // Bytes 0 to 4 are the first `name%`; its third letter does not arrive.
    const bench = createBench({ mangleIn: (byte, index) => (index === 2 ? [] : [byte]) });
    const identity = await bench.clock.until(bench.client.identify());
    expect(identity.model).toBe('kws01');
    expect(bench.dut.commands.slice(0, 2)).toEqual(['nae', 'name']);
  });

  it('half a command that stands in the buffer of the DUT is flushed', async () => {
    const bench = createBench({ noBoot: true });
    await bench.host.write(Buffer.from('db 0011'));
    const identity = await bench.clock.until(bench.client.identify());
    expect(identity.model).toBe('kws01');
    expect(bench.dut.commands.slice(0, 2)).toEqual(['db 0011name', 'name']);
  });
});

it('can be aborted while it waits', async () => {
  const bench = createBench({ noBoot: true, silentAfter: 0 });
  const controller = new AbortController();
  const outcome = bench.client.identify({ signal: controller.signal }).catch((error: unknown) => error);
  await bench.clock.advance(1);
  const reason = new Error('stop');
  controller.abort(reason);
  expect(await outcome).toBe(reason);
  expect(bench.clock.pending).toBe(0);
});
