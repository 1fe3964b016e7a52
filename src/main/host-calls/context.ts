import type { Handlers } from '../../shared/contract/index.ts';
import type { HostLog } from '../api/host-api.ts';
import type { SessionList } from '../archive/index.ts';
import type { Audits } from '../host-services/audits.ts';
import type { Batches } from '../host-services/batches.ts';
import type { BeginRun } from '../host-services/begin-run.ts';
import type { Benches } from '../host-services/benches.ts';
import type { Calibrations } from '../host-services/calibration.ts';
import type { Desk } from '../host-services/desk.ts';
import type { Flashings } from '../host-services/flash.ts';
import type { MadeFiles } from '../host-services/made-files.ts';
import type { Packages } from '../host-services/packages.ts';
import type { SystemForms } from '../host-services/system-forms.ts';
import type { Operations } from '../host-services/operations.ts';
import type { Traces } from '../host-services/traces.ts';
import type { Uploads } from '../host-services/uploads.ts';
import type { Host, StartedRun } from '../host.ts';

/** What the calls of all areas stand on. One of these serves all windows and tabs of a process. */
export interface HostContext {
  readonly host: Host;
  readonly carrier: string;
  readonly operations: Operations;
  readonly benches: Benches;
  readonly desk: Desk;
  readonly calibrations: Calibrations;
  readonly flashings: Flashings;
  readonly sessions: SessionList;
  readonly traces: Traces;
  readonly madeFiles: MadeFiles;
  readonly batches: Batches;
  readonly audits: Audits;
  readonly uploads: Uploads;
  readonly systems: SystemForms;
  readonly packages: Packages;
  /** @throws Fault `app.sessionUnknown`. */
  folderOf(sessionId: string): string;
  /** Starts a run as a page does: on a free bench, at its pace, with what was flashed onto it; the operation is then in the list. */
  readonly beginRun: BeginRun;
  /** Takes a session up again, likewise. */
  resumeRun(sessionId: string, signal?: AbortSignal): Promise<StartedRun>;
  /** @throws Fault `bench.busy` while something drives the bench, or any bench. */
  ensureFree(benchId?: string): void;
  readonly log: HostLog;
}

/** Each area answers some of the calls; together, checked in host-api.ts, all of them. */
export type SomeCalls = Partial<Handlers['calls']>;
