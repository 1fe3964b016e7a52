import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { z } from 'zod';
import type {
  traceExportAnswerSchema,
  traceInfoAnswerSchema,
  traceStatsAnswerSchema,
} from '../../shared/domain/cli-json.ts';
import { Fault } from '../../shared/fault/index.ts';
import { formatCount, formatDateTime, formatQuantity, formatTimestamp } from '../../shared/units/index.ts';
import { makeFolder } from '../store/index.ts';
import { exportCsv, exportEembc, findWindow, openTrace } from '../trace/index.ts';
import type { TraceReader } from '../trace/index.ts';
import type { CliContext } from './context.ts';
import { exitCodes } from './exit-code.ts';
import { parseChoice, parseInteger, parseNumber } from './options.ts';
import { registerTraceImport } from './trace-import.ts';

const longestS = 1e9;
const unitOf = { current: 'A', energy: 'J', power: 'W' } as const;

/** What every subcommand may be given. */
interface Interval {
  from?: number;
  to?: number;
  window?: number;
}

/** `joulebench trace info|stats|export|import`. */
export function registerTrace(program: Command, context: CliContext): void {
  const { text } = context;
  const json = ['--json', text.t('cli.option.json')] as const;
  const seconds = parseNumber(0, longestS);
  const window = (): Option =>
    new Option('--window <n>', text.t('trace.option.window'))
      .argParser(parseInteger(1, 1000))
      .conflicts(['from', 'to']);
  const trace = program.command('trace').description(text.t('trace.command.trace'));
  trace
    .command('info <file>')
    .description(text.t('trace.command.info'))
    .option('--check', text.t('trace.option.check'))
    .option(...json)
    .action((file: string, options: { check?: boolean; json?: boolean }) =>
      withTrace(file, (reader, path) => info(reader, path, options, context)),
    );
  trace
    .command('stats <file>')
    .description(text.t('trace.command.stats'))
    .option('--from <s>', text.t('trace.option.from'), seconds)
    .option('--to <s>', text.t('trace.option.to'), seconds)
    .addOption(window())
    .option(...json)
    .action((file: string, options: Interval & { json?: boolean }) =>
      withTrace(file, (reader, path) => stats(reader, path, options, context)),
    );
  trace
    .command('export <file>')
    .description(text.t('trace.command.export'))
    .requiredOption('--format <name>', text.t('trace.option.exportFormat'), parseChoice('csv', 'eembc'))
    .requiredOption('--out <path>', text.t('trace.option.exportOut'))
    .option('--from <s>', text.t('trace.option.from'), seconds)
    .option('--to <s>', text.t('trace.option.to'), seconds)
    .addOption(window())
    .option('--rate <name>', text.t('trace.option.rate'), parseChoice('1kHz', 'trace'), '1kHz')
    .option('--number <n>', text.t('trace.option.number'), parseInteger(1, 9999), 1)
    .option('--voltage <v>', text.t('trace.option.voltage'), parseNumber(0.1, 1000))
    .option(...json)
    .action((file: string, options: ExportOptions) =>
      withTrace(file, (reader, path) => exportTrace(reader, path, options, context)),
    );
  registerTraceImport(trace, context);
}

async function withTrace(file: string, work: (reader: TraceReader, path: string) => Promise<void>): Promise<void> {
  const path = resolve(file);
  const reader = await openTrace(path);
  try {
    await work(reader, path);
  } finally {
    await reader.close();
  }
}

