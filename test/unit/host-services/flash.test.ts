import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Flashings } from '../../../src/main/host-services/flash.ts';
import type { FlashContext, FlashTool } from '../../../src/main/flash/index.ts';
import { liveFlashSchema } from '../../../src/shared/domain/flash-page.ts';
import type { LiveFlash, StartFlash } from '../../../src/shared/domain/flash-page.ts';
import type { Probe } from '../../../src/shared/domain/flash.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { testHost } from '../../support/test-host.ts';

let home: string;
let imageFile: string;
const bytes = Uint8Array.from({ length: 96 }, (_, index) => index);
const sha256 = createHash('sha256').update(bytes).digest('hex');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'jb-flashings-'));
  imageFile = join(home, 'image.bin');
  writeFileSync(imageFile, bytes);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const probe: Probe = {
  serial: '0669FF3531',
  kind: 'stlink',
  product: 'STLINK-V3',
  usb: null,
  ports: ['/dev/ttyACM7'],
  boards: ['nucleo-l4r5zi'],
};
const bench = 'tcp:127.0.0.1:7000';
const remote = 'remote:4444:5555';

/** A tool that programs without a fault unless a test says otherwise. */
function scripted(flash?: (context: FlashContext) => Promise<void>, missing = false): FlashTool {
  return {
    id: 'openocd',
    find: () =>
      missing
        ? Promise.reject(new Fault('flash.toolMissing', { tool: 'openocd', program: 'openocd' }))
        : Promise.resolve({ id: 'openocd', path: '/bin/openocd', version: '0.12.0' }),
    refusal: (_found, board) =>
      board.id === 'nucleo-u575zi-q' ? { reason: 'no file', remedy: 'a newer tool' } : undefined,
    flash: async (_tool, { plan }, context) => {
      context.onLog('> program');
      context.onProgress({ phase: 'erasing', doneBytes: 16384, totalBytes: 16384 });
      await context.onState('partial', 0);
      context.onProgress({ phase: 'programming', doneBytes: 48, totalBytes: plan.totalBytes });
      await flash?.(context);
      context.signal.throwIfAborted();
      context.onProgress({ phase: 'verifying', doneBytes: plan.totalBytes, totalBytes: plan.totalBytes });
      return { state: 'verified', chipId: 0x413, targetV: 3.3, confirmedBytes: plan.totalBytes };
    },
    recover: () => Promise.resolve(),
  };
}

async function flashings(tool: FlashTool): Promise<Flashings> {
  return new Flashings(await testHost(home), { tools: [tool], probes: () => Promise.resolve([probe]) });
}

function request(change: Partial<StartFlash> = {}): StartFlash {
  return {
    board: 'netduinoplus2',
    imageFile,
    baseAddress: 0x0800_0000,
    probe: remote,
    benchId: bench,
    unlock: false,
    ...change,
  };
}

async function ended(service: Flashings, wish: StartFlash): Promise<LiveFlash> {
  const { id } = await service.start(wish, await service.benchesOf(wish));
  await service.find(id)?.done;
  const { value } = service.topic(id);
  // What goes over the border must be what the contract says.
  expect(liveFlashSchema.parse(value)).toEqual(value);
  return value;
}

describe('before anything is flashed', () => {
  it('says what is known of each board and what an image would do to it', async () => {
    const service = await flashings(scripted());
    const boards = await service.boards();
    expect(boards.find(({ id }) => id === 'netduinoplus2')).toMatchObject({
      virtual: true,
      tried: 'emulator',
      flashable: true,
      minTargetV: 1.8,
      chipIdName: 'DBGMCU_IDCODE',
    });
    expect(boards.find(({ id }) => id === 'netduinoplus2')?.workloads).toContain('demo01');
    expect(boards.find(({ id }) => id === 'virtual')?.flashable).toBe(false);
    const { image, layout } = await service.preview(request(), new AbortController().signal);
    expect(image).toEqual({ name: 'image.bin', format: 'bin', sha256, bytes: 96 });
    expect(layout).toMatchObject({ sectors: 1, imageBytes: 96, erasedBytes: 16384 });
    expect(layout.alsoErased).toEqual([{ address: 0x0800_0060, bytes: 16384 - 96 }]);
  });

  it('says which tool knows a board, and why one does not', async () => {
    const { signal } = new AbortController();
    const service = await flashings(scripted());
    expect(await service.tools('netduinoplus2', signal)).toEqual([
      { id: 'openocd', version: '0.12.0', path: '/bin/openocd', fault: null },
    ]);
    expect(await service.tools('nucleo-u575zi-q', signal)).toMatchObject([
      { version: '0.12.0', fault: { code: 'flash.boardNotForTool', facts: { remedy: 'a newer tool' } } },
    ]);
    const without = await flashings(scripted(undefined, true));
    expect(await without.tools('netduinoplus2', signal)).toMatchObject([
      { version: null, fault: { code: 'flash.toolMissing' } },
    ]);
    await expect(service.tools('virtual', signal)).rejects.toMatchObject({ code: 'flash.boardUnknownFlash' });
  });
});

