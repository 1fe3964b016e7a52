import { apiFaults } from './api.ts';
import { appFaults } from './app.ts';
import { auditFaults } from './audit.ts';
import { benchFaults } from './bench.ts';
import { calibrationFaults } from './calibration.ts';
import { dutFaults } from './dut.ts';
import { emonFaults } from './emon.ts';
import { firmwareFaults } from './firmware.ts';
import { flashFaults } from './flash.ts';
import { handoverFaults } from './handover.ts';
import { internalFaults } from './internal.ts';
import { modelFaults } from './model.ts';
import { packageFaults } from './package.ts';
import { recipeFaults } from './recipe.ts';
import { reportFaults } from './report.ts';
import { rulesFaults } from './rules.ts';
import { runnerFaults } from './runner.ts';
import { signingFaults } from './signing.ts';
import { storeFaults } from './store.ts';
import { traceFaults } from './trace.ts';
import { transportFaults } from './transport.ts';
import { updateFaults } from './update.ts';
import { virtualFaults } from './virtual.ts';
import { workloadFaults } from './workload.ts';

/** All faults by code; one file an area, so that a module's errors stand together. */
export const faultCatalogue = {
  ...apiFaults,
  ...appFaults,
  ...auditFaults,
  ...benchFaults,
  ...calibrationFaults,
  ...dutFaults,
  ...emonFaults,
  ...firmwareFaults,
  ...flashFaults,
  ...handoverFaults,
  ...internalFaults,
  ...modelFaults,
  ...packageFaults,
  ...recipeFaults,
  ...reportFaults,
  ...rulesFaults,
  ...runnerFaults,
  ...signingFaults,
  ...storeFaults,
  ...traceFaults,
  ...transportFaults,
  ...updateFaults,
  ...virtualFaults,
  ...workloadFaults,
} as const;
