import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { BridgeMessage, BridgeResult, DesktopBridge } from '../shared/contract/bridge.ts';

const versionArgument = '--joulebench-version=';

/** Ports of an earlier request, from before a reload or a second `connect`, are not passed on. */
let latest = '';

function ask<T>(channel: string, input?: unknown): Promise<BridgeResult<T>> {
  return ipcRenderer.invoke(channel, input) as Promise<BridgeResult<T>>;
}

/** Speaks to the page's own window only: `location.origin` is a real origin because the scheme is a standard one. */
function tell(message: BridgeMessage, ports: readonly MessagePort[] = []): void {
  window.postMessage({ joulebench: message }, location.origin, [...ports]);
}

ipcRenderer.on('jb:port', (event, { id, nonce }: { id: string; nonce: string }) => {
  if (nonce === latest) tell({ port: id }, event.ports);
});

ipcRenderer.on('jb:page', (_event, message: BridgeMessage) => tell(message));

const bridge: DesktopBridge = {
  version: process.argv.find((each) => each.startsWith(versionArgument))?.slice(versionArgument.length) ?? '',
  platform: process.platform,
  connect() {
    latest = crypto.randomUUID();
    ipcRenderer.send('jb:connect', latest);
  },
  pathForFile: (file) => webUtils.getPathForFile(file as File),
  desktop: {
    pickFolder: () => ask('jb:pick-folder'),
    pickFile: (kind) => ask('jb:pick-file', kind),
    saveAs: (suggestedName) => ask('jb:save-as', suggestedName),
    reveal: (sessionId) => ask('jb:reveal', sessionId),
    openReport: (sessionId) => ask('jb:open-report', sessionId),
    openLogs: () => ask('jb:open-logs'),
    installUpdate: (path) => ask('jb:install-update', path),
    confirmQuit: (id, answer) => ask('jb:confirm-quit', { id, answer }),
  },
};

contextBridge.exposeInMainWorld('joulebench', bridge);
