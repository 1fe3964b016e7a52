import type { RunView, SessionView } from '../view.ts';
import { simulatedMark } from './line.ts';
import { countedMeasures, inferStep, loadStep, openingSteps } from './steps.ts';
import type { ScriptStep } from './steps.ts';

/**
 * `script.async`: the commands of the run as a JavaScript array literal (results and submission, section 3). A comment
 * inside the brackets names the program that wrote it. No newline after the last line, as published files have it.
 */
export function writeScript(session: SessionView, run: RunView): string {
  const steps: ScriptStep[] = [
    { cmd: 'umount' },
    { cmd: 'mountc dut dut' },
    { cmd: 'dut profile' },
    ...openingSteps,
    ...countedMeasures(run).flatMap((measure) => [loadStep(run, measure), inferStep(measure)]),
  ];
  const mark = session.simulated ? `, ${simulatedMark}` : '';
  const origin = `${session.app.name} ${session.app.version}, session ${session.sessionId}, run ${run.runId}${mark}`;
  const head = `    /* ${origin.replaceAll('*/', '')} */`;
  return `[\n${head}\n${steps.map(formatStep).join(',\n')}\n]`;
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
