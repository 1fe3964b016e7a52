import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardSchema } from '../../../src/main/bench/boards.ts';
import { chooseProbe, listProbes, normaliseSerial } from '../../../src/main/flash/probes/index.ts';
import type { ListedPort } from '../../../src/main/transport/index.ts';
import { probeSchema } from '../../../src/shared/domain/flash.ts';

const folder = resolve(import.meta.dirname, '../../../resources/boards');
const entries = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

/** A value somewhere in an entry, put in the place of another. */
function changed(entry: string, path: readonly number[], value: unknown): unknown {
  const whole = JSON.parse(entry) as unknown;
  let at = whole;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) break;
    const keys = Object.keys(at);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) break;
    const inner = (at as Record<string, unknown>)[key];
    if (typeof inner === 'object' && inner !== null && step % 3 !== 0) at = inner;
    else {
      (at as Record<string, unknown>)[key] = value;
      break;
    }
  }
  return whole;
}

describe('a board of any content', () => {
  it('is refused, or has a memory map that adds up', () => {
    const outcomes = { taken: 0, refused: 0 };
    const value = fc.oneof(
      fc.constantFrom(
        null,
        0,
        1,
        -1,
        0.5,
        4096,
        0xffffffff,
        2 ** 53,
        '0x08000000',
        '0xFFFFFFFF',
        '',
        'flash',
        'ram',
        [],
        {},
      ),
      fc.integer(),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...entries),
        fc.array(fc.nat(50), { minLength: 1, maxLength: 6 }),
        value,
        (entry, path, put) => {
          const parsed = boardSchema.safeParse(changed(entry, path, put));
          outcomes[parsed.success ? 'taken' : 'refused'] += 1;
          let end = 0;
          for (const region of (parsed.data?.flash?.memory ?? []).toSorted((a, b) => a.address - b.address)) {
            expect(region.address).toBeGreaterThanOrEqual(end);
            end = region.address + region.bytes;
            expect(end).toBeLessThanOrEqual(2 ** 32);
            const inSectors = region.sectors.reduce((sum, { count, bytes }) => sum + count * bytes, 0);
            expect(inSectors).toBe(region.kind === 'flash' ? region.bytes : 0);
          }
        },
      ),
      { numRuns: 10_000 },
    );
    expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(500);
  });
});

describe('serial ports of any description', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('0483', '374B', '0x1366', '1051', '2e8a', 'USB\\VID_0483&PID_374B&MI_02\\6&1&0&0002'),
  );
  const optional = fc.option(word, { nil: undefined });
  const port = fc.record({
    path: fc.string({ minLength: 1 }),
    vendorId: optional,
    productId: optional,
    serialNumber: optional,
    locationId: optional,
    pnpId: optional,
  }) as fc.Arbitrary<ListedPort>;

  it('give probes, each port once, and no choice among several', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(port, { maxLength: 6 }),
        fc.constantFrom('darwin', 'win32', 'linux'),
        async (ports, platform) => {
          const listPorts = (): Promise<ListedPort[]> => Promise.resolve(ports);
          const probes = await listProbes({
            platform: platform as NodeJS.Platform,
            boards: [],
            sysFolder: '/nowhere',
            listPorts,
          });
          for (const probe of probes) probeSchema.parse(probe);
          expect(probes.flatMap((probe) => probe.ports).length).toBeLessThanOrEqual(ports.length);
          expect(chooseProbe(probes, { board: 'any' }).probe !== undefined).toBe(probes.length === 1);
        },
      ),
      { numRuns: 10_000 },
    );
  });

  it('have one normal form of a serial', () => {
    const raw = fc.array(fc.nat(255), { minLength: 11, maxLength: 13 }).map((bytes) => String.fromCharCode(...bytes));
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), raw),
        fc.constantFrom('0483', '1366', undefined),
        (serial, vendorId) => {
          const once = normaliseSerial(serial, vendorId);
          expect(normaliseSerial(once, vendorId)).toBe(once);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
