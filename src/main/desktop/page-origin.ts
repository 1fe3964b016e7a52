/** Scheme and host of the page in the desktop app. */
export const appScheme = 'app';
export const appHost = 'joulebench';

export interface PageOrigin {
  /** `app://joulebench`, or the development server's. */
  readonly origin: string;
  /** What the window loads. */
  readonly url: string;
  /** Set where the page comes from electron-vite's development server. */
  readonly devOrigin?: string | undefined;
}

/**
 * Where the page comes from. The development server's address is taken from the environment only by an app that is not
 * packaged, and only if it is this computer.
 */
export function pageOrigin(isPackaged: boolean, devUrl: string | undefined): PageOrigin {
  const dev = !isPackaged && devUrl !== undefined ? URL.parse(devUrl) : null;
  if (dev && /^https?:$/.test(dev.protocol) && ['localhost', '127.0.0.1'].includes(dev.hostname)) {
    return { origin: dev.origin, url: dev.href, devOrigin: dev.origin };
  }
  const origin = `${appScheme}://${appHost}`;
  return { origin, url: `${origin}/` };
}

/**
 * Scheme and host of a URL. Node gives 'null' as the `origin` of schemes it does not know, which would make every such URL
 * equal to every other.
 */
export function originOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.protocol}//${parsed.host}` : undefined;
}
