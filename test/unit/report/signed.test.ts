import { describe, expect, it } from 'vitest';
import { loadReportFonts, renderReport } from '../../../src/main/report/index.ts';
import type { SessionView } from '../../../src/main/report/index.ts';
import type { SignatureView } from '../../../src/shared/domain/signature.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { expectSoundReport, flatText } from '../../support/report/check-report.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';
import type { PdfRead } from '../../support/report/pdf-reader.ts';
import { session } from '../../support/report/session.ts';

const fonts = loadReportFonts();
const operator: SignatureView = {
  role: 'operator',
  name: 'Ada Meyer',
  statement: 'I measured this.',
  remark: 'Board cooled for an hour.',
  signedAt: '2026-05-06T07:08:09.000Z',
  fingerprint: '0123 4567 89ab cdef 0123 4567 89ab cdef',
  keyKeeping: 'system',
  holds: true,
};
const reviewer: SignatureView = {
  ...operator,
  role: 'reviewer',
  name: 'Bo Li',
  statement: 'I reviewed this.',
  remark: '',
  fingerprint: 'fedc ba98 7654 3210 fedc ba98 7654 3210',
};
const signed = (...signatures: SignatureView[]): SessionView => ({ ...session(), signatures });
const read = async (view: SessionView, paper: 'A4' | 'Letter' = 'A4'): Promise<PdfRead> =>
  readPdf(await renderReport(view, { text: createText(), paper, fonts }));
/** Lines of a box are broken to its width. */
const plain = (pdf: PdfRead): string => flatText(pdf).replaceAll(/\s+/g, ' ');

describe('a signed report', () => {
  it.each(['A4', 'Letter'] as const)(
    'shows on %s who signed, when, with which key, and what that covers',
    async (paper) => {
      const text = plain(await read(signed(operator, reviewer), paper));
      expect(text).toContain('Measured by Ada Meyer');
      expect(text).toContain('I measured this. 2026-05-06 07:08 UTC');
      expect(text).toContain('Remark: Board cooled for an hour.');
      expect(text).toContain(operator.fingerprint);
      expect(text).toContain('Reviewed by Bo Li');
      expect(text).toContain(reviewer.fingerprint);
      expect(text).toContain(
        'Ed25519 signatures of the sealed evidence (manifest, journal, verdicts), not of this PDF.',
      );
      expect(text).not.toContain('Reviewed by: name, date, signature');
    },
  );

  it('leaves a line to sign by hand for a role that nobody took', async () => {
    const text = plain(await read(signed(operator)));
    expect(text).toContain('Reviewed by: name, date, signature');
    expect(text).not.toContain('Measured by Ada Meyer: date');
  });

  it('says when one key signed in both roles, and when a signature does not hold', async () => {
    const both = plain(await read(signed(operator, { ...reviewer, fingerprint: operator.fingerprint })));
    expect(both).toContain('One key signed as operator and as reviewer');
    const broken = plain(await read(signed({ ...operator, holds: false }, reviewer)));
    expect(broken).toContain('This signature does not hold any more: what it covers was changed later.');
  });

  it('loses no word of a long remark, and stays a sound document', async () => {
    const remark = Array.from({ length: 140 }, (_, i) => `word${i}`).join(' ');
    const view = signed({ ...operator, remark, name: 'N'.repeat(120) }, reviewer);
    expect(plain(await read(view, 'Letter'))).toContain(remark);
    await expectSoundReport(view, fonts);
  });
});
