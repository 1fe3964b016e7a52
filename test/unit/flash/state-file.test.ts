import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isUnfinished,
  readFlashState,
  unfinishedFlashes,
  writeFlashState,
} from '../../../src/main/flash/state-file.ts';
import type { FlashStateFile } from '../../../src/main/flash/state-file.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jb-state-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function state(changes: Partial<FlashStateFile> = {}): FlashStateFile {
  return {
    format: 1,
    board: 'nrf52840-dk',
    probeSerial: '000683459871',
    image: { name: 'image.elf', sha256: 'a'.repeat(64) },
    state: 'partial',
    confirmedBytes: 32,
    totalBytes: 64,
    updatedAt: '2026-11-24T12:00:00.000Z',
    ...changes,
  };
}

describe('what is known about the flash of boards', () => {
  it('is kept by probe, and what is written last counts', async () => {
    await writeFlashState(folder, state());
    await writeFlashState(folder, state({ probeSerial: 'B', state: 'verified', confirmedBytes: 64 }));
    await writeFlashState(folder, state({ confirmedBytes: 48 }));
    expect(await readFlashState(folder, '000683459871')).toEqual(state({ confirmedBytes: 48 }));
    expect(await readFlashState(folder, 'B')).toMatchObject({ state: 'verified' });
    expect(await readFlashState(folder, 'C')).toBeUndefined();
  });

  it('makes its folder, and leaves nothing beside the files', async () => {
    const deep = join(folder, 'a', 'b');
    await writeFlashState(deep, state({ probeSerial: 'remote:7184:5555' }));
    await writeFlashState(deep, state({ probeSerial: '' }));
    expect(readdirSync(deep).sort()).toEqual(['remote_7184_5555.json', 'unnamed.json']);
    expect(await readFlashState(deep, 'remote:7184:5555')).toMatchObject({ probeSerial: 'remote:7184:5555' });
  });

  it('never leaves its folder, whatever a probe calls itself', async () => {
    for (const probeSerial of ['../../x', '/etc/x', 'a\\..\\b', 'C:x', '\0', '..']) {
      await writeFlashState(join(folder, 'in'), state({ probeSerial }));
      expect(await readFlashState(join(folder, 'in'), probeSerial)).toMatchObject({ probeSerial });
    }
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('names the boards that are to be flashed again', async () => {
    for (const one of ['untouched', 'partial', 'verified', 'unknown'] as const)
      await writeFlashState(
        folder,
        state({ probeSerial: one, state: one, confirmedBytes: one === 'verified' ? 64 : 32 }),
      );
    expect((await unfinishedFlashes(folder)).map(({ probeSerial }) => probeSerial).sort()).toEqual([
      'partial',
      'unknown',
    ]);
    expect(await unfinishedFlashes(join(folder, 'nothing'))).toEqual([]);
    expect(
      (['untouched', 'partial', 'verified', 'unknown'] as const).map((one) => isUnfinished({ state: one })),
    ).toEqual([false, true, false, true]);
  });

  it.each([
    ['', 'damaged'],
    ['\0\0\0\0', 'damaged'],
    ['{', 'damaged'],
    ['null', 'damaged'],
    ['[]', 'damaged'],
    [JSON.stringify(state({ probeSerial: 'X' })).slice(0, -20), 'damaged'],
    [JSON.stringify({ ...state({ probeSerial: 'X' }), state: 'fine' }), 'damaged'],
    // It contradicts itself.
    [JSON.stringify(state({ probeSerial: 'X', confirmedBytes: 65 })), 'damaged'],
    [JSON.stringify(state({ probeSerial: 'X', state: 'verified' })), 'damaged'],
    // Of another probe.
    [JSON.stringify(state({ probeSerial: 'Y' })), 'damaged'],
    [' '.repeat(70_000), 'damaged'],
    [JSON.stringify(state({ probeSerial: 'X', format: 2 as 1 })), 'newer'],
    ['{"format":7}', 'newer'],
  ])('never takes a file that says nothing for a board that was never flashed: %j', async (content, problem) => {
    writeFileSync(join(folder, 'X.json'), content);
    const lost = { state: 'unknown', problem, probeSerial: 'X' };
    expect(await readFlashState(folder, 'X')).toEqual(lost);
    expect(await unfinishedFlashes(folder)).toEqual([lost]);
    // What is flashed then is known again.
    await writeFlashState(folder, state({ probeSerial: 'X', state: 'verified', confirmedBytes: 64 }));
    expect(await readFlashState(folder, 'X')).toMatchObject({ state: 'verified' });
    expect(await unfinishedFlashes(folder)).toEqual([]);
  });

  it('says of what the system refuses that it is there', async () => {
    mkdirSync(join(folder, 'remote_7184_5555.json'));
    const lost = { state: 'unknown', problem: 'unreadable', probeSerial: 'remote:7184:5555' };
    expect(await readFlashState(folder, 'remote:7184:5555')).toEqual(lost);
    expect(await unfinishedFlashes(folder)).toEqual([lost]);
    writeFileSync(join(folder, 'file'), '');
    await expect(unfinishedFlashes(join(folder, 'file'))).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^store\./) }),
    );
  });

  it('ends in a fault of the store where nothing can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(writeFlashState(join(folder, 'file', 'in'), state())).rejects.toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^store\./) }),
    );
  });
});
