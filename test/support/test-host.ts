import { join } from 'node:path';
import { createHost } from '../../src/main/host.ts';
import type { Host } from '../../src/main/host.ts';
import { resourcesDir } from '../../src/main/places.ts';
import { defaultFolders } from '../../src/main/store/index.ts';
import { appIdentity } from '../../src/main/version.ts';

/** The product's services with all folders below `home`. */
export function testHost(home: string): Promise<Host> {
  const folders = defaultFolders({ platform: process.platform, home, env: { JOULEBENCH_HOME: join(home, 'home') } });
  return createHost({
    app: appIdentity(),
    program: 'test',
    folders,
    resourcesDir: resourcesDir(),
    platform: process.platform,
  });
}
