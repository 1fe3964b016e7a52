import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyRing, openKnownKeys, publicKeyPem, trustKeys } from '../../../src/main/signing/index.ts';
import type { KeyRing, SecretStore } from '../../../src/main/signing/index.ts';
import { verifyBytes } from '../../../src/main/signing/ed25519.ts';
import { fingerprintOf } from '../../../src/main/signing/fingerprint.ts';

const now = Date.UTC(2026, 4, 6, 7, 8, 9);
const epochMs = (): number => now;
const text = Buffer.from('a text');

/** A safe store that only turns bytes around: enough to see that nothing readable reaches the disk. */
const turning: SecretStore = {
  encrypt: (secret) => Promise.resolve(Buffer.from(secret, 'utf8').reverse()),
  decrypt: (bytes) => Promise.resolve(Buffer.from(bytes).reverse().toString('utf8')),
};

describe('signing keys', () => {
  let home: string;
  let folder: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'jb-keys-'));
    folder = join(home, 'signing', 'keys');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const ring = (store?: SecretStore): KeyRing =>
    createKeyRing({ folder, epochMs, ...(store ? { secrets: () => Promise.resolve(store) } : {}) });
  const onlyFile = (): string => {
    const [name, ...more] = readdirSync(folder);
    expect(more).toEqual([]);
    return join(folder, name ?? '');
  };

  it('are one for each person, made on first use and kept by the safe store of the system', async () => {
    const first = await ring(turning).open('Ada');
    expect(first.made).toBe(true);
    expect(first.own).toEqual({
      name: 'Ada',
      publicKey: first.publicKey,
      keeping: 'system',
      createdAt: '2026-05-06T07:08:09.000Z',
    });
    const again = await ring(turning).open('Ada');
    expect(again.made).toBe(false);
    expect(again.publicKey).toBe(first.publicKey);
    expect(verifyBytes(first.publicKey, text, again.sign(text))).toBe(true);
    expect((await ring(turning).open('Bo')).publicKey).not.toBe(first.publicKey);
    expect((await ring(turning).list()).map(({ name }) => name)).toEqual(['Ada', 'Bo']);
  });

  it('that a safe store keeps do not open without it, nor with another one', async () => {
    await ring(turning).open('Ada');
    await expect(ring().open('Ada', 'any passphrase')).rejects.toMatchObject({ code: 'signing.keyElsewhere' });
    const broken: SecretStore = { ...turning, decrypt: () => Promise.reject(new Error('locked')) };
    await expect(ring(broken).open('Ada')).rejects.toMatchObject({ code: 'signing.keyElsewhere' });
    const other: SecretStore = { ...turning, decrypt: () => Promise.resolve(Buffer.alloc(32, 1).toString('base64')) };
    await expect(ring(other).open('Ada')).rejects.toMatchObject({ code: 'signing.keyDamaged' });
  });

  it('without a safe store and without a passphrase never reach the disk', async () => {
    const keys = ring();
    expect(await keys.keeping()).toBe('memory');
    const first = await keys.open('Ada');
    expect(first.own.keeping).toBe('memory');
    expect((await keys.open('Ada')).publicKey).toBe(first.publicKey);
    expect(() => readdirSync(folder)).toThrow();
    expect((await ring().open('Ada')).publicKey).not.toBe(first.publicKey);
  });

  it('with a passphrase are encrypted, readable by their owner only, and open with that passphrase alone', async () => {
    const first = await ring().open('Ada', 'correct horse');
    expect(first.own.keeping).toBe('passphrase');
    const path = onlyFile();
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await ring().open('Ada', 'correct horse')).publicKey).toBe(first.publicKey);
    await expect(ring().open('Ada', 'correct house')).rejects.toMatchObject({ code: 'signing.passphraseWrong' });
    await expect(ring().open('Ada')).rejects.toMatchObject({ code: 'signing.passphraseNeeded' });
    await expect(ring().open('Bo', 'short')).rejects.toMatchObject({ code: 'signing.passphraseShort' });
  });

  it('held in memory are kept once a passphrase is given, the same key', async () => {
    const keys = ring();
    const first = await keys.open('Ada');
    const kept = await keys.open('Ada', 'correct horse');
    expect(kept.publicKey).toBe(first.publicKey);
    expect(kept.own.keeping).toBe('passphrase');
    expect(await keys.list()).toHaveLength(1);
  });

  it('of two processes at the same moment are one key', async () => {
    const [a, b] = await Promise.all([ring(turning).open('Ada'), ring(turning).open('Ada')]);
    expect(a.publicKey).toBe(b.publicKey);
    onlyFile();
  });

  it.each([
    ['is no JSON', () => '{'],
    ['names somebody else', (file: string) => file.replace('"Ada"', '"Eve"')],
    ['asks for too much memory', (file: string) => file.replace('65536', '1073741824')],
    ['comes from a newer version', (file: string) => file.replace('"format": 1', '"format": 2')],
  ])('in a file that %s do not open, and hide no other key', async (_what, change) => {
    await ring().open('Ada', 'correct horse');
    const path = onlyFile();
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    await expect(ring().open('Ada', 'correct horse')).rejects.toMatchObject({
      code: expect.stringMatching(/^signing\.(keyDamaged|passphraseWrong)$/) as string,
    });
    await ring().open('Bo', 'correct horse');
    expect((await ring().list()).map(({ name }) => name)).toContain('Bo');
  });

  it.each(['', ' Ada', 'A\nB', 'x'.repeat(121)])('are not made for the name %j', async (name) => {
    await expect(ring().open(name)).rejects.toMatchObject({ code: 'signing.nameInvalid' });
  });

  it('show a fingerprint in groups and their public half in the form of other programs', async () => {
    const { publicKey } = await ring().open('Ada');
    expect(fingerprintOf(publicKey)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    expect(publicKeyPem(publicKey)).toMatch(
      /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=]{60}\n-----END PUBLIC KEY-----\n$/,
    );
  });

  it('of other people are known from the first time on, by the name that one gives them', async () => {
    const path = join(home, 'signing', 'known-keys.json');
    const places = { keys: ring(), knownKeys: openKnownKeys(path, epochMs) };
    const ada = await ring().open('Ada');
    const bo = await ring().open('Bo');
    const seen = [
      { publicKey: ada.publicKey, name: 'Ada' },
      { publicKey: bo.publicKey, name: 'Bo' },
    ];
    expect((await trustKeys(seen, 's1', places)).map(({ trust }) => trust.kind)).toEqual(['new', 'new']);
    expect(await trustKeys(seen.slice(0, 1), 's2', places)).toEqual([
      { trust: { kind: 'known', name: 'Ada', firstSeenAt: '2026-05-06T07:08:09.000Z' }, remarks: [] },
    ]);
    await places.knownKeys.rename(fingerprintOf(ada.publicKey).slice(0, 14).toUpperCase(), 'Ada of lab 2');
    const renamed = await trustKeys([{ publicKey: ada.publicKey, name: 'Ada' }], 's3', places);
    expect(renamed[0]?.remarks).toEqual([{ key: 'signatureKeyName', values: { name: 'Ada', known: 'Ada of lab 2' } }]);
    // Somebody new with a name that signed before under another key.
    const eve = await ring().open('Eve');
    const [opinion] = await trustKeys([{ publicKey: eve.publicKey, name: 'Bo' }], 's4', places);
    expect(opinion?.trust.kind).toBe('new');
    expect(opinion?.remarks).toEqual([
      { key: 'signatureOtherKey', values: { name: 'Bo', fingerprint: fingerprintOf(bo.publicKey) } },
    ]);
    await expect(places.knownKeys.rename('ffff', 'X')).rejects.toMatchObject({ code: 'signing.keyUnknown' });
    await expect(places.knownKeys.rename('', 'X')).rejects.toMatchObject({ code: 'signing.keyUnknown' });
  });

  it('that are one’s own say so; a damaged list of known ones is a remark and no obstacle', async () => {
    const path = join(home, 'signing', 'known-keys.json');
    const keys = ring(turning);
    const { publicKey } = await keys.open('Ada');
    const places = { keys, knownKeys: openKnownKeys(path, epochMs) };
    expect(await trustKeys([{ publicKey, name: 'Ada' }], 's1', places)).toEqual([
      { trust: { kind: 'own', name: 'Ada' }, remarks: [] },
    ]);
    writeFileSync(path, '{"format":');
    expect((await trustKeys([{ publicKey, name: 'Ada' }], 's1', places))[0]?.remarks).toEqual([
      { key: 'knownKeysUnreadable', values: { reason: 'signing.keyDamaged' } },
    ]);
    expect(readFileSync(path, 'utf8')).toBe('{"format":');
  });
});
