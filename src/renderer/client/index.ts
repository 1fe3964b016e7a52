export { bridged, desktopBridge, provideDesktop, useDesktop } from './desktop.ts';
export { provideClient, reportUrl, useClient } from './host-client.ts';
export type { Connection, HostClient } from './host-client.ts';
