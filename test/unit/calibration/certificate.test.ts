import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  certificateChainStart,
  formatCertificate,
  parseCertificate,
  sealCertificate,
} from '../../../src/main/calibration/certificate/index.ts';
import {
  applicableCertificates,
  certificateMismatch,
  correctionFrom,
  openCertificates,
} from '../../../src/main/calibration/index.ts';
import type { CertificateUse } from '../../../src/main/calibration/index.ts';
import { expiredCertificates, correctionCertificates } from '../../../src/shared/domain/correction-certificates.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { canonicalJson } from '../../../src/shared/canonical-json/index.ts';
import type { Certificate, CertificateBody } from '../../../src/shared/domain/calibration.ts';
import { correctionSchema } from '../../../src/shared/domain/energy.ts';
import { gainCertificate } from './made-up.ts';

const seal = (change: Partial<CertificateBody> = {}): Certificate =>
  sealCertificate(gainCertificate(change), certificateChainStart);
const folder = (): string => join(mkdtempSync(join(tmpdir(), 'jb-cert-')), 'certificates');
const day = 86_400_000;
const now = Date.parse('2026-12-01T00:00:00Z');
const use: CertificateUse = {
  instrument: { model: 'X-NUCLEO-LPM01A', serial: '1a2b', firmware: '1.0.6', constantsSha256: null },
  mode: 'energy',
  filter: 'none',
  voltageV: 3.1,
  simulated: false,
  nowMs: now,
};

describe('the text of a certificate', () => {
  it('does not depend on the order of members', () => {
    expect(canonicalJson({ b: [1, { d: 1e-7, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null,"d":1e-7}]}');
    expect(() => canonicalJson(Number.NaN)).toThrow(RangeError);
  });

  it('reads back, and every changed byte is noticed', () => {
    const text = formatCertificate(seal());
    expect(parseCertificate(text)).toEqual({ ok: true, certificate: seal() });
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        fc.pre(changed !== text);
        const parsed = parseCertificate(changed);
        // White space between tokens changes no content.
        if (parsed.ok) expect(parsed.certificate).toEqual(seal());
      }),
      { numRuns: 2000 },
    );
  });

  it('of a newer version is refused as such', () => {
    const text = formatCertificate(seal()).replace('joulebench.cert/1', 'joulebench.cert/2');
    expect(parseCertificate(text)).toEqual({ ok: false, reason: 'newerVersion' });
  });

  it('with a member nobody knows is a changed one', () => {
    const text = formatCertificate(seal()).replace('{"ambientC"', '{"added":1e999,"ambientC"');
    expect(parseCertificate(text)).toEqual({ ok: false, reason: 'changed' });
  });
});

