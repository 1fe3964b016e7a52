import type { Clock } from '../../shared/clock/index.ts';
import { connectLoopback, openocdTool } from './openocd/index.ts';
import { guardedStart, systemPrograms } from './process/index.ts';
import { pyocdTool } from './pyocd/index.ts';
import type { FlashTool } from './types.ts';

export interface FlashToolsOptions {
  platform: NodeJS.Platform;
  /** Where PATH is, and `JOULEBENCH_OPENOCD`, `JOULEBENCH_PYOCD` for a tool elsewhere. */
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** Language of refusals. */
  locale?: string;
}

/** The tools that can flash, on this computer, in the order in which they are tried. */
export function flashTools({ platform, env, clock, locale }: FlashToolsOptions): FlashTool[] {
  const start = guardedStart({ clock, platform, env });
  const world = { start, programs: systemPrograms(platform, env), clock, ...(locale === undefined ? {} : { locale }) };
  return [openocdTool({ ...world, connect: connectLoopback }), pyocdTool(world)];
}
