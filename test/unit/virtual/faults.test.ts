import { afterEach, describe, expect, it } from 'vitest';
import { isFault } from '../../../src/shared/fault/index.ts';
import type { InjectedFaults, VirtualBench, VirtualBenchOptions } from '../../../src/main/virtual/index.ts';
import { demo, laps, openDemoBench, pass, Talk } from './support.ts';

const benches: VirtualBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function opened(faults: InjectedFaults, options: Partial<VirtualBenchOptions> = {}): Promise<Talk> {
  const bench = await openDemoBench({ faults, ...options });
  benches.push(bench);
  return Talk.open(bench);
}

async function booted(faults: InjectedFaults, options: Partial<VirtualBenchOptions> = {}): Promise<Talk> {
  const talk = await opened(faults, options);
  await talk.ready('boot block');
  return talk;
}

const input = demo.inputs[0]?.bytes ?? new Uint8Array(0);
const bootBytes = 'm-timestamp-mode-performance\r\nm-lap-us-102604\r\nm-init-done\r\nm-ready\r\n'.length;

describe('faults in the line', () => {
  it('echoes what was sent, with and without the terminator', async () => {
    const whole = await booted({ line: { echo: 'withTerminator' } });
    expect((await whole.command('name'))[0]).toBe('name%m-name-dut-[joulebench-virtual]');
    const cut = await booted({ line: { echo: 'withoutTerminator' } });
    expect((await cut.command('profile'))[0]).toBe('profilem-profile-[ULPMark for tinyML Firmware V0.0.1]');
  });

  it('glues text in front of a line', async () => {
    const glued = [{ before: 'm-warmup-start-', text: 'th_load_tensor starting at 380137430' }];
    const talk = await booted({ line: { glued } });
    await talk.load(input);
    expect((await talk.command('infer 1 0'))[0]).toBe('th_load_tensor starting at 380137430m-warmup-start-0');
  });

  it('loses, doubles and flips the byte that is named, in either direction', async () => {
    const toDut = await booted({
      line: {
        toDut: [
          { byte: 1, kind: 'lost' },
          { byte: 7, kind: 'doubled' },
          { byte: 13, kind: 'flipped', mask: 0x20 },
        ],
      },
    });
    // Bytes 1 to 5, 6 to 10, 11 to 15 are the three commands.
    expect((await toDut.command('name'))[0]).toBe('e-[Unknown command: ame]');
    expect((await toDut.command('name'))[0]).toBe('e-[Unknown command: naame]');
    expect((await toDut.command('name'))[0]).toBe('e-[Unknown command: naMe]');
    expect((await toDut.command('name'))[0]).toBe('m-name-dut-[joulebench-virtual]');

    const toHost = await booted({
      line: {
        toHost: [
          { byte: bootBytes + 1, kind: 'lost' },
          { byte: bootBytes + 3, kind: 'doubled' },
          { byte: bootBytes + 4, kind: 'flipped' },
        ],
      },
    });
    expect((await toHost.command('name'))[0]).toBe('-nn`me-dut-[joulebench-virtual]');
  });

  it('gives garbage at the wrong rate, and the DUT does not understand the host', async () => {
    const bench = await openDemoBench({ baud: 115_200 });
    benches.push(bench);
    for (const baud of [9_600, 57_600, 230_400, 921_600]) {
      const talk = await Talk.open(bench, { baud });
      await pass(bench, 0.5);
      expect(talk.take()).not.toContain('m-');
      await talk.stream.write(Buffer.from('name%'));
      await pass(bench, 1);
      expect(talk.take()).not.toContain('m-');
      await talk.stream.close();
    }
    const right = await Talk.open(bench);
    expect(await right.ready()).toContain('m-init-done');
  });

  it('holds everything back during a stall', async () => {
    const talk = await opened({ line: { stall: { atS: 0.1035, forS: 2 } } });
    await talk.ready();
    expect(talk.transcript.map(({ timeNs }) => timeNs > 1e9)).toEqual([false, true, true, true]);
    expect(talk.lastTimeNs).toBe(2_103_500_000);
    expect((await talk.command('name')).at(-1)).toBe('m-ready');
    expect(talk.lastTimeNs).toBeLessThan(2_115_000_000);
  });

  it('ends the line when the cable is pulled, and can be opened again when it is back', async () => {
    const talk = await booted({ line: { unplug: { atS: 2, forS: 3 } } });
    await talk.load(input);
    await talk.stream.write(Buffer.from('infer 40 0%'));
    await pass(talk.bench, 2);
    expect(isFault(talk.ended?.reason, 'transport.unplugged')).toBe(true);
    await expect(talk.stream.write(Buffer.from('name%'))).rejects.toThrow('transport.unplugged');
    await expect(talk.bench.openDut()).rejects.toThrow('transport.notFound');
    await pass(talk.bench, 3);
    const again = await Talk.open(talk.bench);
    expect(await again.ready()).toContain('m-timestamp-mode-performance');
    expect(talk.take()).toContain('m-infer-start-40');
  });

  it('stays away without a return', async () => {
    const talk = await opened({ line: { unplug: { atS: 0.05 } } });
    await pass(talk.bench, 1000);
    expect(talk.transcript).toEqual([]);
    await expect(talk.bench.openDut()).rejects.toThrow('transport.notFound');
  });
});

