import { watch } from 'vue';
import type { Router } from 'vue-router';
import { isClosed } from '../shared/domain/pages.ts';
import { Fault } from '../shared/fault/index.ts';
import type { useNoticesStore, useSettingsStore } from './stores/index.ts';

/**
 * Leads from a page that is closed in operator mode to that of the run, with a notice that says why: an address that was kept or
 * typed, a link, and the page that is open when the mode changes (in this window or another) or when the settings arrive.
 */
export function guardPages(
  router: Router,
  settings: ReturnType<typeof useSettingsStore>,
  notices: ReturnType<typeof useNoticesStore>,
): void {
  const isClosedNow = (path: string): boolean => isClosed(path, settings.settings.mode);
  const leadAway = (): string => {
    notices.report(new Fault('app.pageClosed', {}));
    return '/run';
  };
  router.beforeEach(({ path }) => (isClosedNow(path) ? leadAway() : true));
  watch(
    () => settings.settings.mode,
    () => {
      if (isClosedNow(router.currentRoute.value.path)) void router.replace(leadAway());
    },
  );
}
