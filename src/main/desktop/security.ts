import type { App, Session, WebContents } from 'electron';
import { contentSecurityPolicy } from '../api/content-security-policy.ts';
import { originOf } from './page-origin.ts';
import type { PageOrigin } from './page-origin.ts';

/** The one permission a page gets: the copy button. */
const allowedPermission = 'clipboard-sanitized-write';
const ownSchemes = new Set(['app:', 'devtools:', 'blob:', 'data:']);

/** Denies what pages of this session could ask of the computer: instruments belong to the host, nothing is loaded from elsewhere. */
export function lockSession(session: Session, page: PageOrigin, log: (event: string, facts: object) => void): void {
  const isOurs = (url: string | undefined): boolean => url !== undefined && originOf(url) === page.origin;

  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    callback(permission === allowedPermission && details.isMainFrame && isOurs(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return permission === allowedPermission && details.isMainFrame && isOurs(requestingOrigin);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault();
    callback('');
  });
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => {
    const cancel = !isAllowedRequest(details.url, page);
    if (cancel) log('desktop.requestRefused', { origin: originOf(details.url) });
    callback({ cancel });
  });
  const { devOrigin } = page;
  if (devOrigin === undefined) return;
  // The development server sends no policy of its own; ours, with what it needs, finds faults before the packaged app does.
  session.webRequest.onHeadersReceived(({ responseHeaders }, callback) => {
    const policy = contentSecurityPolicy({ devOrigin });
    callback({ responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [policy] } });
  });
}

function isAllowedRequest(url: string, { devOrigin }: PageOrigin): boolean {
  if (ownSchemes.has(URL.parse(url)?.protocol ?? '')) return true;
  // The development server's page loads over HTTP and reloads over a WebSocket of the same host.
  return devOrigin !== undefined && [devOrigin, devOrigin.replace(/^http/, 'ws')].includes(originOf(url) ?? '');
}

/** Denies new windows, web views and navigation away from the page, in every web contents that will ever exist. */
export function lockContents(app: App, page: PageOrigin, log: (event: string, facts: object) => void): void {
  app.on('web-contents-created', (_event, contents) => lockOne(contents, page, log));
}

function lockOne(contents: WebContents, page: PageOrigin, log: (event: string, facts: object) => void): void {
  const guard = (event: { preventDefault(): void; url: string }): void => {
    const origin = originOf(event.url);
    if (origin === page.origin) return;
    event.preventDefault();
    log('desktop.navigationRefused', { origin });
  };
  contents.on('will-navigate', guard);
  contents.on('will-frame-navigate', guard);
  contents.on('will-redirect', guard);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
