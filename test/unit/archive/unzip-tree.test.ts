import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { unpackTree } from '../../../src/main/archive/handover/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { rawZip } from '../../support/raw-zip.ts';
import type { RawZipEntry } from '../../support/raw-zip.ts';

const home = mkdtempSync(join(tmpdir(), 'jb-unzip-'));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(home, 'one-'));
});

/** Unpacks a zip of these entries; what was refused and why. Nothing is left then, neither inside nor outside. */
async function refusalOf(entries: readonly RawZipEntry[] | Uint8Array): Promise<{ code: string; reason?: unknown }> {
  const zip = join(place, 'x.zip');
  writeFileSync(zip, entries instanceof Uint8Array ? entries : rawZip(entries));
  const target = join(place, 'deep/er');
  try {
    await unpackTree(zip, join(place, 'tree'));
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect(readdirSync(place)).toEqual(['x.zip']);
    expect(existsSync(target)).toBe(false);
    const { code, facts } = error as Fault;
    return { code, reason: (facts as { reason?: unknown }).reason };
  }
  return { code: 'none' };
}

const good: RawZipEntry = { name: 'closed/Org/results/Board/kws/energy/log.txt', content: 'hello', deflate: true };

describe('the tree of a zip file', () => {
  it('is unpacked as it stands, whatever files are in it', async () => {
    const inner = rawZip([good]);
    writeFileSync(
      join(place, 'x.zip'),
      rawZip([good, { name: 'code/', unixMode: 0o040755 }, { name: 'inner.zip', content: inner }]),
    );
    await unpackTree(join(place, 'x.zip'), join(place, 'tree'));
    expect(readFileSync(join(place, 'tree', good.name as string), 'utf8')).toBe('hello');
    // A zip in a zip is a file: nobody unpacks it, so that no number of them multiplies.
    expect(readFileSync(join(place, 'tree/inner.zip')).equals(inner)).toBe(true);
  });

  it.each([
    ['a way out', [{ name: '../out.txt', content: 'x' }], 'parent'],
    ['a way out in the middle', [{ name: 'a/../../out.txt' }], 'parent'],
    ['an absolute name', [{ name: '/etc/x' }], 'absolute'],
    ['a drive', [{ name: 'C:/x' }], 'absolute'],
    ['a way out for Windows', [{ name: 'a\\..\\..\\x' }], 'separator'],
    ['a NUL in a name', [{ name: 'a\0.txt' }], 'character'],
    ['a device of Windows', [{ name: 'logs/con.txt' }], 'reserved'],
    ['a stream of Windows', [{ name: 'a.txt:hidden' }], 'character'],
    ['a name that ends in a point', [{ name: 'a./b' }], 'character'],
    ['a link', [{ name: 'l', content: '/etc/passwd', unixMode: 0o120777 }], 'link'],
    ['a device', [{ name: 'd', unixMode: 0o060644 }], 'link'],
    ['an encrypted file', [{ name: 's.txt', content: 'x'.repeat(20), flags: 1 }], 'encrypted'],
    ['names that are one on some platform', [{ name: 'Log.txt' }, { name: 'log.TXT' }], 'twice'],
    ['names that look alike', [{ name: 'e\u0301.txt' }, { name: '\u00e9.txt' }], 'twice'],
    ['a file and a folder of one name', [{ name: 'a' }, { name: 'a/b' }], 'twice'],
    ['sixty folders in each other', [{ name: `${'a/'.repeat(60)}x` }], 'tooDeep'],
    ['a name without end', [{ name: 'x'.repeat(5000) }], 'tooLong'],
  ] as const)('with %s is refused before a byte is written', async (_what, entries, reason) => {
    expect(await refusalOf([good, ...entries])).toEqual({ code: 'import.refusedEntry', reason });
  });

  it('that says less of itself than it holds is refused', async () => {
    const zeros = new Uint8Array(1_000_000);
    const refused = await refusalOf([{ name: 'z', content: zeros, deflate: true, says: { bytes: 10 } }]);
    expect(refused.code).toMatch(/^import\.(?:notAZip|refusedEntry)$/);
    const fewer = await refusalOf([{ name: 'z', content: 'abc', says: { bytes: 3000, packedBytes: 3 } }]);
    expect(fewer.code).toMatch(/^import\.(?:notAZip|refusedEntry)$/);
    // The sign that the true size stands in a field that is not there.
    const zip64 = await refusalOf([
      { name: 'z', content: 'abc', says: { bytes: 0xffffffff, packedBytes: 0xffffffff } },
    ]);
    expect(zip64.code).toMatch(/^import\./);
    expect((await refusalOf([{ ...good, says: { crc: 1 } }])).code).toBe('import.notAZip');
  });

  it('that would grow beyond reason is refused', async () => {
    const zeros = new Uint8Array(60_000_000);
    expect(await refusalOf([{ name: 'z', content: zeros, deflate: true }])).toMatchObject({ code: 'import.tooLarge' });
    // One packed file under many names: each entry is modest, together they are not.
    const packed = rawZip([{ name: 'a', content: new Uint8Array(400_000), deflate: true }]);
    expect(packed.length).toBeLessThan(2000);
    const many = Array.from({ length: 300 }, (_, k) => ({
      name: `f${k}`,
      content: k === 0 ? new Uint8Array(400_000) : '',
      deflate: true,
      says: k === 0 ? {} : { offset: 0, bytes: 400_000, packedBytes: 406 },
    }));
    expect((await refusalOf(many)).code).toMatch(/^import\./);
  });

  it('whose list of files is not what it says is refused', async () => {
    const whole = rawZip([good, { name: 'b', content: 'x' }]);
    for (const cut of [0, 10, 40, whole.length - 30, whole.length - 1])
      expect((await refusalOf(whole.subarray(0, cut))).code).toBe('import.notAZip');
    expect((await refusalOf([{ name: 'b', content: 'x', says: { offset: 1_000_000 } }])).code).toMatch(/^import\./);
  });

  it('with a list of files that would fill the memory is refused', async () => {
    const zip = join(place, 'x.zip');
    const file = openSync(zip, 'w');
    // A file of holes: it costs no room on the disk.
    const listBytes = 200_000_000;
    const end = Buffer.from(rawZip([]));
    end.writeUInt16LE(0xfffe, 8);
    end.writeUInt16LE(0xfffe, 10);
    end.writeUInt32LE(listBytes, 12);
    writeSync(file, Buffer.from('PK\x01\x02'), 0, 4, 0);
    writeSync(file, end, 0, end.length, listBytes);
    closeSync(file);
    await expect(unpackTree(zip, join(place, 'tree'))).rejects.toMatchObject({ code: 'import.tooLarge' });
    expect(readdirSync(place)).toEqual(['x.zip']);
  });
});
