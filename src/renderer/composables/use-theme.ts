import { useMediaQuery } from '@vueuse/core';
import { watchEffect } from 'vue';
import { useSettingsStore } from '../stores/index.ts';

/** Puts the theme of the settings, or the system's, on the document. */
export function useTheme(): void {
  const store = useSettingsStore();
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)');
  watchEffect(() => {
    const { theme } = store.settings;
    const dark = theme === 'system' ? systemDark.value : theme === 'dark';
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    document.documentElement.lang = store.settings.language;
  });
}