describe('the store', () => {
  it('chains certificates and reads them again', async () => {
    const store = openCertificates(folder());
    expect(await store.list()).toEqual({ certificates: [], problems: [] });
    const first = await store.add(gainCertificate({ id: 'a' }));
    const second = await store.add(gainCertificate({ id: 'b' }));
    expect(second.sha256Previous).toBe(first.sha256);
    expect(await store.list()).toEqual({ certificates: [first, second], problems: [] });
    expect(await store.get('b')).toEqual(second);
    await expect(store.get('c')).rejects.toMatchObject({ code: 'calibration.unknownCertificate' });
  });

  it('keeps all when many are added at once', async () => {
    const path = folder();
    const ids = Array.from({ length: 8 }, (_, k) => `c${k}`);
    await Promise.all(ids.map((id) => openCertificates(path).add(gainCertificate({ id }))));
    const { certificates, problems } = await openCertificates(path).list();
    expect(problems).toEqual([]);
    expect(certificates.map(({ id }) => id).sort()).toEqual(ids);
    expect(readdirSync(path).every((name) => name.endsWith('.cert.json'))).toBe(true);
  });

  it('reports a changed, a cut, a newer and a missing file, and goes on', async () => {
    const path = folder();
    const store = openCertificates(path);
    for (const id of ['a', 'b', 'c', 'd', 'e']) await store.add(gainCertificate({ id }));
    const file = (n: number): string => join(path, `00000${n}.cert.json`);
    writeFileSync(file(1), readFileSync(file(1), 'utf8').replace('Ada', 'Eve'));
    writeFileSync(file(2), readFileSync(file(2), 'utf8').slice(0, 300));
    writeFileSync(file(3), readFileSync(file(3), 'utf8').replace('cert/1', 'cert/9'));
    rmSync(file(4));
    const { certificates, problems } = await store.list();
    expect(certificates.map(({ id }) => id)).toEqual(['e']);
    expect(problems).toEqual([
      { file: '000001.cert.json', reason: 'changed' },
      { file: '000002.cert.json', reason: 'notReadable' },
      { file: '000003.cert.json', reason: 'newerVersion' },
      { file: '000005.cert.json', reason: 'brokenChain' },
    ]);
    await expect(store.get('a')).rejects.toMatchObject({ code: 'calibration.badCertificate' });
    await store.add(gainCertificate({ id: 'f' }));
    // 64 MB of nothing, which takes no room on the disk and must take none in memory.
    writeFileSync(join(path, '000007.cert.json'), '');
    truncateSync(join(path, '000007.cert.json'), 64 * 1024 * 1024);
    expect((await store.list()).problems.at(-1)).toEqual({ file: '000007.cert.json', reason: 'notValid' });
    expect((await store.list()).certificates.map(({ id }) => id)).toEqual(['e', 'f']);
  });
});

describe('choosing a certificate', () => {
  it.each<[string, Partial<CertificateBody>, Partial<CertificateUse>]>([
    ['failed', { result: 'fail' }, {}],
    ['future', { dateUtc: '2026-12-03T00:00:00.000Z' }, {}],
    ['notACorrection', { procedure: 'dut-clock' }, {}],
    ['simulated', { simulated: true }, {}],
    ['instrument', {}, { instrument: { ...use.instrument, serial: 'other' } }],
    ['firmware', {}, { instrument: { ...use.instrument, firmware: '1.0.7' } }],
    ['constants', {}, { instrument: { ...use.instrument, constantsSha256: 'a'.repeat(64) } }],
    ['voltage', {}, { voltageV: 3.2 }],
    ['mode', {}, { mode: 'current' }],
    ['filter', {}, { filter: 'spike' }],
  ])('refuses one for its %s', (reason, change, asked) => {
    const mismatch = certificateMismatch(seal(change), { ...use, ...asked });
    expect(mismatch).toBe(reason === 'notACorrection' ? undefined : reason);
    expect(() => correctionFrom([seal(change)], { ...use, ...asked })).toThrow(
      expect.objectContaining({ code: 'calibration.certificateMismatch' }),
    );
  });

  it('takes the newest valid one, an expired one only where there is no other', () => {
    const at = (id: string, date: number, days: number): Certificate =>
      seal({
        id,
        dateUtc: new Date(date).toISOString(),
        expiresUtc: new Date(date + days * day).toISOString(),
      });
    const old = at('old', now - 400 * day, 365);
    const older = at('older', now - 30 * day, 365);
    const newer = at('newer', now - 10 * day, 365);
    const newestExpired = at('newestExpired', now - 5 * day, 1);
    const pick = (list: Certificate[]): unknown => {
      const found = applicableCertificates(list, use).get('monitor-gain');
      return found && [found.certificate.id, found.state];
    };
    expect(pick([newer, old, newestExpired, older])).toEqual(['newer', 'valid']);
    expect(pick([old, newestExpired])).toEqual(['newestExpired', 'expired']);
    expect(pick([seal({ result: 'fail' })])).toBeUndefined();
  });
});

