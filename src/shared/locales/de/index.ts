import type { en } from '../en/index.ts';
import type { Messages, Translated } from '../words.ts';
import { auditWords } from './audit.ts';
import { calibrationWords } from './calibration.ts';
import { cliWords } from './cli.ts';
import { compareWords } from './compare.ts';
import { desktopWords } from './desktop.ts';
import { doctorWords } from './doctor.ts';
import { dutWords } from './dut.ts';
import { emonWords } from './emon.ts';
import { energyWords } from './energy.ts';
import { faultWords } from './faults/index.ts';
import { firmwareWords } from './firmware.ts';
import { packageWords } from './package.ts';
import { probeWords } from './probes.ts';
import { recipeWords } from './recipe.ts';
import { reportWords } from './report.ts';
import { ruleWords } from './rules.ts';
import { signingWords } from './signing.ts';
import { termWords } from './terms.ts';
import { traceWords } from './trace.ts';
import { uiWords } from './ui.ts';
import { verifyWords } from './verify.ts';

/** Every word in German: the type demands each English message. */
export const de: Translated<typeof en> = {
  audit: auditWords,
  calibration: calibrationWords,
  cli: cliWords,
  compare: compareWords,
  desktop: desktopWords,
  doctor: doctorWords,
  dut: dutWords,
  emon: emonWords,
  energy: energyWords,
  fault: faultWords,
  firmware: firmwareWords,
  package: packageWords,
  probe: probeWords,
  recipe: recipeWords,
  report: reportWords,
  rule: ruleWords,
  signing: signingWords,
  term: termWords,
  trace: traceWords,
  ui: uiWords,
  verify: verifyWords,
};

export const deMessages = de as unknown as Messages;
