import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { MonitorEvent } from '../../../src/main/emon/index.ts';
import { defaultMark } from '../../../src/main/emon/edge-detector.ts';
import { Ppk2Converter } from '../../../src/main/emon/ppk2/convert.ts';
import { Ppk2Decoder } from '../../../src/main/emon/ppk2/decoder.ts';
import { Ppk2Emulator } from '../../../src/main/virtual/monitor/index.ts';
import { openMonitorPty } from '../../rig/monitor/index.ts';
import type { MonitorPty } from '../../rig/monitor/index.ts';
import { publicPpk2 } from './public-ppk2.ts';

const { python, reason } = publicPpk2();
if (reason) console.log(`skipped: ${reason}`);

const seconds = 1.2;
const readSchema = z.object({
  understood: z.literal(true),
  modifiers: z.object({ R: z.record(z.string(), z.number()), GI: z.record(z.string(), z.number()) }),
  microamperes: z.array(z.number()),
  levels: z.array(z.number().int()),
});

/** A load that goes through four ranges, with time marks, for as long as a program may take to come. */
function script({ rig }: MonitorPty): void {
  const ohms = [300, 2000, 300, 20_000];
  const stepNs = 7e6;
  for (let step = 0; step < 3000; step++) {
    const ohm = ohms[step % ohms.length] as number;
    rig.clock.at(step * stepNs, () => rig.load.connect(rig.clock.nowNs(), { kind: 'resistor', ohm }));
    if (step % 10 !== 0) continue;
    rig.clock.at(step * stepNs + 1e6, () => rig.monitor.pin(0));
    rig.clock.at(step * stepNs + 2e6, () => rig.monitor.pin(1));
  }
}

describe.skipIf(reason)('the public ppk2_api package on an emulated PPK2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jb-ppk2-'));
  let pty: MonitorPty;
  let read: z.infer<typeof readSchema>;
  let emulator: Ppk2Emulator;

  beforeAll(async () => {
    pty = await openMonitorPty({ kind: 'ppk2', seed: 12, hands: { dmm: { inputOhm: 1e12 } } });
    if (!(pty.rig.monitor instanceof Ppk2Emulator)) throw new Error('no PPK2');
    emulator = pty.rig.monitor;
    script(pty);
    const program = join(import.meta.dirname, 'read_ppk2.py');
    await promisify(execFile)(python ?? '', [program, pty.path, folder, String(seconds)], { timeout: 60_000 });
    read = readSchema.parse(JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8')));
  });

  afterAll(async () => {
    await pty.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('understands its calibration', () => {
    expect(Object.values(read.modifiers.R)).toEqual(emulator.constants.R);
    expect(Object.values(read.modifiers.GI)).toEqual(emulator.constants.GI);
  });

  it('switches its supply, and reads what the load took', async () => {
    await vi.waitFor(() => expect(emulator.commands).toContain('0c00'), { timeout: 10_000 });
    expect(emulator.commands).toContain('0c01');
    expect(emulator.voltageV).toBe(3);
    expect(emulator.supplyOn).toBe(false);
    const samples = read.microamperes.length;
    // It takes about 10 us for a sample, so it may fall behind; what it has is without a hole.
    expect(samples).toBeGreaterThan(20_000);
    const { startNs, binNs } = emulator.grid ?? { startNs: NaN, binNs: NaN };
    const { chargeC } = pty.rig.load.timeline.between(startNs, startNs + samples * binNs);
    const meanA = read.microamperes.reduce((sum, value) => sum + value * 1e-6, 0) / samples;
    expect(Math.abs(meanA / (chargeC / ((samples * binNs) / 1e9)) - 1)).toBeLessThan(5e-3);
  });

  it('makes of the same bytes what our decoder makes of them, sample by sample', () => {
    const { R, GS, GI, O, S, I, UG } = emulator.constants;
    const converter = new Ppk2Converter({ r: R, gs: GS, gi: GI, o: O, s: S, i: I, ug: UG }, 3000);
    const events: MonitorEvent[] = [];
    const decoder = new Ppk2Decoder({
      converter,
      spikeFilter: true,
      mark: defaultMark,
      emit: (event) => events.push(event),
    });
    decoder.push(readFileSync(join(folder, 'raw.bin')));
    decoder.finish();
    const blocks = events.filter((event) => event.kind === 'samples');
    const ours = blocks.flatMap(({ values }) => [...values]);
    const digital = blocks.flatMap((block) => [...(block.digital ?? [])]);
    const used = new Set(blocks.flatMap(({ ranges }) => [...(ranges ?? [])]));
    expect(events.filter(({ kind }) => kind === 'loss')).toEqual([]);
    // Bytes behind the last whole sample are theirs to keep.
    expect(Math.abs(ours.length - read.microamperes.length)).toBeLessThanOrEqual(1);
    expect(used.size).toBeGreaterThanOrEqual(3);
    const worst = read.microamperes.reduce((most, theirs, index) => {
      const value = ours[index];
      return value === undefined ? most : Math.max(most, Math.abs(value - theirs * 1e-6) / (Math.abs(value) + 1e-9));
    }, 0);
    // Ours are kept in single precision.
    expect(worst).toBeLessThan(1e-6);
    expect(read.levels.slice(0, digital.length)).toEqual(digital.slice(0, read.levels.length));
    const falls = read.levels.filter(
      (level, index) => index > 0 && level % 2 === 0 && (read.levels[index - 1] ?? 0) % 2 === 1,
    );
    expect(events.filter(({ kind }) => kind === 'edge')).toHaveLength(falls.length);
    // One every 70 ms of what the package had time to read.
    expect(falls.length).toBeGreaterThan(1);
  });
});
