import { useMediaQuery } from '@vueuse/core';
import { watchEffect } from 'vue';
import { useSettingsStore } from '../stores/index.ts';

/** Puts theme and contrast of the settings, or the system's, on the document. */
export function useTheme(): void {
  const store = useSettingsStore();
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const systemContrast = useMediaQuery('(prefers-contrast: more)');
  watchEffect(() => {
    const { theme, contrast } = store.settings;
    const dark = theme === 'system' ? systemDark.value : theme === 'dark';
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    document.documentElement.dataset['contrast'] = contrast === 'more' || systemContrast.value ? 'more' : 'normal';
    document.documentElement.lang = store.settings.language;
  });
}
