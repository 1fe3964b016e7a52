export { bridged, desktopBridge, provideDesktop, useDesktop } from './desktop.ts';
export { provideClient, reportUrl, useClient } from './host-client.ts';
export type { Connection, FollowKey, HostClient, TopicListener } from './host-client.ts';
