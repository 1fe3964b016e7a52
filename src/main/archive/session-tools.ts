import type { Certificate } from '../../shared/domain/calibration.ts';
import type { Mode } from '../../shared/domain/workload.ts';
import type { Text } from '../../shared/text/index.ts';
import type { RunRecord } from '../session/index.ts';
import { certificateIds, sessionCertificates } from './energy-extras.ts';
import { runFolder } from './finish.ts';
import { verifySession } from './verify.ts';

/** What making a package asks of the archive; given to it, as it does not know the archive. */
export interface SessionToolsForPackages {
  runFolder(run: { runId: string; mode: Mode; workload: { id: string } }): string;
  certificates(folder: string, run: RunRecord): Promise<Certificate[]>;
  verify(folder: string): Promise<string[]>;
  unpack(zip: string, folder: string): Promise<void>;
}

/**
 * @param appVersion decides whether result files are compared byte for byte
 * @param text for what is said about a session that does not hold
 * @param unpack in this thread unless another is given
 */
export function sessionTools(
  appVersion: string,
  text: Text,
  unpack: SessionToolsForPackages['unpack'] = unpackHere,
): SessionToolsForPackages {
  return {
    runFolder,
    unpack,
    async certificates(folder, run) {
      const used = new Set(certificateIds(run));
      return (await sessionCertificates(folder)).filter(({ id }) => used.has(id));
    },
    async verify(folder) {
      const { holds, problems } = await verifySession(folder, appVersion);
      if (holds) return [];
      return problems.filter(({ remark }) => !remark).map(({ key, values }) => text.t(`verify.${key}`, values));
    },
  };
}

async function unpackHere(zip: string, folder: string): Promise<void> {
  // Loaded when asked for: most packages are made of folders.
  const { unpackTree } = await import('./handover/index.ts');
  await unpackTree(zip, folder);
}
