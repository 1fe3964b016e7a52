import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { defaultSettings } from '../../shared/domain/settings.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { useClient } from '../client/index.ts';

/** The host's settings as they were last answered. */
export const useSettingsStore = defineStore('settings', () => {
  const client = useClient();
  const settings = shallowRef<Settings>(defaultSettings);
  const loaded = shallowRef(false);

  async function load(): Promise<void> {
    settings.value = await client.call('settings.get', {});
    loaded.value = true;
  }

  async function change(part: Partial<Settings>): Promise<void> {
    settings.value = await client.call('settings.set', part);
  }

  return { settings, loaded, load, change };
});
