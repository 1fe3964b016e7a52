import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { defaultSettings, languageOf, settingsSchema } from '../../shared/domain/settings.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import { Fault } from '../../shared/fault/index.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { storeFault } from './store-fault.ts';

/** The one validated store of settings. */
export interface SettingsStore {
  get(): Settings;
  /** Merges, validates and writes. @throws Fault `store.settingsInvalid` or of area `store`; nothing is changed then. */
  set(change: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings>;
}

/**
 * Opens the settings file; an absent one means the defaults, in the language of the system where there are words in it.
 * @param systemLocale Of the operating system, such as `de-DE`.
 * @throws Fault `store.settingsInvalid` naming the field, `store.newerVersion` for a file of a later version.
 */
export async function openSettings(path: string, systemLocale = 'en'): Promise<SettingsStore> {
  let current = await readSettings(path, systemLocale);
  return {
    get: () => current,
    async set(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next = validate(path, { ...current, ...Object.fromEntries(given) });
      try {
        await mkdir(dirname(path), { recursive: true });
      } catch (error) {
        throw storeFault(error, path);
      }
      await writeFileAtomic(path, `${JSON.stringify(next, undefined, 2)}\n`);
      current = next;
      return current;
    },
  };
}

async function readSettings(path: string, systemLocale: string): Promise<Settings> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { ...defaultSettings, language: languageOf(systemLocale) };
    }
    throw storeFault(error, path);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault('store.settingsInvalid', { path, field: 'file', problem: (error as Error).message });
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > defaultSettings.version) {
    throw new Fault('store.newerVersion', {
      path,
      format: String(version),
      supported: String(defaultSettings.version),
    });
  }
  return validate(path, value);
}

function validate(path: string, value: unknown): Settings {
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Fault('store.settingsInvalid', {
    path,
    field: issue?.path.join('.') || 'file',
    problem: issue?.message ?? '',
  });
}
