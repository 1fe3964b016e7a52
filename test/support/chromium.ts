import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** The browser of the distribution (`JOULEBENCH_CHROMIUM` names another one): nothing is downloaded. */
export function chromiumPath(): string {
  return (
    [process.env['JOULEBENCH_CHROMIUM'], ...places].find((path) => path && existsSync(path)) ?? '/usr/bin/chromium'
  );
}

/** A computer without network: the browser must not look for updates, and a container's root has no sandbox. */
export const chromiumArgs: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
