import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Certificate, WizardState } from '../../shared/domain/calibration.ts';
import { Fault } from '../../shared/fault/index.ts';
import { definedOnly } from '../../shared/object/index.ts';
import type { LiveTopic } from '../../shared/contract/index.ts';
import type { Pace } from '../bench/index.ts';
import { summariseCertificate } from '../calibration/index.ts';
import type { CalibrationResult } from '../calibration/index.ts';
import type { Host } from '../host.ts';
import { Calibrations } from '../host-services/calibration.ts';
import { answersFileSchema, ScriptedOperator, TerminalOperator } from './calibration-operator.ts';
import type { AnswersFile } from './calibration-operator.ts';
import type { CliContext } from './context.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { faultJson, writeFault } from './io.ts';
import { parseInteger, parseNumber, parsePace } from './options.ts';

interface CalibrateOptions {
  bench: string;
  monitor?: string;
  ioManager?: string;
  baud?: number;
  voltage?: number;
  ranges?: string;
  board?: string;
  operator?: string;
  answers?: string;
  resume?: string;
  pace: Pace;
  simulated?: boolean;
  list?: boolean;
  certificates?: boolean;
  json?: boolean;
}

/** `joulebench calibrate [PROCEDURE]`: guided procedures and their certificates. */
export function registerCalibrate(program: Command, context: CliContext): void {
  const t = (key: string): string => context.text.t(`cli.option.${key}`);
  const own = (key: string): string => context.text.t(`calibration.cli.option.${key}`);
  program
    .command('calibrate [procedure]')
    .description(context.text.t('calibration.cli.command'))
    .option('--bench <bench>', t('bench'), 'virtual')
    .option('--monitor <monitor>', own('monitor'))
    .option('--io-manager <port>', own('ioManager'))
    .option('--baud <rate>', t('baud'), parseInteger(110, 12_000_000))
    .option('--voltage <volts>', own('voltage'), parseNumber(0.5, 6))
    .option('--ranges <list>', own('ranges'))
    .option('--board <board>', own('board'))
    .option('--operator <name>', t('operator'))
    .option('--answers <file>', own('answers'))
    .option('--resume <journal>', own('resume'))
    .option('--pace <pace>', t('pace'), parsePace, 'max')
    .option('--simulated', t('simulated'))
    .option('--list', own('list'))
    .option('--certificates', own('certificates'))
    .option('--json', t('json'))
    .action(async (procedure: string | undefined, options: CalibrateOptions) => {
      const host = await context.host('calibrate');
      if (options.certificates) await listCertificates(host, options, context);
      else if (options.list || procedure === undefined) await listProcedures(host, options, context);
      else await calibrate(host, procedure, options, context);
    });
}

async function listProcedures(host: Host, options: CalibrateOptions, { io, text }: CliContext): Promise<void> {
  const procedures = (await new Calibrations(host).procedures()).map(
    ({ id, uses, equipment, preconditions, expiryDays }) => ({
      id,
      title: text.t(`calibration.procedure.${id}`),
      purpose: text.t(`calibration.purpose.${id}`),
      uses,
      equipment: equipment.map((key) => text.t(`calibration.equipment.${key}`)),
      preconditions: preconditions.map((key) => text.t(`calibration.precondition.${key}`)),
      expiryDays,
    }),
  );
  if (options.json) {
    io.out(`${JSON.stringify({ procedures })}\n`);
    return;
  }
  for (const { id, title, purpose } of procedures) io.out(`${id.padEnd(20)}${title}: ${purpose}\n`);
}

async function listCertificates(host: Host, options: CalibrateOptions, { io, text }: CliContext): Promise<void> {
  const { certificates, problems } = await host.certificates.list();
  const nowMs = host.clock.epochMs();
  const summaries = certificates.map((certificate) => summariseCertificate(certificate, nowMs));
  if (options.json) {
    io.out(`${JSON.stringify({ folder: host.certificates.folder, certificates: summaries, problems })}\n`);
    return;
  }
  for (const { id, model, serial, expiresUtc, state } of summaries)
    io.out(
      `${text.t('calibration.cli.certificate', { id, model, serial, expires: expiresUtc.slice(0, 10), state: text.t(`calibration.state.${state}`) })}\n`,
    );
  for (const { file, reason } of problems) io.err(`${file}: ${text.t(`calibration.fileProblem.${reason}`)}\n`);
}

