import { z } from 'zod';
import { retentionSchema } from './retention.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language of a system's locale such as `de-AT` or `de_DE.UTF-8`; English for all that there are no words in. */
export function languageOf(locale: string): Language {
  const name = locale.toLowerCase().split(/[-_.]/)[0];
  return languages.find((language) => language === name) ?? 'en';
}

/** What a user may set once for all sessions; kept in one validated file, unknown keys are refused by name. */
export const settingsSchema = z.strictObject({
  version: z.literal(1).default(1),
  /** Where sessions are kept; empty means the default folder of the platform. */
  sessionsFolder: z.string().max(1000).default(''),
  language: z.enum(languages).default('en'),
  paper: z.enum(['A4', 'Letter']).default('A4'),
  /** Whether reports give quantities with SI prefixes (80 MHz) or in base units (80,000,000 Hz). */
  units: z.enum(['prefixed', 'base']).default('prefixed'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** `more` darkens every border and word; `system` follows the wish of the operating system. */
  contrast: z.enum(['system', 'more']).default('system'),
  operator: z.string().max(120).default(''),
  /** `operator`: parameters are locked and only what a bench needs all day is shown. */
  mode: z.enum(['operator', 'engineering']).default('engineering'),
  /** Pace of the virtual bench on the screen: 1 is real time, 10 is ten times faster; the command line has its own default. */
  screenPace: z.union([z.literal('max'), z.number().positive().max(1000)]).default(10),
  /** Serial ports that are never opened by discovery. */
  excludedPorts: z.array(z.string().max(200)).max(100).default([]),
  /** How long sessions, traces and the trash are kept; for ever unless somebody says so. */
  retention: retentionSchema.default(retentionSchema.parse({})),
});

const { shape } = settingsSchema;

/**
 * What one change of the settings may carry: what it does not name stays as it is. (A partial of the schema above would fill
 * in every default, and so reset the rest.)
 */
export const settingsChangeSchema = z
  .strictObject({
    sessionsFolder: shape.sessionsFolder.unwrap(),
    language: shape.language.unwrap(),
    paper: shape.paper.unwrap(),
    units: shape.units.unwrap(),
    theme: shape.theme.unwrap(),
    contrast: shape.contrast.unwrap(),
    operator: shape.operator.unwrap(),
    mode: shape.mode.unwrap(),
    screenPace: shape.screenPace.unwrap(),
    excludedPorts: shape.excludedPorts.unwrap(),
    retention: shape.retention.unwrap(),
  })
  .partial();
export type Settings = z.infer<typeof settingsSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
