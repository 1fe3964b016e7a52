import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installUpdate } from '../../../src/main/desktop/install-update.ts';
import type { InstallContext } from '../../../src/main/desktop/install-update.ts';
import type { UpdateCheck } from '../../../src/shared/domain/update.ts';
import { createText } from '../../../src/shared/text/index.ts';

describe('installing an update from a file', () => {
  let folder: string;
  let done: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joulebench-test-'));
    done = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const update = (kind: UpdateCheck['kind'], fits = true): UpdateCheck => ({
    version: '1.3.0',
    currentVersion: '1.2.3',
    comparison: 'newer',
    installer: join(folder, 'carried'),
    sizeBytes: 3,
    sha512: '',
    kind,
    fits,
  });
  const context = (change: Partial<InstallContext> = {}): InstallContext => ({
    appImage: join(folder, 'joulebench.AppImage'),
    running: () => [],
    openPath(path) {
      done.push(`open ${path}`);
      return Promise.resolve('');
    },
    startAfterQuit: (path) => void done.push(`start ${path}`),
    t: createText().t,
    ...change,
  });

  it('puts an AppImage in the place of the running one, ready to start', async () => {
    await writeFile(join(folder, 'carried'), 'new');
    await writeFile(join(folder, 'joulebench.AppImage'), 'old');
    await chmod(join(folder, 'joulebench.AppImage'), 0o644);
    expect(await installUpdate(update('appimage'), context())).toBe('replaced');
    expect(await readFile(join(folder, 'joulebench.AppImage'), 'utf8')).toBe('new');
    if (process.platform !== 'win32') {
      expect((await stat(join(folder, 'joulebench.AppImage'))).mode & 0o111).toBe(0o111);
    }
    expect((await readdir(folder)).sort()).toEqual(['carried', 'joulebench.AppImage']);
  });

  it('leaves the old AppImage when copying fails', async () => {
    await writeFile(join(folder, 'joulebench.AppImage'), 'old');
    await expect(installUpdate(update('appimage'), context())).rejects.toMatchObject({
      code: 'update.notNow',
      facts: { reason: 'ENOENT' },
    });
    expect(await readFile(join(folder, 'joulebench.AppImage'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['joulebench.AppImage']);
  });

  it('starts a Windows installer after the program, opens a disk image', async () => {
    expect(await installUpdate(update('nsis'), context())).toBe('quits');
    expect(await installUpdate(update('dmg'), context())).toBe('opened');
    expect(done).toEqual([`start ${join(folder, 'carried')}`, `open ${join(folder, 'carried')}`]);
    const openPath = (): Promise<string> => Promise.resolve('no program');
    await expect(installUpdate(update('dmg'), context({ openPath }))).rejects.toMatchObject({ code: 'app.cannotOpen' });
  });

  it.each([
    ['while something runs', () => update('nsis'), { running: () => ['Keyword spotting'] }, /Keyword spotting/],
    ['for another system', () => update('nsis', false), {}, /another operating system/],
    ['of a kind that needs more rights', () => update('deb'), {}, /by hand/],
    ['where no AppImage runs', () => update('appimage'), { appImage: undefined }, /AppImage/],
  ])('is refused %s', async (_when, what, change, reason) => {
    await expect(installUpdate(what(), context(change))).rejects.toMatchObject({
      code: 'update.notNow',
      facts: { reason: expect.stringMatching(reason) as unknown },
    });
    expect(done).toEqual([]);
  });
});
