import { describe, expect, it } from 'vitest';
import { findProgram } from '../../../../src/main/flash/process/index.ts';

const there =
  (...paths: string[]) =>
  async (path: string): Promise<boolean> =>
    paths.includes(path);

describe('finding a program', () => {
  it('takes the first folder of PATH that has it', async () => {
    const env = { PATH: '/a::/b:/c' };
    const canRun = there('/b/openocd', '/c/openocd');
    expect(await findProgram('openocd', undefined, { platform: 'linux', env, canRun })).toBe('/b/openocd');
    expect(await findProgram('pyocd', undefined, { platform: 'linux', env, canRun })).toBeUndefined();
    expect(await findProgram('openocd', undefined, { platform: 'linux', env: {}, canRun })).toBeUndefined();
  });

  it('takes a configured place and no other', async () => {
    const world = { platform: 'linux' as const, env: { PATH: '/b' }, canRun: there('/b/openocd', '/opt/o') };
    expect(await findProgram('openocd', '/opt/o', world)).toBe('/opt/o');
    expect(await findProgram('openocd', '/opt/none', world)).toBeUndefined();
  });

  it('on Windows: .exe only, Path in any case, quoted folders', async () => {
    const world = {
      platform: 'win32' as const,
      env: { Path: 'C:\\x;"D:\\Program Files\\o"' },
      canRun: there('C:\\x\\openocd.cmd', 'D:\\Program Files\\o\\openocd.exe', 'E:\\o.exe'),
    };
    expect(await findProgram('openocd', undefined, world)).toBe('D:\\Program Files\\o\\openocd.exe');
    expect(await findProgram('openocd', 'E:\\o', world)).toBe('E:\\o.exe');
    expect(await findProgram('openocd', 'E:\\O.EXE', world)).toBeUndefined();
  });
});
