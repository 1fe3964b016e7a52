import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBoards } from '../../../src/main/bench/index.ts';
import { flashOnHost } from '../../../src/main/flash-board.ts';
import type { FlashedBoard } from '../../../src/main/flash-board.ts';
import { listProbes } from '../../../src/main/flash/index.ts';
import type { FlashTool } from '../../../src/main/flash/index.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import type { Probe } from '../../../src/shared/domain/flash.ts';
import { cli, scratch } from '../../support/cli.ts';
import { FakeSysfs } from '../../support/sysfs.ts';
import { testHost } from '../../support/test-host.ts';
import { FlashBench, noToolReason } from './bench.ts';
import { faultOf } from './refusal-suite.ts';
import { noProcReason } from './running.ts';

/** Refusals that need no tool at all. */
describe('joulebench flash refuses without asking a tool', () => {
  it('an image outside the flash', async () => {
    await FlashBench.with(async (bench) => {
      const { path } = bench.image(3096);
      const ran = await cli(bench.args('openocd', ['--image', path, '--base', '0x09000000', '--json']), bench.home);
      expect([faultOf(ran).code, ran.code]).toEqual(['flash.layoutOutside', 2]);
      expect(await bench.state()).toBeUndefined();
      expect(bench.probe.log.some(({ what }) => /connect/i.test(what))).toBe(false);
    });
  });

  it.each([
    ['a tool that is not there', ['--tool', 'openocd', '--openocd', '/nowhere/openocd'], 'flash.toolMissing'],
    ['another tool that is not there', ['--tool', 'pyocd', '--pyocd', '/nowhere/pyocd'], 'flash.toolMissing'],
  ])('%s', async (_name, more, code) => {
    await FlashBench.with(async (bench) => {
      const ran = await cli(bench.imageArgs('openocd', bench.image(3096), [...more, '--json']), bench.home);
      expect([faultOf(ran).code, ran.code]).toEqual([code, 2]);
      expect(await bench.expectTruth()).toMatchObject({ state: 'untouched' });
    });
  });

  it('a board whose flash nobody described, and one that it never heard of', async () => {
    await FlashBench.with(async (bench) => {
      const image = bench.image(3096).path;
      const tried = await cli([...bench.args('openocd', ['--image', image, '--json'], 'generic-cortex-m')], bench.home);
      expect([faultOf(tried).code, tried.code]).toEqual(['flash.imageNoBase', 2]);
      const more = ['--image', image, '--base', '0x08000000', '--json'];
      const generic = await cli(bench.args('openocd', more, 'generic-cortex-m'), bench.home);
      expect([faultOf(generic).code, generic.code]).toEqual(['flash.boardUnknownFlash', 2]);
      const nowhere = await cli(bench.args('openocd', more, 'nowhere'), bench.home);
      expect(nowhere.code).toBe(2);
      expect(await bench.state()).toBeUndefined();
    });
  });
});

describe('a board that a tool does not know', () => {
  it.skipIf(noToolReason.openocd)('is refused by OpenOCD 0.12 with the remedy of the entry', async () => {
    await FlashBench.with(async (bench) => {
      const { path } = bench.image(3096);
      const ran = await cli(
        bench.args('openocd', ['--image', path, '--base', '0x0', '--json'], 'nrf5340-dk'),
        bench.home,
      );
      if (ran.code === 3) return; // A newer OpenOCD knows it, and finds another chip.
      expect([faultOf(ran).code, ran.code]).toEqual(['flash.boardNotForTool', 2]);
      expect(ran.err).toContain('install a newer OpenOCD');
      expect(await bench.expectTruth()).toMatchObject({ state: 'untouched' });
    });
  });

  it.skipIf(noToolReason.pyocd)('is refused by pyOCD without its pack', async () => {
    await FlashBench.with(async (bench) => {
      const { path } = bench.image(3096);
      const ran = await cli(
        bench.args('pyocd', ['--image', path, '--base', '0x08000000', '--json'], 'nucleo-l4r5zi'),
        bench.home,
      );
      expect(['flash.targetUnknown', 'flash.boardNotForTool']).toContain(faultOf(ran).code);
      expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('pack')]);
      expect(await bench.expectTruth()).toMatchObject({ state: 'untouched' });
    });
  });
});

describe.skipIf(noProcReason)('with two probes attached', () => {
  /** Two boards of a kind. */
  async function attached(home: string): Promise<Probe[]> {
    const sys = await FakeSysfs.in(mkdtempSync(join(home, 'sys-')));
    const attributes = { idVendor: '0483', idProduct: '374b', product: 'ST-LINK/V2.1' };
    await sys.plugIn('1-1', { ...attributes, serial: '0670FF303431434E43105A17' });
    await sys.plugIn('1-2', { ...attributes, serial: '066DFF515049657187123456' });
    return listProbes({ platform: 'linux', boards: await readBoards(resourcesDir()), sysFolder: sys.folder });
  }

  it('nothing is flashed and no tool is asked until one is named', async () => {
    const home = scratch();
    const image = join(home, 'image.bin');
    writeFileSync(image, Buffer.alloc(64, 1));
    const host = await testHost(home);
    const asked: string[] = [];
    const tool: FlashTool = {
      id: 'openocd',
      find: () => Promise.resolve({ id: 'openocd', path: 'openocd', version: '0.12.0' }),
      refusal: () => undefined,
      recover: () => Promise.resolve(),
      flash: async (_found, { probe }, { onState }) => {
        asked.push(probe.serial);
        await onState('verified', 64);
        return { state: 'verified', chipId: null, targetV: null, confirmedBytes: 64 };
      },
    };
    const flash = (probe?: string): Promise<FlashedBoard> =>
      flashOnHost(
        host,
        { board: 'nucleo-l4r5zi', imageFile: image, baseAddress: 0x0800_0000, probe, probes: () => attached(home) },
        [tool],
        { onProgress: () => undefined, onLog: () => undefined },
        new AbortController().signal,
      );
    await expect(flash()).rejects.toMatchObject({ code: 'flash.probeSeveral' });
    await expect(flash('0670FF000000000000000000')).rejects.toMatchObject({ code: 'flash.probeUnknown' });
    expect(asked).toEqual([]);
    await flash('066dff515049657187123456');
    expect(asked).toEqual(['066DFF515049657187123456']);
  });
});