async function calibrate(host: Host, procedure: string, options: CalibrateOptions, context: CliContext): Promise<void> {
  const { io, text, signal } = context;
  const answers = options.answers === undefined ? {} : await readAnswers(resolve(options.answers));
  const terminal = process.stdin.isTTY && io.interactive ? new TerminalOperator(text, io, process.stdin) : undefined;
  try {
    const { operation } = await new Calibrations(host).start(
      {
        procedure,
        bench: options.bench,
        monitor: options.monitor,
        ioManager: options.ioManager,
        baud: options.baud,
        pace: options.pace,
        simulated: options.simulated,
        board: options.board,
        resume: options.resume === undefined ? undefined : resolve(options.resume),
        setup: definedOnly({
          operator: options.operator,
          voltageV: options.voltage,
          ranges: options.ranges === undefined ? undefined : parseRanges(options.ranges),
        }),
        operator: new ScriptedOperator(answers, terminal),
      },
      signal,
    );
    if (signal.aborted) operation.cancel();
    signal.addEventListener('abort', () => operation.cancel(), { once: true });
    const stop = followSteps(operation.topic, context);
    const result = await operation.done;
    stop();
    report(result, options, context);
  } finally {
    terminal?.close();
  }
}

/** A line for each step and each reading, to standard error. */
function followSteps(topic: LiveTopic<WizardState>, { io, text }: CliContext): () => void {
  let shown = -1;
  let readings = 0;
  return topic.subscribe(() => {
    const { step, readings: all } = topic.value;
    for (const { place, meanA, standardErrorA } of all.slice(readings))
      io.err(
        `${text.t('calibration.cli.reading', { place, meanA: meanA.toPrecision(7), uA: standardErrorA.toPrecision(2) })}\n`,
      );
    readings = all.length;
    if (step.index === shown || step.count === 0) return;
    shown = step.index;
    io.err(
      `${text.t('calibration.cli.step', { number: Math.min(step.count, step.index + 1), count: step.count, step: step.id })}\n`,
    );
  });
}

function report(result: CalibrationResult, options: CalibrateOptions, { io, text, exit }: CliContext): void {
  const { certificate, fault, status, journal } = result;
  const wrong = fault && status === 'failed' ? faultJson(text, fault) : {};
  if (options.json) io.out(`${JSON.stringify({ status, certificate, journal, ...wrong })}\n`);
  if (certificate) {
    if (!options.json) io.out(certificateWords(certificate, text));
    exit(certificate.result === 'pass' ? exitCodes.ok : exitCodes.notHolding);
    return;
  }
  if (fault && status === 'failed') writeFault(io, text, fault);
  io.err(`${text.t('calibration.cli.interrupted', { journal })}\n`);
  exit(status === 'failed' ? exitCodeOf(fault) : exitCodes.stopped);
}

/** What a person reads of a certificate at once. */
export function certificateWords(certificate: Certificate, text: CliContext['text']): string {
  const { id, result, expiresUtc, remarks, ranges, simulated } = certificate;
  const key = (remark: string): string => text.t(`calibration.remark.${remark}`);
  const lines = [
    text.t(`calibration.cli.${result}`, {
      id,
      expires: expiresUtc.slice(0, 10),
      simulated: simulated ? `${text.t('term.simulated')}: ` : '',
    }),
    ...ranges.map(({ name, slope, offsetA, cov, commonRel, spanA }) =>
      text.t('calibration.cli.range', {
        name,
        gainPercent: (100 * (slope - 1)).toFixed(3),
        uPercent: (200 * Math.hypot(Math.sqrt(cov[2]), commonRel.dmm, commonRel.tcr)).toFixed(3),
        offsetA: offsetA.toExponential(3),
        uOffsetA: (2 * Math.sqrt(cov[0])).toExponential(1),
        fromA: spanA[0].toPrecision(3),
        toA: spanA[1].toPrecision(3),
      }),
    ),
    ...remarks.map((remark) => `  - ${key(remark)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** @throws Fault `calibration.badAnswers`. */
async function readAnswers(path: string): Promise<AnswersFile> {
  try {
    return answersFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error instanceof SyntaxError ? error.message : 'answers');
    throw new Fault('calibration.badAnswers', { path, reason }, { cause: error });
  }
}

function parseRanges(list: string): number[] {
  return list
    .split(',')
    .map(Number)
    .filter((range) => Number.isInteger(range) && range >= 0);
}
