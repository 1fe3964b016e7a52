import type { Clock } from '../../shared/clock/index.ts';
import { connectLoopback, openocdTool } from './openocd/index.ts';
import { guardedStart, systemPrograms } from './process/index.ts';
import type { FlashTool } from './types.ts';

export interface FlashToolsOptions {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  locale: string;
}

/** The tools that this computer may have, in the order in which they are tried. */
export function flashTools({ platform, env, clock, locale }: FlashToolsOptions): FlashTool[] {
  const programs = systemPrograms(platform, env);
  const start = guardedStart({ platform, env, clock });
  return [openocdTool({ programs, start, connect: connectLoopback, clock, locale })];
}
