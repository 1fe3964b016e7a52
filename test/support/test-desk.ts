import { Desk } from '../../src/main/host-services/desk.ts';
import type { Host } from '../../src/main/host.ts';

/** The desk of a computer with nothing attached. */
export function emptyDesk({ clock, locks, benchFile }: Host): Desk {
  return new Desk({
    clock,
    locks,
    platform: 'linux',
    file: benchFile,
    world: {
      listPorts: () => Promise.resolve([]),
      listProbes: () => Promise.resolve([]),
      exists: () => Promise.resolve(false),
      access: () => Promise.resolve({ access: 'unknown' }),
    },
  });
}
