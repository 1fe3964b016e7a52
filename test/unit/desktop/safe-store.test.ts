import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSafeStore } from '../../../src/main/desktop/safe-store.ts';
import { createKeyRing } from '../../../src/main/signing/index.ts';
import type { KeyRing } from '../../../src/main/signing/index.ts';
import { standInElectron } from '../../support/electron/index.ts';
import type { StandIn } from '../../support/electron/index.ts';
import type { StandInBackend } from '../../support/electron/services.ts';

describe('signing keys on the desktop', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'jb-safe-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const desktop = (safeStorage: StandInBackend): StandIn => {
    const electron = standInElectron({ safeStorage });
    electron.app.makeReady();
    return electron;
  };
  const ringOf = ({ parts }: StandIn, platform: NodeJS.Platform = 'linux'): KeyRing =>
    createKeyRing({
      folder: join(folder, 'keys'),
      secrets: () => findSafeStore(parts.safeStorage, platform),
      epochMs: () => 0,
    });

  it('are kept by the safe storage, and nothing of them stands in the file', async () => {
    const electron = desktop('gnome_libsecret');
    const { publicKey, own } = await ringOf(electron).open('Ada');
    expect(own.keeping).toBe('system');
    expect((await ringOf(electron).open('Ada')).publicKey).toBe(publicKey);
    const [file = ''] = readdirSync(join(folder, 'keys'));
    const text = readFileSync(join(folder, 'keys', file), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      private: { kept: 'system', sealed: Buffer.from('v10-0').toString('base64') },
    });
    // Another login has another safe storage.
    await expect(ringOf(desktop('gnome_libsecret')).open('Ada')).rejects.toMatchObject({
      code: 'signing.keyElsewhere',
    });
  });

  it.each(['basic_text', 'unavailable'] as const)('are not written on Linux where it is %s', async (backend) => {
    const { own } = await ringOf(desktop(backend)).open('Ada');
    expect(own.keeping).toBe('memory');
    expect(existsSync(join(folder, 'keys'))).toBe(false);
  });

  it('are kept on Windows and macOS, where no backend is asked for', async () => {
    for (const platform of ['win32', 'darwin'] as const)
      expect(await findSafeStore(desktop('basic_text').parts.safeStorage, platform)).toBeDefined();
  });

  it('wait until Electron is ready', async () => {
    expect(await findSafeStore(standInElectron().parts.safeStorage, 'win32')).toBeUndefined();
  });
});
