import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import type { Probe } from '../../shared/domain/flash.ts';
import type { DeskDevice } from '../../shared/domain/bench-desk.ts';
import { readBoards } from '../bench/index.ts';
import type { ListedSerial } from '../bench/index.ts';
import { listProbes } from '../flash/index.ts';
import { devicePortGroup, listSerialPorts } from '../transport/index.ts';

/** What the desk asks the system; a test puts another computer there. */
export interface DeskWorld {
  /** @throws Fault `transport.listFailed`. */
  listPorts(): Promise<readonly ListedSerial[]>;
  listProbes(): Promise<readonly Probe[]>;
  /** Whether a path that was named by hand is there. */
  exists(path: string): Promise<boolean>;
  /** Whether this user may open a port, and who may otherwise. */
  access(path: string): Promise<Pick<DeskDevice, 'access' | 'group'>>;
  /** Something cheap that differs when a port came or went; undefined where the system has nothing of the kind. */
  fingerprint?: (() => Promise<string>) | undefined;
}

/** Names of devices that a plugged-in port has on Linux and macOS. */
const portName = /^(tty(ACM|USB|AMA|S|XRUSB)\d|rfcomm\d|cu\.|hidraw\d)/;

/** This computer. */
export function systemDeskWorld(platform: NodeJS.Platform, resourcesDir: string): DeskWorld {
  return {
    listPorts: () => listSerialPorts(platform),
    listProbes: async () => listProbes({ platform, boards: await readBoards(resourcesDir) }),
    exists: (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    async access(path) {
      // Windows has no rights on ports: one that does not open is in use.
      if (platform === 'win32') return { access: 'unknown' };
      try {
        await access(path, constants.R_OK | constants.W_OK);
        return { access: 'ok' };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EACCES') return { access: 'unknown' };
        const group = platform === 'linux' ? await devicePortGroup(path).catch(() => undefined) : undefined;
        return { access: 'refused', ...(group === undefined ? {} : { group }) };
      }
    },
    ...(platform === 'win32' ? {} : { fingerprint }),
  };
}

async function fingerprint(): Promise<string> {
  const names = await readdir('/dev');
  return names.filter((name) => portName.test(name)).join(' ');
}
