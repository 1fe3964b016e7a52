import type { Command } from 'commander';
import { monitorUseSchema } from '../../shared/domain/bench-desk.ts';
import type { DoctorReport, DoctorStep } from '../../shared/domain/doctor.ts';
import { formatDuration } from '../../shared/units/index.ts';
import type { Host } from '../host.ts';
import { examineInstrument } from '../host-services/examine.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { writeFault } from './io.ts';
import { parseInteger } from './options.ts';

/** Diagnoses after which a run can be started as things are. */
const fine: readonly string[] = ['healthy', 'healthyNoBaud', 'resetOnOpen', 'monitorHealthy', 'ioManagerHealthy'];

/** `joulebench doctor PORT`: examine a connection; ends in one sentence with the next step. `lpm01a:PORT` and the like examine an instrument. */
export function registerDoctor(program: Command, context: CliContext): void {
  const { io, text } = context;
  program
    .command('doctor <port>')
    .description(text.t('cli.command.doctor'))
    .option('--baud <rate>', text.t('cli.option.baud'), parseInteger(110, 12_000_000))
    .option('--json', text.t('cli.option.json'))
    .action(async (port: string, options: { baud?: number; json?: boolean }) => {
      const host = await context.host('doctor');
      const onStep = (step: DoctorStep): void =>
        io.err(
          `${text.t('cli.doctor.step', {
            step: text.t(`doctor.step.${step.kind}`),
            baud: step.baud === null ? '' : ` (${step.baud})`,
            outcome: text.t(`doctor.outcome.${step.outcome}`),
            took: formatDuration(step.endS - step.startS),
          })}\n`,
        );
      const instrument = readInstrument(port);
      const { report, fault } = instrument
        ? await examineInstrument(host, instrument, context.signal)
        : { report: await examineDut(host, port, options.baud, context.signal, onStep) };
      if (instrument) report.steps.forEach(onStep);
      const { code, facts } = report.diagnosis;
      const sentence = text.t(`doctor.diagnosis.${code}`, facts);
      context.exit(fine.includes(code) ? exitCodes.ok : fault ? exitCodeOf(fault) : exitCodes.instrument);
      io.out(options.json ? `${JSON.stringify({ ...report, sentence })}\n` : `${sentence}\n`);
      if (report.fault && fault && !options.json) writeFault(io, text, fault);
    });
}

/** `lpm01a:COM5`, `ppk2:/dev/ttyACM0`, `io-manager:COM7`; undefined for the line of a DUT. */
function readInstrument(port: string): Parameters<typeof examineInstrument>[1] | undefined {
  const [, kind = '', at = ''] = /^([a-z0-9-]+):(.+)$/i.exec(port.trim()) ?? [];
  if (kind.toLowerCase() === 'io-manager') return { port: at, role: 'ioManager', use: null };
  const use = monitorUseSchema.safeParse(kind.toLowerCase());
  return use.success ? { port: at, role: 'monitor', use: use.data } : undefined;
}

function examineDut(
  host: Host,
  port: string,
  baud: number | undefined,
  signal: AbortSignal,
  onStep: (step: DoctorStep) => void,
): Promise<DoctorReport> {
  return host.examine(port, { baud, signal, onStep });
}
