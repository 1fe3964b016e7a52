/** Origin of electron-vite's development server, where the page is loaded from it; never in a packaged app. */
export interface PolicyOptions {
  devOrigin?: string | undefined;
}

/**
 * The policy of every response but the PDF, the same over `app://` and HTTP. Nothing is loaded from elsewhere, nothing
 * inline runs, no text becomes code. Style properties set from script (`el.style.x`, Vue's `:style`) need no exception.
 */
export function contentSecurityPolicy({ devOrigin }: PolicyOptions = {}): string {
  const devStyle = devOrigin === undefined ? '' : " 'unsafe-inline'";
  const devConnect = devOrigin === undefined ? '' : ' ws:';
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${devStyle}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${devConnect}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** A PDF is shown by the browser's own viewer, which needs inline styles: only who may frame it is said. */
export const pdfPolicy = "frame-ancestors 'self'";
