import { createPinia } from 'pinia';
import { createApp } from 'vue';
import type { App as VueApp } from 'vue';
import type { Router } from 'vue-router';
import type { DesktopBridge } from '../shared/contract/index.ts';
import App from './App.vue';
import { provideClient, provideDesktop } from './client/index.ts';
import type { HostClient } from './client/index.ts';
import { guardPages } from './guard-pages.ts';
import { createPageRouter } from './router.ts';
import { useNoticesStore, useSettingsStore } from './stores/index.ts';
import { provideText } from './text/index.ts';
import { provideRunDraft } from './views/run/draft.ts';

/** The whole page over a client of the host; mounting it is the caller's business. */
export function createPage(client: HostClient, desktop?: DesktopBridge, router: Router = createPageRouter()): VueApp {
  const app = createApp(App);
  provideClient(app, client);
  provideDesktop(app, desktop);
  app.use(createPinia());
  const settings = useSettingsStore();
  guardPages(router, settings, useNoticesStore());
  app.use(router);
  provideText(app, () => settings.settings.language);
  provideRunDraft(app);
  return app;
}