async function info(
  reader: TraceReader,
  file: string,
  { check, json }: { check?: boolean; json?: boolean },
  { io, text, exit }: CliContext,
): Promise<void> {
  const { header } = reader;
  const events = await reader.events();
  const damaged = check ? await reader.check() : reader.problems;
  const count = (kind: string): number => events.filter((event) => event.kind === kind).length;
  const answer: z.infer<typeof traceInfoAnswerSchema> = {
    file,
    simulated: header.simulated,
    quantity: header.quantity,
    sampleRateHz: header.sampleRateHz,
    formatVersion: reader.formatVersion,
    bytes: (await stat(file)).size,
    closed: reader.closed,
    droppedBytes: reader.droppedBytes,
    samples: reader.samples,
    durationS: reader.durationS,
    createdAt: header.createdAt,
    program: header.program,
    instrument: header.instrument,
    voltageV: header.voltageV,
    channels: header.channels,
    edgeResolutionS: header.edgeResolutionS,
    note: header.note,
    edges: count('edge'),
    losses: count('loss'),
    marks: events
      .filter((event) => event.kind === 'mark')
      .map(({ name, sampleIndex }) => ({ name, sampleIndex, timeS: sampleIndex / header.sampleRateHz })),
    checked: check === true,
    damaged: damaged.map(({ facts }) => ({ offsetBytes: facts.offsetBytes, reason: facts.reason })),
  };
  if (answer.damaged.length > 0) exit(exitCodes.notHolding);
  if (json) {
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  const channels = (['raw', 'ranges', 'digital'] as const).filter((name) => header.channels[name]);
  const lines = [
    text.t('trace.info.heading', {
      ...named(reader, file, text),
      duration: formatTimestamp(answer.durationS),
      samples: formatCount(answer.samples),
      rate: formatQuantity(answer.sampleRateHz, 'Hz'),
      quantity: text.t(`trace.quantity.${answer.quantity}`),
    }),
    text.t('trace.info.instrument', { ...answer.instrument }).trimEnd(),
    text.t('trace.info.supply', { voltage: formatQuantity(answer.voltageV, 'V') }),
    text.t('trace.info.channels', {
      channels: ['values', ...channels].map((name) => text.t(`trace.channel.${name}`)).join(', '),
    }),
    text.t('trace.info.written', {
      program: answer.program,
      date: formatDateTime(answer.createdAt, { locale: text.locale }),
      version: answer.formatVersion,
      bytes: formatQuantity(answer.bytes, 'B'),
    }),
    text.t('trace.info.events', {
      edges: answer.edges,
      losses: answer.losses,
      ticks: count('tick'),
      states: count('status'),
    }),
    ...answer.marks.map(({ name, timeS }) => text.t('trace.info.mark', { name, time: formatTimestamp(timeS) })),
    text.t(reader.closed ? 'trace.info.whole' : 'trace.info.open', {
      bytes: formatQuantity(answer.droppedBytes, 'B'),
    }),
    ...answer.damaged.map(({ offsetBytes, reason }) =>
      text.t('trace.info.problem', { offset: offsetBytes, reason: text.t(`trace.damage.${reason}`) }),
    ),
    ...(answer.checked && answer.damaged.length === 0 ? [text.t('trace.info.checked')] : []),
  ];
  io.out(`${lines.join('\n')}\n`);
}

/** The samples that the options name; the whole trace without. */
async function intervalOf(
  reader: TraceReader,
  file: string,
  options: Interval,
): Promise<{ first: number; end: number }> {
  if (options.window !== undefined) return findWindow(await reader.events(), options.window, file);
  const { sampleRateHz } = reader.header;
  return {
    first: Math.round((options.from ?? 0) * sampleRateHz),
    end: options.to === undefined ? reader.samples : Math.round(options.to * sampleRateHz),
  };
}

async function stats(
  reader: TraceReader,
  file: string,
  options: Interval & { json?: boolean },
  { io, text }: CliContext,
): Promise<void> {
  const { simulated, quantity, sampleRateHz } = reader.header;
  const { first, end } = await intervalOf(reader, file, options);
  const { min, max, mean, rms, energyJ, chargeC, count, gaps, saturated } = await reader.statistics(first, end);
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const answer: z.infer<typeof traceStatsAnswerSchema> = {
    file,
    simulated,
    quantity,
    sampleRateHz,
    window: options.window ?? null,
    fromS: first / sampleRateHz,
    toS: end / sampleRateHz,
    firstSample: first,
    endSample: end,
    count,
    gaps,
    saturated,
    min: known(min),
    max: known(max),
    mean: known(mean),
    rms: known(rms),
    energyJ: count === 0 ? null : energyJ,
    chargeC: count === 0 ? null : chargeC,
    meanPowerW: energyJ === null || count === 0 ? null : (energyJ * sampleRateHz) / count,
  };
  if (options.json) {
    io.out(`${JSON.stringify(answer)}\n`);
    return;
  }
  const unit = unitOf[quantity];
  const rows: [string, string][] = [
    ['energy', formatQuantity(answer.energyJ, 'J', { significant: 6 })],
    ['charge', formatQuantity(answer.chargeC, 'C', { significant: 6 })],
    ['power', formatQuantity(answer.meanPowerW, 'W', { significant: 6 })],
    ['mean', formatQuantity(answer.mean, unit, { significant: 6 })],
    ['rms', formatQuantity(answer.rms, unit, { significant: 6 })],
    ['min', formatQuantity(answer.min, unit, { significant: 6 })],
    ['max', formatQuantity(answer.max, unit, { significant: 6 })],
    ['gaps', formatCount(gaps)],
    ['saturated', formatCount(saturated)],
  ];
  const names = rows.map(([name]) => text.t(`trace.stats.${name}`));
  const width = Math.max(...names.map((name) => name.length));
  const heading = text.t('trace.stats.heading', {
    ...named(reader, file, text),
    from: formatTimestamp(answer.fromS),
    to: formatTimestamp(answer.toS),
    samples: formatCount(end - first),
  });
  const lines = rows.map(([, value], k) => text.t('trace.stats.row', { name: names[k]?.padEnd(width) ?? '', value }));
  io.out(`${[heading, ...lines].join('\n')}\n`);
}

interface ExportOptions extends Interval {
  format: 'csv' | 'eembc';
  out: string;
  rate: '1kHz' | 'trace';
  number: number;
  voltage?: number;
  json?: boolean;
}

async function exportTrace(
  reader: TraceReader,
  file: string,
  options: ExportOptions,
  { io, text, signal }: CliContext,
): Promise<void> {
  const out = resolve(options.out);
  const supply = options.voltage === undefined ? {} : { voltageV: options.voltage };
  let files: string[];
  let samples: number;
  await makeFolder(options.format === 'csv' ? dirname(out) : out);
  if (options.format === 'csv') {
    const interval = await intervalOf(reader, file, options);
    samples = (await exportCsv(reader, out, { ...interval, ...supply, signal })).rows;
    files = [out];
  } else {
    const { number, from, to, window } = options;
    if ([from, to, window].some((value) => value !== undefined)) throw new Fault('trace.onlyWhole', { path: file });
    const done = await exportEembc(reader, {
      folder: out,
      number,
      rate: options.rate === 'trace' ? 'trace' : 'published',
      ...supply,
      signal,
    });
    files = Object.values(done.files);
    samples = done.samples;
  }
  const { simulated } = reader.header;
  const answer: z.infer<typeof traceExportAnswerSchema> = { file, simulated, format: options.format, files, samples };
  io.out(options.json ? `${JSON.stringify(answer)}\n` : `${text.t('trace.exported', { files: files.join(', ') })}\n`);
}

/** The mark of a simulation belongs to the name of everything it made. */
function named(reader: TraceReader, file: string, text: CliContext['text']): { file: string; simulated: string } {
  return { file, simulated: reader.header.simulated ? `${text.t('term.simulated')}: ` : '' };
}
