import { basename, dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import type { z } from 'zod';
import type { traceImportAnswerSchema } from '../../shared/domain/cli-json.ts';
import type { SampleQuantity } from '../../shared/domain/energy.ts';
import { formatCount, formatQuantity } from '../../shared/units/index.ts';
import { openTraceFile, traceFileFormats } from '../emon/index.ts';
import type { CsvMapping, OpenTraceFileOptions, TraceFileFormat } from '../emon/index.ts';
import { makeFolder } from '../store/index.ts';
import { importTrace } from '../trace/index.ts';
import type { CliContext } from './context.ts';
import { parseChoice, parseInteger, parseNumber } from './options.ts';

interface ImportOptions {
  out: string;
  format?: TraceFileFormat;
  timestamps?: string;
  voltage?: number;
  sampleRate?: number;
  time?: NonNullable<CsvMapping['time']>;
  value?: { column: string; quantity: SampleQuantity };
  valueUnit?: string;
  digital?: string;
  markBit: number;
  markLevel: 'fall' | 'rise';
  bitsReversed?: boolean;
  json?: boolean;
}

/** `joulebench trace import FILE --out TRACE`. */
export function registerTraceImport(trace: Command, context: CliContext): void {
  const { text } = context;
  const t = (name: string): string => text.t(`trace.option.${name}`);
  trace
    .command('import <file>')
    .description(text.t('trace.command.import'))
    .requiredOption('--out <file>', t('importOut'))
    .option('--format <name>', t('importFormat'), parseChoice(...traceFileFormats))
    .option('--timestamps <file>', t('timestamps'))
    .option('--voltage <v>', t('voltage'), parseNumber(0.1, 1000))
    .option('--sample-rate <hz>', t('sampleRate'), parseNumber(1e-3, 1e9))
    .option('--time <column>', t('time'), parseTime)
    .option('--value <column>', t('value'), parseValue)
    .option('--value-unit <unit>', t('valueUnit'))
    .option('--digital <column>', t('digital'))
    .option('--mark-bit <n>', t('markBit'), parseInteger(0, 7), 0)
    .option('--mark-level <level>', t('markLevel'), parseChoice('fall', 'rise'), 'fall')
    .option('--bits-reversed', t('bitsReversed'))
    .option('--json', text.t('cli.option.json'))
    .action((file: string, options: ImportOptions) => importFile(resolve(file), options, context));
}

/** `NAME:ms`: what stands behind the last colon is the unit. */
function parseTime(value: string): NonNullable<CsvMapping['time']> {
  const [column, unit] = splitLast(value);
  return { column, unit: parseChoice('s', 'ms', 'us')(unit) };
}

function parseValue(value: string): { column: string; quantity: SampleQuantity } {
  const [column, quantity] = splitLast(value);
  return { column, quantity: parseChoice('current', 'power', 'energy')(quantity) };
}

function splitLast(value: string): [string, string] {
  const at = value.lastIndexOf(':');
  if (at < 1) throw new InvalidArgumentError('NAME:...');
  return [value.slice(0, at), value.slice(at + 1)];
}

async function importFile(source: string, options: ImportOptions, context: CliContext): Promise<void> {
  const { app, io, signal, text } = context;
  const path = resolve(options.out);
  const foreign = await openTraceFile(source, fileOptions(options, signal));
  await makeFolder(dirname(path));
  const { samples, sha256 } = await importTrace(foreign, path, {
    createdAt: new Date().toISOString(),
    program: `${app.name} ${app.version}`,
    source: basename(source),
    signal,
  });
  const { format, sampleRateHz, edges } = foreign;
  const answer: z.infer<typeof traceImportAnswerSchema> = {
    source,
    format,
    trace: path,
    sha256,
    samples,
    sampleRateHz,
    durationS: samples / sampleRateHz,
    edges: edges.length,
    warnings: foreign.warnings.map(({ code, facts }) => ({
      code,
      facts,
      text: text.t(`trace.warning.${code}`, facts),
    })),
  };
  if (options.json) {
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  const rate = formatQuantity(sampleRateHz, 'Hz');
  const imported = text.t('trace.imported', {
    trace: path,
    samples: formatCount(samples),
    rate,
    edges: formatCount(edges.length),
  });
  io.out(`${[imported, ...answer.warnings.map((warning) => `  - ${warning.text}`)].join('\n')}\n`);
}

function fileOptions(options: ImportOptions, signal: AbortSignal): OpenTraceFileOptions {
  const { format, timestamps, voltage, sampleRate, time, value, valueUnit, digital, bitsReversed } = options;
  const csv: CsvMapping | undefined = value && {
    value: { ...value, ...(valueUnit !== undefined && { unit: valueUnit }) },
    ...(time && { time }),
    ...(digital !== undefined && { digital: { column: digital } }),
  };
  return {
    ...(format && { format }),
    ...(timestamps !== undefined && { timestampsPath: timestamps === 'none' ? null : resolve(timestamps) }),
    ...(voltage !== undefined && { voltageV: voltage }),
    ...(sampleRate !== undefined && { sampleRateHz: sampleRate }),
    ...(csv && { csv }),
    mark: { bit: options.markBit, level: options.markLevel },
    ...(bitsReversed && { bitsReversed }),
    signal,
  };
}
