import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBoard } from '../../../src/main/bench/index.ts';
import { flashBoard } from '../../../src/main/flash/service.ts';
import type { FlashDone, FlashRequest } from '../../../src/main/flash/service.ts';
import { readFlashState, writeFlashState } from '../../../src/main/flash/state-file.ts';
import type { FlashStateFile } from '../../../src/main/flash/state-file.ts';
import type { FlashContext, FlashTool, FoundTool } from '../../../src/main/flash/types.ts';
import type { FlashState, FlashToolId } from '../../../src/shared/domain/flash.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jb-service-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const board = await findBoard(resolve(import.meta.dirname, '../../../resources'), 'netduinoplus2');
const bytes = Uint8Array.from({ length: 64 }, (_, index) => index);
const image: FlashRequest['image'] = {
  name: 'image.bin',
  format: 'bin',
  segments: [{ address: 0x0800_0000, bytes }],
  sha256: createHash('sha256').update(bytes).digest('hex'),
};
const probe: FlashRequest['probe'] = { serial: 'ABC', kind: 'stlink', usb: null };

interface Script {
  id?: FlashToolId;
  /** It is not there. */
  missing?: boolean;
  /** It does not know the board. */
  refusal?: { reason: string; remedy: string };
  flash?: (context: FlashContext) => Promise<void>;
}

/** A tool that does what a test says, and tells what it was asked. */
function scripted({ id = 'openocd', missing = false, refusal, flash }: Script, asked: string[] = []): FlashTool {
  const found: FoundTool = { id, path: `/bin/${id}`, version: '0.12.0' };
  return {
    id,
    find: async (configured) => {
      asked.push(`find ${id} ${configured ?? ''}`.trim());
      if (missing) throw new Fault('flash.toolMissing', { tool: id, program: id });
      return found;
    },
    refusal: () => refusal,
    flash: async (_tool, _job, context) => {
      asked.push('flash');
      context.onLog('> flash');
      await flash?.(context);
      await context.onState('partial', 0);
      await context.onState('verified', bytes.length);
      return { state: 'verified', chipId: 0x413, targetV: 3.3, confirmedBytes: bytes.length };
    },
    recover: async () => void asked.push('recover'),
  };
}

interface Ran {
  done?: FlashDone;
  error?: unknown;
  logFiles: string[];
  state: Awaited<ReturnType<typeof readFlashState>>;
}

async function run(
  tools: readonly FlashTool[],
  changes: Partial<FlashRequest> = {},
  signal?: AbortSignal,
): Promise<Ran> {
  const logFiles: string[] = [];
  const request = { board, image, probe, simulated: false, ...changes };
  const environment = {
    clock: new ManualClock(),
    tools,
    stateFolder: join(folder, 'state'),
    logFolder: join(folder, 'logs'),
  };
  const follower = {
    onProgress: () => undefined,
    onLog: () => undefined,
    onLogFile: (path: string) => void logFiles.push(path),
  };
  const ended = await flashBoard(request, environment, follower, signal ?? new AbortController().signal).then(
    (done) => ({ done }),
    (error: unknown) => ({ error }),
  );
  return { ...ended, logFiles, state: await readFlashState(join(folder, 'state'), request.probe.serial) };
}

