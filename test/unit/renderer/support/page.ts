import { flushPromises } from '@vue/test-utils';
import { createMemoryHistory } from 'vue-router';
import type { App } from 'vue';
import { vi } from 'vitest';
import { createPage } from '../../../../src/renderer/app.ts';
import { createPageRouter } from '../../../../src/renderer/router.ts';
import type { DesktopBridge } from '../../../../src/shared/contract/index.ts';
import { FakeHost } from './fake-host.ts';

export interface TestPage {
  host: FakeHost;
  root: HTMLElement;
  app: App;
  text(): string;
  /** The button or link of that name; throws when there is none. */
  control(name: string | RegExp): HTMLElement;
  click(name: string | RegExp): Promise<void>;
  press(key: string, init?: KeyboardEventInit): Promise<void>;
  settle(): Promise<void>;
  close(): void;
}

/** The whole page over a host in the same process, at a path. */
export async function openPage(path: string, host = new FakeHost(), desktop?: DesktopBridge): Promise<TestPage> {
  const router = createPageRouter(createMemoryHistory());
  await router.push(path);
  const root = document.createElement('div');
  document.body.append(root);
  const app = createPage(host, desktop, router);
  app.mount(root);
  const settle = async (): Promise<void> => {
    await flushPromises();
    await vi.dynamicImportSettled();
    await flushPromises();
  };
  const nameOf = (element: Element): string =>
    element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim();
  const control = (name: string | RegExp): HTMLElement => {
    const all = [...document.querySelectorAll<HTMLElement>('button, a, summary')];
    const found = all.find((one) => (typeof name === 'string' ? nameOf(one) === name : name.test(nameOf(one))));
    if (!found) throw new Error(`no control ${String(name)} among ${all.map(nameOf).join(' | ')}`);
    return found;
  };
  await settle();
  return {
    host,
    root,
    app,
    settle,
    control,
    text: () => document.body.textContent.replace(/\s+/g, ' '),
    async click(name) {
      control(name).click();
      await settle();
    },
    async press(key, init = {}) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
      await settle();
    },
    close() {
      app.unmount();
      document.body.innerHTML = '';
      localStorage.clear();
    },
  };
}
