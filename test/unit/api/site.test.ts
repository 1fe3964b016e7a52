import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRange } from '../../../src/main/api/byte-range.ts';
import { contentSecurityPolicy } from '../../../src/main/api/content-security-policy.ts';
import { readFileTable } from '../../../src/main/api/file-table.ts';
import { createSite } from '../../../src/main/api/site.ts';
import type { Site } from '../../../src/main/api/site.ts';
import { makePageFolder } from './page-folder.ts';
import type { PageFolder } from './page-folder.ts';

describe('the site behind app:// and HTTP', () => {
  let page: PageFolder;
  let site: Site;
  const asked: string[] = [];

  beforeAll(async () => {
    page = await makePageFolder();
    const reportPath = (id: string): Promise<string | undefined> => {
      asked.push(id);
      return Promise.resolve({ s1: page.report, 'a/b': page.report, gone: `${page.report}.gone` }[id]);
    };
    const madeFile = (id: string) =>
      ({
        'made-1': { path: page.report, mediaType: 'text/csv', name: 'units “A”.csv' },
        'made-2': { path: page.report, mediaType: 'application/pdf', name: 'batch.pdf' },
      })[id];
    site = createSite({ files: await readFileTable(page.folder), reportPath, madeFile });
  });

  afterAll(() => page.dispose());

  const get = (pathname: string, range?: string): ReturnType<Site['answer']> =>
    site.answer({ method: 'GET', pathname, range });

  it('serves the files of its table with their types, the page under both names', async () => {
    expect(await get('/')).toEqual(await get('/index.html'));
    expect(await get('/')).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    expect(await get('/assets/index-1.js')).toMatchObject({ status: 200, body: { start: 0, lengthBytes: 15 } });
    expect((await get('/assets/two%20words.svg')).headers['Content-Type']).toBe('image/svg+xml');
  });

  it.each([
    '/assets/index-1.js.map',
    '/assets/program.exe',
    '/assets/',
    '/assets',
    '/nothing',
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/assets\\index-1.js',
    '//index.html',
    '/session//report.pdf',
    '/session/s1/report.txt',
    '/session/s1/../s1/report.pdf',
    '/session/%zz/report.pdf',
    '/session/unknown/report.pdf',
    '/session/gone/report.pdf',
    '/__proto__',
    '/constructor',
  ])('answers 404 to %s', async (pathname) => {
    const answer = await get(pathname);
    expect(answer.status).toBe(404);
    expect(answer.body).toBeUndefined();
  });

  it('puts the policy and its companions on everything but the PDF', async () => {
    for (const pathname of ['/', '/assets/index-1.js', '/nothing']) {
      expect((await get(pathname)).headers).toMatchObject({
        'Content-Security-Policy': contentSecurityPolicy(),
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-cache',
      });
    }
    expect((await get('/session/s1/report.pdf')).headers['Content-Security-Policy']).toBe("frame-ancestors 'self'");
  });

  it('allows GET and HEAD only', async () => {
    for (const method of ['POST', 'PUT', 'OPTIONS', 'TRACE', '']) {
      const answer = await site.answer({ method, pathname: '/' });
      expect(answer).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
    }
    const head = await site.answer({ method: 'HEAD', pathname: '/' });
    expect(head.body).toBeUndefined();
    expect(head.headers).toEqual((await get('/')).headers);
  });

  it('serves the report of a known session, whole or in part', async () => {
    const sizeBytes = 19;
    expect(await get('/session/s1/report.pdf')).toMatchObject({
      status: 200,
      body: { start: 0, lengthBytes: sizeBytes },
    });
    expect((await get('/session/a%2Fb/report.pdf')).status).toBe(200);
    expect(asked).toContain('a/b');
    expect(await get('/session/s1/report.pdf', 'bytes=0-3')).toMatchObject({
      status: 206,
      headers: { 'Content-Range': 'bytes 0-3/19', 'Content-Length': '4' },
      body: { start: 0, lengthBytes: 4 },
    });
    expect(await get('/session/s1/report.pdf', 'bytes=19-')).toMatchObject({
      status: 416,
      headers: { 'Content-Range': 'bytes */19' },
    });
  });

  it('serves files that were made for a page: PDF in place, everything else as a download', async () => {
    const csv = await get('/made/made-1');
    expect(csv).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/csv' }, body: { file: page.report } });
    expect(csv.headers['Content-Disposition']).toBe("attachment; filename*=UTF-8''units%20%E2%80%9CA%E2%80%9D.csv");
    expect((await get('/made/made-2')).headers['Content-Disposition']).toMatch(/^inline; /);
    for (const pathname of ['/made/unknown', '/made/', '/made/../made/made-1', '/made/made-1/x', '/made/%2e%2e']) {
      expect((await get(pathname)).status, pathname).toBe(404);
    }
  });

  it('refuses a folder without a page', async () => {
    await expect(readFileTable(`${page.folder}/assets`)).rejects.toMatchObject({ code: 'api.pageMissing' });
    await expect(readFileTable(`${page.folder}/nowhere`)).rejects.toMatchObject({ code: 'api.pageMissing' });
  });
});

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', { start: 0, lengthBytes: 1 }],
    ['bytes=2-', { start: 2, lengthBytes: 8 }],
    ['bytes=-3', { start: 7, lengthBytes: 3 }],
    ['bytes=-30', { start: 0, lengthBytes: 10 }],
    ['bytes=5-99', { start: 5, lengthBytes: 5 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['items=0-1', undefined],
    ['bytes=0x1-2', undefined],
    [`bytes=${'9'.repeat(40)}-`, undefined],
    [undefined, undefined],
  ])('%s of ten bytes', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });
});

describe('contentSecurityPolicy', () => {
  it('is this and nothing else', () => {
    expect(contentSecurityPolicy()).toMatchInlineSnapshot(
      `"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"`,
    );
  });

  it('is loosened for the development server only as far as it needs', () => {
    const policy = contentSecurityPolicy({ devOrigin: 'http://localhost:5173' });
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).toContain("connect-src 'self' ws:");
    expect(policy).toContain("script-src 'self';");
  });
});
