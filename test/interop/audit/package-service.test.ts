import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { createSessionList } from '../../../src/main/archive/index.ts';
import { Audits } from '../../../src/main/host-services/audits.ts';
import { MadeFiles } from '../../../src/main/host-services/made-files.ts';
import { Packages } from '../../../src/main/host-services/packages.ts';
import { SystemForms } from '../../../src/main/host-services/system-forms.ts';
import { resourcesDir } from '../../../src/main/places.ts';
import { systemDescriptionSchema } from '../../../src/shared/domain/system-description.ts';
import { madeDescription } from '../../support/audit/system-description.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { testHost } from '../../support/test-host.ts';

it.skipIf(noDataReason)(
  'a package of published runs is saved as a zip file, and its audit finds no error',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'jb-package-service-'));
    const host = await testHost(home);
    const sessions = createSessionList({ cacheFolder: join(home, 'cache'), appVersion: '1' });
    const audits = new Audits({
      host,
      unpack: (zip, to) => sessions.unpackTree(zip, to),
      temporaryFolder: home,
      threads: 0,
    });
    const systems = new SystemForms({
      config: home,
      resourcesDir: resourcesDir(),
      compiler: () => Promise.resolve(''),
    });
    const packages = new Packages({ host, systems, audits, folderOf: () => '', threads: 0 });
    const files = new MadeFiles();
    try {
      const readme = join(home, 'code/ic/README.md');
      mkdirSync(dirname(readme), { recursive: true });
      writeFileSync(readme, 'Build with make, flash main.bin.\n');
      await systems.save('Board', systemDescriptionSchema.parse(madeDescription()), null);
      const packageId = await packages.start({
        systems: [
          {
            system: 'Board',
            sources: [{ path: dataPath('submissions', 'v1.1', 'closed', 'bosch', 'results', 'NUCLEO_L4R5ZI', 'ic') }],
          },
        ],
        division: 'closed',
        round: 'v1.1',
        code: join(home, 'code'),
        hookUp: null,
      });
      await packages.ended(packageId);
      const { check } = packages.topic(packageId).value;
      expect(check).toMatchObject({ made: true, kind: 'official', reasons: [], zip: { name: 'Org-Board-v1.1.zip' } });
      expect(check?.published).toMatchObject([{ benchmark: 'ic', board: 'NUCLEO' }]);
      const file = await packages.save(packageId, files);
      expect(file).toMatchObject({ name: 'Org-Board-v1.1.zip', mediaType: 'application/zip' });
      expect(
        readFileSync(files.find(file.fileId)?.path ?? '')
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
      const auditId = await packages.audit(packageId);
      await audits.ended(auditId);
      expect(audits.topic(auditId).value).toMatchObject({
        state: 'done',
        round: 'v1.1',
        summary: { counts: { E: 0, runs: 2 } },
      });
    } finally {
      await files.close();
      await packages.close();
      await audits.close();
      await sessions.close();
      rmSync(home, { recursive: true, force: true });
    }
  },
);