describe('a flashing', () => {
  it('leaves a board alone on whose port something else measures, and holds that port itself', async () => {
    const host = await testHost(home);
    const seen: boolean[] = [];
    const tool = scripted(async () => {
      seen.push((await host.locks.holder('serial:/dev/ttyACM7')) !== undefined);
    });
    const service = new Flashings(host, { tools: [tool], probes: () => Promise.resolve([probe]) });
    const wish = request({ board: 'nucleo-l4r5zi', probe: probe.serial });
    const lock = await host.locks.claim('serial:/dev/ttyACM7', '/dev/ttyACM7', 'kws01 energy');
    expect((await ended(service, wish)).operation).toMatchObject({
      state: 'failed',
      fault: { code: 'bench.instrumentHeld', facts: { label: '/dev/ttyACM7', purpose: 'kws01 energy' } },
    });
    expect(seen).toEqual([]);
    await lock.release();
    expect((await ended(service, wish)).operation.state).toBe('done');
    expect(seen).toEqual([true]);
    expect(await host.locks.holder('serial:/dev/ttyACM7')).toBeUndefined();
  });

  it('is followed by phase, and what was confirmed is known to the bench of the DUT', async () => {
    const service = await flashings(scripted());
    const live = await ended(service, request());
    expect(live).toMatchObject({
      operation: { kind: 'flash', state: 'done' },
      simulated: true,
      amounts: {
        erasing: { doneBytes: 16384, totalBytes: 16384 },
        programming: { doneBytes: 48, totalBytes: 96 },
        verifying: { doneBytes: 96, totalBytes: 96 },
      },
      log: ['> program'],
      record: { state: 'verified', confirmedBytes: 96, confirmedSha256: sha256, chipId: 0x413, targetV: 3.3 },
      benches: [bench],
    });
    expect(live.logPath).toMatch(/flash-.*\.log$/);
    expect(await service.flashedAt(bench)).toMatchObject({ record: { image: { sha256 } }, firmware: { sha256 } });
    expect(await service.flashedAt('tcp:127.0.0.1:7001')).toBeUndefined();
    // A probe of its own port brings that port along.
    expect(await service.benchesOf({ probe: probe.serial })).toEqual(['serial:/dev/ttyACM7']);
  });

  it('that is stopped says what it left, and what was known of the bench is forgotten', async () => {
    let stopNow = (): void => undefined;
    let stops = false;
    const tool = scripted(async ({ signal }) => {
      if (!stops) return;
      stopNow();
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
      );
    });
    const service = await flashings(tool);
    await ended(service, request());
    stops = true;
    const wish = request();
    const begun = new Promise<void>((resolve) => (stopNow = resolve));
    const { id } = await service.start(wish, await service.benchesOf(wish));
    await begun;
    expect(service.active(bench)).toHaveLength(1);
    expect(service.active('virtual')).toHaveLength(0);
    // The same probe cannot do two things.
    await expect(service.start(wish, [])).rejects.toMatchObject({ code: 'bench.busy' });
    expect(service.cancel(id).state).toBe('cancelling');
    await service.find(id)?.done;
    expect(service.topic(id).value).toMatchObject({
      operation: { state: 'cancelled' },
      left: { board: 'netduinoplus2', probeSerial: remote, state: 'partial', image: 'image.bin' },
    });
    expect(await service.unfinished()).toHaveLength(1);
    expect(await service.flashedAt(bench)).toBeUndefined();
  });

  it('that fails keeps its fault and what it left', async () => {
    const service = await flashings(
      scripted(() => Promise.reject(new Fault('flash.writeFailed', { board: 'x', address: '0x08000030' }))),
    );
    expect(await ended(service, request())).toMatchObject({
      operation: { state: 'failed', fault: { code: 'flash.writeFailed' } },
      left: { state: 'partial', confirmedBytes: 0 },
    });
    expect(await ended(service, request({ imageFile: join(home, 'none.bin') }))).toMatchObject({
      operation: { state: 'failed', fault: { code: 'flash.imageMissing' } },
    });
    expect(() => service.topic('none')).toThrow(expect.objectContaining({ code: 'app.operationUnknown' }) as Error);
  });

  it('tells nobody of a flashing that a closing program waits for once it is over', async () => {
    const service = await flashings(scripted());
    let changes = 0;
    const stop = service.onChange(() => (changes += 1));
    const wish = request();
    expect(await service.benchesOf(wish)).toEqual([bench]);
    await service.start(wish, await service.benchesOf(wish));
    await service.cancelAll();
    await new Promise(setImmediate);
    expect(service.active()).toEqual([]);
    expect(service.list()).toMatchObject([{ kind: 'flash', state: 'cancelled' }]);
    expect(changes).toBe(2);
    stop();
  });
});
