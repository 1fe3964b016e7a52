import type { Handlers } from '../../shared/contract/index.ts';
import type { SessionList } from '../archive/index.ts';
import type { Benches } from '../host-services/benches.ts';
import type { Calibrations } from '../host-services/calibration.ts';
import type { Desk } from '../host-services/desk.ts';
import type { Flashings } from '../host-services/flash.ts';
import type { MadeFiles } from '../host-services/made-files.ts';
import type { Operations } from '../host-services/operations.ts';
import type { Traces } from '../host-services/traces.ts';
import type { Host } from '../host.ts';

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
  /** @throws Fault `app.sessionUnknown`. */
  folderOf(sessionId: string): string;
  /** @throws Fault `bench.busy` while something drives the bench. */
  ensureFree(benchId: string): void;
}

/** Each area answers some of the calls; together, checked in host-api.ts, all of them. */
export type SomeCalls = Partial<Handlers['calls']>;
