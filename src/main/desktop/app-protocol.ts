import { open } from 'node:fs/promises';
import type { Protocol } from 'electron';
import type { Site, SiteAnswer } from '../api/site.ts';
import { appHost, appScheme } from './page-origin.ts';

/** Must run once, before Electron is ready: later it throws. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers `app://joulebench/...` from the site's table; any other host is 404. */
export function handleAppScheme(protocol: Protocol, site: Site, log: (event: string, facts: object) => void): void {
  protocol.handle(appScheme, async (request) => {
    try {
      const url = URL.parse(request.url);
      if (url?.host !== appHost) return new Response(null, { status: 404 });
      const { method, headers } = request;
      return await respond(await site.answer({ method, pathname: url.pathname, range: headers.get('range') }));
    } catch (error) {
      // A handler that throws shows an empty window; an answer at least ends the request.
      log('desktop.protocolFault', { message: String(error) });
      return new Response(null, { status: 500 });
    }
  });
}

async function respond({ status, headers, body }: SiteAnswer): Promise<Response> {
  return new Response(body ? await readPart(body) : null, { status, headers: { ...headers } });
}

/** Reads through `fs`, which sees into the app's archive. The page's files and reports are a few megabytes at most. */
async function readPart({
  file,
  start,
  lengthBytes,
}: NonNullable<SiteAnswer['body']>): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(lengthBytes);
    let done = 0;
    while (done < lengthBytes) {
      const { bytesRead } = await handle.read(buffer, done, lengthBytes - done, start + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return buffer.subarray(0, done);
  } finally {
    await handle.close();
  }
}
