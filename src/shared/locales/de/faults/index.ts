import type { FaultCode } from '../../../fault/index.ts';
import type { FaultWords } from '../../words.ts';
import { apiFaultWords } from './api.ts';
import { appFaultWords } from './app.ts';
import { auditFaultWords } from './audit.ts';
import { benchFaultWords } from './bench.ts';
import { calibrationFaultWords } from './calibration.ts';
import { dutFaultWords } from './dut.ts';
import { emonFaultWords } from './emon.ts';
import { firmwareFaultWords } from './firmware.ts';
import { flashFaultWords } from './flash.ts';
import { handoverFaultWords } from './handover.ts';
import { internalFaultWords } from './internal.ts';
import { modelFaultWords } from './model.ts';
import { packageFaultWords } from './package.ts';
import { recipeFaultWords } from './recipe.ts';
import { reportFaultWords } from './report.ts';
import { rulesFaultWords } from './rules.ts';
import { runnerFaultWords } from './runner.ts';
import { signingFaultWords } from './signing.ts';
import { storeFaultWords } from './store.ts';
import { traceFaultWords } from './trace.ts';
import { transportFaultWords } from './transport.ts';
import { updateFaultWords } from './update.ts';
import { virtualFaultWords } from './virtual.ts';
import { workloadFaultWords } from './workload.ts';

/** Words for every fault code; the type makes a code without words an error. */
export const faultWords: Record<FaultCode, FaultWords> = {
  ...apiFaultWords,
  ...appFaultWords,
  ...auditFaultWords,
  ...benchFaultWords,
  ...calibrationFaultWords,
  ...dutFaultWords,
  ...emonFaultWords,
  ...firmwareFaultWords,
  ...flashFaultWords,
  ...handoverFaultWords,
  ...internalFaultWords,
  ...modelFaultWords,
  ...packageFaultWords,
  ...recipeFaultWords,
  ...reportFaultWords,
  ...rulesFaultWords,
  ...runnerFaultWords,
  ...signingFaultWords,
  ...storeFaultWords,
  ...traceFaultWords,
  ...transportFaultWords,
  ...updateFaultWords,
  ...virtualFaultWords,
  ...workloadFaultWords,
};