describe('a correction', () => {
  it('carries range, supply and clock', () => {
    const supply = seal({
      id: 's',
      procedure: 'supply-voltage',
      mode: null,
      filter: null,
      ranges: [],
      supply: {
        board: 'nucleo',
        idleV: 3.01,
        activeV: 2.99,
        voltageV: 2.99,
        uRel: 4e-4,
        sourceOhm: 2,
        instrumentV: null,
      },
    });
    const clock = seal({
      id: 't',
      procedure: 'timestamp-path',
      timestamp: {
        sent: 120,
        seen: 120,
        lost: 0,
        polarity: 'fall',
        intervalMeanS: 0.1,
        intervalSdS: 4e-4,
        resolutionS: 1e-3,
        c: 1.00002,
        uC: 1.3e-5,
      },
    });
    const correction = correctionFrom([seal(), supply, clock], { ...use, board: 'nucleo' });
    expect(correctionSchema.parse(correction)).toMatchObject({
      certificateId: gainCertificate().id,
      temperatureC: 23.3,
      dmmId: 'Meter M1',
      supply: { certificateId: 's', voltageV: 2.99, dmmId: 'Meter M1' },
      clock: { certificateId: 't', c: 1.00002 },
      zero: null,
    });
    expect(() => correctionFrom([seal(), supply], { ...use, board: 'other' })).toThrow(
      expect.objectContaining({ facts: { certificate: 's', reason: 'board' } }),
    );
    expect(() => correctionFrom([clock], use)).toThrow(
      expect.objectContaining({ facts: { certificate: 't', reason: 'noGain' } }),
    );
    expect(() => correctionFrom([seal(), seal()], use)).toThrow(
      expect.objectContaining({ code: 'calibration.certificateMismatch' }),
    );
  });

  it('takes the offset of a zero certificate in place of the fit, of the range that it is about', () => {
    const zeroOf = (range: number): Certificate =>
      seal({ id: 'z', procedure: 'monitor-zero', ranges: [], zero: { range, offsetA: 3e-7, uA: 2e-9 } });
    const [fitted] = gainCertificate().ranges;
    const { ranges, zero } = correctionFrom([seal(), zeroOf(0)], use);
    expect(zero).toMatchObject({ certificateId: 'z', range: 0 });
    expect(ranges[0]).toMatchObject({ offsetA: 3e-7, slope: fitted?.slope, cov: [4e-18, 0, fitted?.cov[2]] });
    expect(() => correctionFrom([seal(), zeroOf(3)], use)).toThrow(
      expect.objectContaining({ facts: { certificate: 'z', reason: 'zeroRange' } }),
    );
  });

  it('names every certificate that had expired, not that of the gain alone', () => {
    const supply = seal({ id: 's', procedure: 'supply-voltage', expiresUtc: '2026-11-30T00:00:00.000Z', ranges: [] });
    const zero = seal({ id: 'z', procedure: 'monitor-zero', ranges: [], zero: { range: 0, offsetA: 0, uA: 1e-9 } });
    const voltage = { board: 'b', idleV: 3, activeV: 3, voltageV: 3, uRel: 1e-3, sourceOhm: null, instrumentV: null };
    const correction = correctionFrom([seal(), seal({ ...supply, supply: voltage }), zero], { ...use, board: 'b' });
    expect(correctionCertificates(correction).map(({ id }) => id)).toEqual([gainCertificate().id, 'z', 's']);
    expect(expiredCertificates(correction, Date.parse('2026-11-30T00:00:01Z'))).toEqual(['s']);
    expect(expiredCertificates(correction, Date.parse('2026-11-30T00:00:00Z'))).toEqual([]);
  });
});

describe('what a technician reads', () => {
  it.each(['en', 'de'])('says in words (%s) why a certificate is not applied', (locale) => {
    for (const reason of ['constants', 'zeroRange', 'noGain', 'notACorrection']) {
      const { what } = createText(locale).fault(
        new Fault('calibration.certificateMismatch', { certificate: 'c', reason }),
      );
      expect(what).not.toMatch(new RegExp(`: ${reason}`));
      expect(what.length).toBeGreaterThan(50);
    }
  });
});
