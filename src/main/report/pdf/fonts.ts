import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FontName } from './theme.ts';

/** TrueType files of the report's three faces. */
export type ReportFonts = Readonly<Record<FontName, Uint8Array>>;

const files: Readonly<Record<FontName, string>> = {
  sans: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  sansBold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  mono: '@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
};

/** Reads IBM Plex from its packages, which stay outside of any bundle. Throws the file system's error where they are absent. */
export function loadReportFonts(): ReportFonts {
  const { resolve } = createRequire(import.meta.url);
  const read = (name: FontName): Uint8Array => readFileSync(resolve(files[name]));
  return { sans: read('sans'), sansBold: read('sansBold'), mono: read('mono') };
}
