import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildIoManager, ioManagerDir, noAvrReason } from '../../rig/avr/index.ts';

if (noAvrReason) console.info(`IO manager: ${noAvrReason}`);

interface Manifest {
  memory: { flash: { total: number; available: number }; ram: { leftForStack: number } };
  files: { name: string; bytes: number; sha256: string }[];
}

describe.skipIf(noAvrReason)('a build of the IO manager', () => {
  it('is the same bytes from another folder, and names no folder of this computer', () => {
    const other = join(mkdtempSync(join(tmpdir(), 'jb-elsewhere-')), 'with another name');
    cpSync(ioManagerDir, other, { recursive: true });
    const [here, there] = [buildIoManager(), buildIoManager(other)];
    expect([here.stderr, there.stderr]).toEqual(['', '']);
    for (const name of ['io-manager.elf', 'io-manager.hex', 'manifest.json']) {
      const [one, two] = [here, there].map(({ folder }) => readFileSync(join(folder, name)));
      expect(one!.equals(two!)).toBe(true);
      for (const path of [ioManagerDir, tmpdir()]) expect(one!.toString('latin1')).not.toContain(path);
    }
  });

  it('fits, and its manifest says what it is', () => {
    const { folder } = buildIoManager();
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest.memory.flash.total).toBeLessThan(manifest.memory.flash.available);
    expect(manifest.memory.ram.leftForStack).toBeGreaterThan(256);
    expect(manifest.files).toHaveLength(2);
    for (const { name, bytes, sha256 } of manifest.files) {
      const file = readFileSync(join(folder, name));
      expect(file).toHaveLength(bytes);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
    }
  });
});

it('without a compiler, the build names the compiler and its package', () => {
  const { status, stderr } = buildIoManager(ioManagerDir, { PATH: '' });
  expect(status).toBe(1);
  expect(stderr).toMatch(/avr-gcc is not on PATH.*gcc-avr/);
});