async function left(state: FlashState): Promise<FlashStateFile> {
  const file: FlashStateFile = {
    format: 1,
    board: board.id,
    probeSerial: probe.serial,
    image: { name: 'before.elf', sha256: 'b'.repeat(64) },
    state,
    confirmedBytes: state === 'verified' ? 10 : 0,
    totalBytes: 10,
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
  await writeFlashState(join(folder, 'state'), file);
  return file;
}

const refused = new Fault('flash.deviceLocked', { board: board.title });

describe('flashBoard', () => {
  it('says what was flashed, and hashes what was confirmed', async () => {
    const { done, state, logFiles } = await run([scripted({})]);
    expect(done?.record).toMatchObject({
      board: 'netduinoplus2',
      probeSerial: 'ABC',
      tool: { id: 'openocd', version: '0.12.0', path: '/bin/openocd' },
      image: { name: 'image.bin', sha256: image.sha256, bytes: 64 },
      confirmedSha256: image.sha256,
      confirmedBytes: 64,
      chipId: 0x413,
      targetV: 3.3,
      state: 'verified',
      // An emulated board is simulated, whoever asks.
      simulated: true,
    });
    expect(state).toMatchObject({ state: 'verified', confirmedBytes: 64, totalBytes: 64 });
    expect(logFiles).toEqual([done?.logPath]);
    expect(readFileSync(done?.logPath ?? '', 'utf8')).toBe('> flash\n');
  });

  it('keeps the log, and says where, when it ends in a fault', async () => {
    const { error, logFiles } = await run([scripted({ flash: () => Promise.reject(refused) })]);
    expect(error).toBe(refused);
    expect(readFileSync(logFiles[0] ?? '', 'utf8')).toBe('> flash\n');
  });

  it('has each line of the log on the disk while the tool works, and says in the state where', async () => {
    let seen = '';
    await run([
      scripted({
        flash: async (context) => {
          context.onLog('second');
          await context.onState('partial', 0);
          const { logPath = '' } = JSON.parse(readFileSync(join(folder, 'state', 'ABC.json'), 'utf8')) as {
            logPath?: string;
          };
          await vi.waitFor(() => expect(readFileSync(logPath, 'utf8')).toContain('second'));
          seen = readFileSync(logPath, 'utf8');
          context.onLog('third');
        },
      }),
    ]);
    expect(seen).toBe('> flash\nsecond\n');
  });

  it('tells the fault, not that its log could not be written', async () => {
    writeFileSync(join(folder, 'logs'), 'in the way');
    const { error, logFiles } = await run([scripted({ flash: () => Promise.reject(refused) })]);
    expect([error, logFiles]).toEqual([refused, []]);
  });

  it('says that nothing was touched when it is refused before the first erase', async () => {
    const { state } = await run([scripted({ flash: () => Promise.reject(refused) })]);
    expect(state).toMatchObject({ state: 'untouched', confirmedBytes: 0, image: { name: 'image.bin' } });
  });

  it.each(['partial', 'verified', 'unknown'] as const)(
    'leaves the truth of before, %s, when nothing was touched',
    async (before) => {
      const file = await left(before);
      const { state } = await run([scripted({ flash: () => Promise.reject(refused) })]);
      expect(state).toEqual(file);
    },
  );

  it.each([
    ['partial', ['find openocd', 'recover', 'flash']],
    ['unknown', ['find openocd', 'recover', 'flash']],
    ['verified', ['find openocd', 'flash']],
    ['untouched', ['find openocd', 'flash']],
  ] as const)('after %s asks the tool for %j', async (before, expected) => {
    await left(before);
    const asked: string[] = [];
    const { state } = await run([scripted({}, asked)]);
    expect(asked).toEqual(expected);
    expect(state).toMatchObject({ state: 'verified', image: { name: 'image.bin' } });
  });

  it('of a record that is damaged knows nothing: refused, it stays so; flashed, it is known again', async () => {
    mkdirSync(join(folder, 'state'));
    writeFileSync(join(folder, 'state', `${probe.serial}.json`), '{"format":1,"board":"net');
    const asked: string[] = [];
    const before = await run([scripted({ flash: () => Promise.reject(refused) }, asked)]);
    expect(before.state).toEqual({ state: 'unknown', problem: 'damaged', probeSerial: probe.serial });
    expect(asked).toEqual(['find openocd', 'recover', 'flash']);
    const { state } = await run([scripted({})]);
    expect(state).toMatchObject({ state: 'verified', confirmedBytes: 64 });
  });

  it('recovers nothing before an unlock that was broken off: a locked board would refuse', async () => {
    await left('partial');
    const asked: string[] = [];
    await run([scripted({}, asked)], { unlock: true });
    expect(asked).toEqual(['find openocd', 'flash']);
  });

  it('takes the next tool where the first is missing or does not know the board', async () => {
    for (const first of [{ missing: true }, { refusal: { reason: 'old', remedy: 'newer' } }]) {
      const { done } = await run([scripted(first), scripted({ id: 'pyocd' })]);
      expect(done?.record.tool.id).toBe('pyocd');
    }
  });

  it('takes only the tool that was asked for, at the place that was named', async () => {
    const asked: string[] = [];
    const tools = [scripted({}, asked), scripted({ id: 'pyocd', missing: true }, asked)];
    const { error } = await run(tools, { tool: 'pyocd', toolPaths: { pyocd: '/opt/pyocd' } });
    expect(error).toMatchObject({ code: 'flash.toolMissing' });
    expect(asked).toEqual(['find pyocd /opt/pyocd']);
  });

  it('says of a board that a tool does not know why, and what to do', async () => {
    const { error, state } = await run([scripted({ refusal: { reason: 'no pack', remedy: 'install it' } })]);
    expect(error).toMatchObject({
      code: 'flash.boardNotForTool',
      facts: { board: board.title, tool: 'openocd 0.12.0', reason: 'no pack', remedy: 'install it' },
    });
    expect(state).toMatchObject({ state: 'untouched' });
  });

  it('refuses an image that lies outside the flash before it asks any tool or writes anything', async () => {
    const asked: string[] = [];
    const outside = { ...image, segments: [{ address: 0x0900_0000, bytes }] };
    const { error, state } = await run([scripted({}, asked)], { image: outside });
    expect(error).toMatchObject({ code: 'flash.layoutOutside' });
    expect([asked, state]).toEqual([[], undefined]);
  });

  it('leaves the state that was told last when it is stopped, and no scratch folder', async () => {
    let scratch = '';
    const stop = new AbortController();
    const { error, state } = await run(
      [
        scripted({
          flash: async (context) => {
            scratch = context.scratch;
            await context.onState('partial', 32);
            stop.abort();
            throw context.signal.reason;
          },
        }),
      ],
      {},
      stop.signal,
    );
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(state).toMatchObject({ state: 'partial', confirmedBytes: 32 });
    expect(() => readdirSync(scratch)).toThrow();
  });

  it('removes what a killed attempt with the same probe left, and nothing of another', async () => {
    for (const serial of ['ABC', 'DEF']) {
      mkdirSync(join(folder, 'state', `${serial}.work`, 'flash-x'), { recursive: true });
      writeFileSync(join(folder, 'state', `${serial}.work`, 'flash-x', 'chunk.bin'), '');
    }
    await run([scripted({})]);
    expect(readdirSync(join(folder, 'state')).sort()).toEqual(['ABC.json', 'DEF.work']);
  });

  it('keeps virtual probes apart by their ports', async () => {
    for (const stlinkPort of [1, 2])
      await run([scripted({})], { probe: { ...probe, serial: '', remote: { stlinkPort, pyocdPort: 9 } } });
    expect(readdirSync(join(folder, 'state')).sort()).toEqual(['remote_1_9.json', 'remote_2_9.json']);
  });
});
