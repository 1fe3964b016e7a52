import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../store/index.ts';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const windowStateSchema = z.object({
  bounds: rectangleSchema.optional(),
  maximized: z.boolean().default(false),
  /** Where the last file dialog was left. */
  lastFolder: z.string().max(4000).optional(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** Reads what the last window left; a file that is missing or damaged means a first start. Called before Electron is ready. */
export function readWindowState(file: string): WindowState {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return windowStateSchema.parse({});
  }
}

export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, `${JSON.stringify(state)}\n`);
}

/** Smallest part of the title bar, in pixels, that must lie on a screen for a window to be within reach. */
const reachable = { width: 120, height: 40 };

/**
 * The remembered bounds, if a screen is still there to show their top edge, cut to that screen; else undefined, and the
 * window opens where the system likes it.
 */
export function restorableBounds(
  bounds: Rectangle | undefined,
  workAreas: readonly Rectangle[],
): Rectangle | undefined {
  if (!bounds) return undefined;
  const area = workAreas.find((each) => {
    const left = Math.max(bounds.x, each.x);
    const right = Math.min(bounds.x + bounds.width, each.x + each.width);
    const top = Math.max(bounds.y, each.y);
    const bottom = Math.min(bounds.y + reachable.height, each.y + each.height);
    return right - left >= reachable.width && bottom - top >= reachable.height;
  });
  if (!area) return undefined;
  return { ...bounds, width: Math.min(bounds.width, area.width), height: Math.min(bounds.height, area.height) };
}
