import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../src/main/api/admission.ts';
import { parseRange } from '../../../src/main/api/byte-range.ts';
import type { FileTable } from '../../../src/main/api/file-table.ts';
import { createSite } from '../../../src/main/api/site.ts';
import { originOf, pageOrigin } from '../../../src/main/desktop/page-origin.ts';

const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    '%2e%2e',
    '%2f',
    '\\',
    'assets',
    'index.html',
    'session',
    's1',
    'report.pdf',
    '__proto__',
    '%00',
    '%zz',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const pathname = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
  piece.map((id) => `/session/${id}/report.pdf`),
);

describe('requests from outside', () => {
  it('reach the table’s files and known reports, by no other path', async () => {
    const files: FileTable = new Map([['/assets/index.html', { file: '/page/a', type: 'text/html', sizeBytes: 1 }]]);
    const asked: string[] = [];
    const site = createSite({ files, reportPath: (id) => Promise.resolve(void asked.push(id)) });
    await fc.assert(
      fc.asyncProperty(pathname, fc.constantFrom('GET', 'HEAD', 'PUT'), async (pathname, method) => {
        const { status, body } = await site.answer({ method, pathname });
        if (body) expect([pathname, body.file]).toEqual(['/assets/index.html', '/page/a']);
        expect(status).toBe(method === 'PUT' ? 405 : pathname === '/assets/index.html' ? 200 : 404);
      }),
      { numRuns: 10_000 },
    );
    expect(asked.length).toBeGreaterThan(0);
  });

  it('get a part of a file that lies inside it', () => {
    const header = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc
        .tuple(
          fc.constantFrom('bytes=', 'bytes', 'b='),
          fc.string({ unit: fc.constantFrom(...'0123456789-, '), maxLength: 24 }),
        )
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(header, fc.nat({ max: 1000 }), (text, sizeBytes) => {
        const range = parseRange(text, sizeBytes);
        if (range === undefined || range === 'unsatisfiable') return;
        expect(range.start >= 0 && range.lengthBytes > 0 && range.start + range.lengthBytes <= sizeBytes).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });

  it('come in by no token, cookie, host or origin but the right one', () => {
    const admission = createAdmission({ port: 4711, randomWord: () => 'the-word' });
    const text = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        'joulebench-4711=',
        'joulebench-4711=the-wor',
        'xjoulebench-4711=the-word',
        'joulebench-4711 =the-word',
        '127.0.0.1:47110',
        'http://127.0.0.1:4711.evil',
      ),
    );
    fc.assert(
      fc.property(text, (given) => {
        const headers = { host: given, origin: `http://${given}`, cookie: given };
        expect([admission.hasCookie(headers), admission.knowsHost(headers)]).toEqual([false, false]);
        expect(admission.knowsOrigin({ host: '127.0.0.1:4711', origin: given })).toBe(false);
        expect(admission.redeem(given)).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
    expect(admission.redeem('the-word')).toContain('HttpOnly');
    expect(admission.hasCookie({ cookie: 'a=b; joulebench-4711=the-word' })).toBe(true);
  });

  it('are of the app’s origin only when they begin with it', () => {
    const { origin } = pageOrigin(true, undefined);
    const url = fc.oneof(
      fc.webUrl(),
      fc.string({ maxLength: 30 }),
      fc.string({ maxLength: 20 }).map((rest) => `app://${rest}`),
      fc.string({ maxLength: 20 }).map((rest) => `app://joulebench${rest}`),
    );
    fc.assert(
      fc.property(url, (given) => {
        // A URL parser drops what is blank around, and line ends and tabs within; an empty port and a user name change no origin.
        const plain = given.replaceAll(/[\t\n\r]|^[\0-\u0020]+|[\0-\u0020]+$/g, '');
        if (originOf(given) === origin) expect(plain).toMatch(/^app:\/\/([^/?#]*@)?joulebench:?([/?#]|$)/i);
      }),
      { numRuns: 10_000 },
    );
  });
});
