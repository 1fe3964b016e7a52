import type { Certificate } from '../../../shared/domain/calibration.ts';
import type { Mode } from '../../../shared/domain/workload.ts';
import type { Personal } from '../../../shared/redact/index.ts';
import type { RunRecord } from '../../session/index.ts';

/** What the archive of sessions knows and a package needs. */
export interface SessionTools {
  /** Folder of a run inside our session, with `/`. */
  runFolder(run: { runId: string; mode: Mode; workload: { id: string } }): string;
  /** Copies of the certificates that the figure of a run rests on. */
  certificates(folder: string, run: RunRecord): Promise<Certificate[]>;
  /** Sentences that say why the seal of a session does not hold; empty where it does. */
  verify(folder: string): Promise<string[]>;
  /** Unpacks a zip file that may be hostile into a new folder. @throws faults of areas `import` and `store`. */
  unpack(zip: string, folder: string): Promise<void>;
}

export interface MaterialOptions {
  system: string;
  round: string;
  sessions: SessionTools;
  /** Who and where the caller is; nothing of it is named in what we write. */
  personal: Pick<Personal, 'home' | 'user' | 'computer'>;
  /** A folder that exists, for what is unpacked. */
  scratch: string;
  signal?: AbortSignal | undefined;
  /** How many threads an audit gets; chosen by the size of the source where absent. */
  threads?: number | undefined;
}
