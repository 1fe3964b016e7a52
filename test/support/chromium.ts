import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** The browser of the distribution (`JOULEBENCH_CHROMIUM` names another one): nothing is downloaded. */
export function chromiumPath(): string {
  return (
    [process.env['JOULEBENCH_CHROMIUM'], ...places].find((path) => path && existsSync(path)) ?? '/usr/bin/chromium'
  );
}
