import type { WebPreferences } from 'electron';

/**
 * The window's rights, all written out: no Node in the page, a sandboxed process, an isolated preload. What is not named
 * (`webSecurity`, `allowRunningInsecureContent`, `experimentalFeatures`) keeps Electron's safe default.
 */
export function webPreferences(preload: string, version: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    additionalArguments: [`--joulebench-version=${version}`],
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webviewTag: false,
    spellcheck: false,
    devTools: !isPackaged,
  };
}
