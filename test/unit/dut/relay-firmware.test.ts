import { describe, expect, it } from 'vitest';
import { DutClient, openRelay } from '../../../src/main/dut/index.ts';
import { createPipe } from '../../../src/main/transport/index.ts';
import { buildIoManager, noAvrReason, startUno } from '../../rig/avr/index.ts';
import { ScriptedDut } from '../../rig/dut/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { payload } from './bench.ts';

if (noAvrReason) console.info(`IO manager: ${noAvrReason}`);

const stepS = 0.0005;

describe.skipIf(noAvrReason)('the relay stream on our IO manager, instruction by instruction', () => {
  it('identifies, loads and runs a DUT at 9600 baud, and hears the stamps of D3', async () => {
    const clock = new ManualClock();
    const uno = startUno(buildIoManager());
    const [host, far] = createPipe({ labels: ['UNO', 'host'], baud: 115_200 });
    const [line, dutEnd] = createPipe({ labels: ['UNO', 'DUT'], baud: 9600 });
    far.onData((chunk) => uno.fromHost(chunk));
    line.onData((chunk) => uno.fromDut(chunk));
    uno.onDutCommand = (command) => void line.write(Buffer.from(`${command}%`, 'latin1'));
    const run = async <T>(work: Promise<T>): Promise<T> => {
      let done = false;
      const watched = work.finally(() => (done = true));
      watched.catch(() => undefined);
      while (!done) {
        uno.runFor(stepS);
        if (uno.host !== '') void far.write(Buffer.from(uno.host, 'latin1'));
        uno.host = '';
        await clock.advance(stepS);
      }
      return watched;
    };

    const relay = openRelay(host, clock);
    const dut = new ScriptedDut(dutEnd, clock, { energyBuild: true, inferenceS: 0.001, bootS: 0.3 });
    const laps: number[] = [];
    relay.onLap((lap) => laps.push(lap.us));
    expect(await run(relay.command('name'))).toEqual(['m-name-joulebench-io-manager-[arduino-uno]']);
    expect(await run(relay.command('tm 0'))).toEqual([
      'm-timestmp-mode-FALLING',
      'm-[Timer disabled after mode change]',
    ]);
    expect(await run(relay.command('enable-timer'))).toEqual(['m-timer-enabled']);
    const client = new DutClient({ stream: relay.dut, clock, chunkBytes: 26 });
    expect(await run(client.identify())).toMatchObject({ name: 'dut', timestampMode: 'energy', quirks: [] });
    const report = await run(client.load(payload(60), { verify: true }));
    expect(report).toMatchObject({ bytes: 60, attempts: 1, verified: 'ok' });
    uno.stampLevel(false, uno.cycles + 16_000);
    uno.stampLevel(true, uno.cycles + 16_160);
    const infer = await run(client.infer(100, 1, { deadlineS: 10 }));
    expect(infer).toMatchObject({ iterations: 100, warmups: 1, noiseLines: 0 });
    expect(laps).toHaveLength(1);
    expect(dut.commands.filter((command) => command.startsWith('db '))).toHaveLength(5);
    expect([uno.overruns, uno.framingErrors]).toEqual([0, 0]);
  });
});