describe('faults in the DUT', () => {
  it('boots late, or never', async () => {
    const late = await booted({ dut: { boot: { afterS: 18 } } });
    expect(late.transcript[0]?.timeNs).toBe(18_000_000_000 + 30 * 86_800);
    expect(late.transcript[1]?.text).toBe('m-lap-us-18002604\r\n');
    const never = await opened({ dut: { boot: 'never' } });
    await never.stream.write(Buffer.from('name%'));
    await pass(never.bench, 100);
    expect(never.transcript).toEqual([]);
  });

  it('is in the wrong mode', async () => {
    const talk = await opened({}, { mode: 'energy' });
    expect(await talk.ready()).toContain('m-timestamp-mode-energy');
    expect(await talk.command('timestamp')).toEqual(['m-ready']);
  });

  it('falls silent after a command', async () => {
    const talk = await booted({ dut: { silentAfterCommand: 2 } });
    expect((await talk.command('name')).length).toBe(2);
    expect((await talk.command('name')).length).toBe(2);
    const before = talk.transcript.length;
    for (const command of ['name%', 'db load 490%', 'timestamp%']) await talk.stream.write(Buffer.from(command));
    await pass(talk.bench, 60);
    expect(talk.transcript.length).toBe(before);
  });

  it('restarts within a window, once', async () => {
    const talk = await booted({ dut: { rebootAfterInference: 10 } });
    await talk.load(input);
    const lines = await talk.command('infer 40 0');
    expect(lines.slice(0, 4)).toEqual([
      'm-warmup-start-0',
      'm-warmup-done',
      'm-infer-start-40',
      expect.stringMatching(/^m-lap-us-\d+$/),
    ]);
    expect(lines.slice(4)).toEqual(['m-timestamp-mode-performance', 'm-lap-us-102604', 'm-init-done', 'm-ready']);
    // Its memory is empty again.
    expect((await talk.command('infer 1 0'))[0]).toBe('e-[Input db has 0 elemented, expected 490]');
    await talk.load(input);
    expect(laps(await talk.command('infer 40 0')).length).toBe(2);
  });

  it('loses or doubles stamps', async () => {
    const missing = await booted({ dut: { stampsMissing: [2, 5] } });
    await missing.load(input);
    expect(laps(await missing.command('infer 2 0')).length).toBe(1);
    expect(laps(await missing.command('infer 2 0')).length).toBe(1);
    expect(laps(await missing.command('infer 2 0')).length).toBe(2);
    const doubled = await booted({ dut: { stampsDoubled: [1, 3] } });
    await doubled.load(input);
    const [first, second, third] = laps(await doubled.command('infer 2 0'));
    expect(third).toBe(second);
    expect(first).toBeLessThan(second ?? 0);
  });
});
