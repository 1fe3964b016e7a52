import { inject } from 'vue';
import type { App, InjectionKey } from 'vue';
import type { BridgeResult, DesktopBridge } from '../../shared/contract/index.ts';
import { faultFromRecord } from '../../shared/fault/index.ts';

const desktopKey: InjectionKey<DesktopBridge | undefined> = Symbol('desktop');

/** What the preload offers, in the desktop window only. */
export function desktopBridge(page: Window): DesktopBridge | undefined {
  return (page as Window & { readonly joulebench?: DesktopBridge }).joulebench;
}

export function provideDesktop(app: App, bridge: DesktopBridge | undefined): void {
  app.provide(desktopKey, bridge);
}

/** System dialogs and the file manager; undefined in a browser. */
export function useDesktop(): DesktopBridge | undefined {
  return inject(desktopKey, undefined);
}

/** The value of a bridge call. @throws Fault when main refused it. */
export async function bridged<T>(answer: Promise<BridgeResult<T>>): Promise<T> {
  const result = await answer;
  if (result.ok) return result.value;
  throw faultFromRecord(result.fault);
}
