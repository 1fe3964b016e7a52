import { z } from 'zod';

/** What an installer is; `unknown` cannot be started from here. */
export const installerKindSchema = z.enum(['appimage', 'deb', 'nsis', 'dmg', 'zip', 'unknown']);
export type InstallerKind = z.infer<typeof installerKindSchema>;

/** An update in a folder: described, and its installer checked against the description. */
export const updateCheckSchema = z.object({
  version: z.string(),
  currentVersion: z.string(),
  comparison: z.enum(['newer', 'same', 'older']),
  /** Path of the installer whose size and SHA-512 fit the description. */
  installer: z.string(),
  sizeBytes: z.number().int(),
  sha512: z.string(),
  kind: installerKindSchema,
  /** Whether it is made for this operating system. */
  fits: z.boolean(),
  /** What a person types to install it; absent where the app can start it. */
  command: z.string().optional(),
});
export type UpdateCheck = z.infer<typeof updateCheckSchema>;
