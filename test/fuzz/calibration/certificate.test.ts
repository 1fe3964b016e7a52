import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  certificateChainStart,
  formatCertificate,
  parseCertificate,
  sealCertificate,
} from '../../../src/main/calibration/certificate/index.ts';
import { gainCertificate } from '../../unit/calibration/made-up.ts';

const good = formatCertificate(sealCertificate(gainCertificate(), certificateChainStart));

it('a certificate file of any bytes is read or refused, never thrown over', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('{', '[', '1e999', '"schema":"joulebench.cert/3"', good),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const parsed = parseCertificate(pieces.join(''));
      if (parsed.ok) expect(formatCertificate(parsed.certificate)).toBe(good);
    }),
    { numRuns: 5000 },
  );
});

it('a certificate with any piece replaced is read as it was or refused', () => {
  fc.assert(
    fc.property(fc.nat(good.length), fc.nat(40), fc.string({ maxLength: 40 }), (at, count, piece) => {
      const parsed = parseCertificate(good.slice(0, at) + piece + good.slice(at + count));
      if (parsed.ok) expect(formatCertificate(parsed.certificate)).toBe(good);
    }),
    { numRuns: 5000 },
  );
});
