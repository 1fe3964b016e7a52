import { stat } from 'node:fs/promises';
import { parseRange } from './byte-range.ts';
import type { ByteRange } from './byte-range.ts';
import { contentSecurityPolicy, pdfPolicy } from './content-security-policy.ts';
import type { FileTable } from './file-table.ts';

export interface SiteRequest {
  readonly method: string;
  /** Path of the URL, still percent-encoded. */
  readonly pathname: string;
  readonly range?: string | null | undefined;
}

export interface SiteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent for answers without a body (HEAD, errors). */
  readonly body?: ({ readonly file: string } & ByteRange) | undefined;
}

export interface Site {
  answer(request: SiteRequest): Promise<SiteAnswer>;
}

export interface SiteOptions {
  files: FileTable;
  /** Absolute path of a known session's report. */
  reportPath(sessionId: string): Promise<string | undefined>;
  /** A file that was made for a page, and what it is. */
  madeFile?(fileId: string): { path: string; mediaType: string; name: string } | undefined;
}

/**
 * What the page is made of, over `app://` and HTTP alike: the files of a table, the reports of known sessions and files made for a page. Everything
 * else is 404, every method but GET and HEAD is 405.
 */
export function createSite({ files, reportPath, madeFile }: SiteOptions): Site {
  const common = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache', 'Referrer-Policy': 'no-referrer' };
  const guarded = {
    ...common,
    'Content-Security-Policy': contentSecurityPolicy(),
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
  const refuse = (status: number, extra: Record<string, string> = {}): SiteAnswer => ({
    status,
    headers: { ...guarded, 'Content-Length': '0', ...extra },
  });

  interface Served {
    readonly file: string | undefined;
    readonly type: string;
    readonly disposition: string;
  }

  async function answerFile({ file, type, disposition }: Served, request: SiteRequest): Promise<SiteAnswer> {
    const sizeBytes = file === undefined ? undefined : await fileSize(file);
    if (file === undefined || sizeBytes === undefined) return refuse(404);
    const range = parseRange(request.range, sizeBytes);
    if (range === 'unsatisfiable') return refuse(416, { 'Content-Range': `bytes */${sizeBytes}` });
    const { start, lengthBytes } = range ?? { start: 0, lengthBytes: sizeBytes };
    const headers: Record<string, string> = {
      ...common,
      'Content-Security-Policy': pdfPolicy,
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Content-Type': type,
      'Content-Disposition': disposition,
      'Accept-Ranges': 'bytes',
      'Content-Length': String(lengthBytes),
    };
    if (range) headers['Content-Range'] = `bytes ${start}-${start + lengthBytes - 1}/${sizeBytes}`;
    return withBody(request, { status: range ? 206 : 200, headers, body: { file, start, lengthBytes } });
  }

  return {
    async answer(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
      const sessionId = reportSession(request.pathname);
      if (sessionId !== undefined) {
        const disposition = 'inline; filename="report.pdf"';
        return answerFile({ file: await reportPath(sessionId), type: 'application/pdf', disposition }, request);
      }
      const made = madeFile?.(/^\/made\/([\w-]{1,80})$/.exec(request.pathname)?.[1] ?? '');
      if (made) {
        // Only what the viewer shows in a sandbox is shown in place; anything else is a download, never a page of ours.
        const how = made.mediaType === 'application/pdf' ? 'inline' : 'attachment';
        const disposition = `${how}; filename*=UTF-8''${encodeURIComponent(made.name)}`;
        return answerFile({ file: made.path, type: made.mediaType, disposition }, request);
      }
      const found = files.get(request.pathname);
      if (!found) return refuse(404);
      const headers = { ...guarded, 'Content-Type': found.type, 'Content-Length': String(found.sizeBytes) };
      const body = { file: found.file, start: 0, lengthBytes: found.sizeBytes };
      return withBody(request, { status: 200, headers, body });
    },
  };
}

function withBody(request: SiteRequest, { status, headers, body }: SiteAnswer): SiteAnswer {
  return request.method === 'HEAD' ? { status, headers } : { status, headers, body };
}

/** The session id of `/session/<id>/report.pdf`, or undefined for any other path. */
function reportSession(pathname: string): string | undefined {
  const encoded = /^\/session\/([^/]{1,500})\/report\.pdf$/.exec(pathname)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

async function fileSize(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch {
    return undefined;
  }
}
