import { appCalls } from './app.ts';
import { auditCalls } from './audit.ts';
import { benchCalls } from './bench.ts';
import { calibrationCalls } from './calibration.ts';
import { compareCalls } from './compare.ts';
import type { HostContext } from './context.ts';
import { fileCalls } from './file.ts';
import { flashCalls } from './flash.ts';
import { packageCalls } from './packages.ts';
import { recipeCalls } from './recipe.ts';
import { reportCalls } from './report.ts';
import { runCalls } from './run.ts';
import { sessionCalls } from './session.ts';
import type { Handlers } from '../../shared/contract/index.ts';

export type { HostContext } from './context.ts';

/** Every call of the contract: a missing one is a compile error. */
export function hostCalls(context: HostContext): Handlers['calls'] {
  return {
    ...appCalls(context),
    ...auditCalls(context),
    ...benchCalls(context),
    ...calibrationCalls(context),
    ...compareCalls(context),
    ...fileCalls(context),
    ...flashCalls(context),
    ...packageCalls(context),
    ...recipeCalls(context),
    ...reportCalls(context),
    ...runCalls(context),
    ...sessionCalls(context),
  };
}
