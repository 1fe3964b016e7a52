import type { EnergySetup } from '../../../shared/domain/energy.ts';
import type { RunView, SessionView } from '../view.ts';
import { simulatedMark } from './line.ts';
import {
  configurationSteps,
  countedMeasures,
  dutStep,
  inferStep,
  isRelayed,
  loadStep,
  openingSteps,
  powerOffStep,
  powerOnStep,
  traceOffStep,
  traceOnStep,
} from './steps.ts';
import type { ScriptStep } from './steps.ts';

/**
 * `script.async`: the commands of the run as a JavaScript array literal (results and submission, section 3). A comment
 * inside the brackets names the program that wrote it. No newline after the last line, as published files have it.
 */
export function writeScript(session: SessionView, run: RunView): string {
  const steps = run.energy ? energySteps(run, run.energy.setup) : runSteps(run);
  const mark = session.simulated ? `, ${simulatedMark}` : '';
  const origin = `${session.app.name} ${session.app.version}, session ${session.sessionId}, run ${run.runId}${mark}`;
  const head = `    /* ${origin.replaceAll('*/', '')} */`;
  return `[\n${head}\n${steps.map(formatStep).join(',\n')}\n]`;
}

function runSteps(run: RunView): ScriptStep[] {
  return [
    { cmd: 'umount' },
    { cmd: 'mountc dut dut' },
    { cmd: 'dut profile' },
    ...openingSteps(run),
    ...measureSteps(run),
  ];
}

/** Initialisation and steps of an energy run, as the published runner has them (DUT protocol, section 12.2). */
function energySteps(run: RunView, setup: EnergySetup): ScriptStep[] {
  const relayed = isRelayed(run);
  return [
    { cmd: 'umount' },
    { cmd: 'mountc emon emon' },
    ...(relayed ? [{ cmd: 'mountc io ioman' }, { cmd: 'io version' }] : [{ cmd: 'mountc dut dut' }]),
    { cmd: `emon voltage ${Math.round(setup.supply.voltageV * 1000)}` },
    powerOnStep,
    dutStep(run, 'profile'),
    powerOffStep,
    { cmd: 'echo pwr 2000', ack: 'echo-message\\[pwr\\]', ms: 2500 },
    ...configurationSteps(run),
    powerOnStep,
    dutStep(run, 'profile'),
    ...(relayed ? [{ cmd: 'io tm 0' }, { cmd: 'io enable-timer' }] : []),
    { cmd: 'emon timer on' },
    traceOnStep,
    dutStep(run, 'timestamp'),
    { cmd: 'echo head 1000', ack: 'echo-message\\[head\\]' },
    ...measureSteps(run),
    { cmd: 'echo tail 1000', ack: 'echo-message\\[tail\\]' },
    traceOffStep,
    { cmd: 'emon timer off' },
    ...(relayed ? [{ cmd: 'io disable-timer' }] : []),
    { cmd: 'emon voltage' },
    powerOffStep,
  ];
}

function measureSteps(run: RunView): ScriptStep[] {
  return countedMeasures(run).flatMap((measure) => [loadStep(run, measure), inferStep(run, measure)]);
}

function formatStep(step: ScriptStep): string {
  const fields = [`cmd: ${quoted(step.cmd)}`];
  if (step.ms !== undefined) fields.push(`ms: ${step.ms}`);
  if (step.ack !== undefined) fields.push(`ack: /${step.ack}/`);
  return `    {\n${fields.map((field) => `        ${field}`).join(',\n')}\n    }`;
}

/** Single-quoted string; the quote and the backslash are escaped, control characters cannot occur in a command. */
function quoted(text: string): string {
  return `'${text
    .replace(/[\u0000-\u001f]/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")}'`;
}
