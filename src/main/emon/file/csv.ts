import { findColumns } from './csv-columns.ts';
import type { CsvColumns } from './csv-columns.ts';
import { csvFormat, readFigure, readLines, separatorOf, splitLine } from './csv-lines.ts';
import type { CsvLine } from './csv-lines.ts';
import { badFile } from './source.ts';
import type { ByteSource } from './source.ts';
import { survey } from './survey.ts';
import type { ImportedBlock, ImportedEdge, ImportedTrace, ImportWarning, OpenTraceFileOptions } from './types.ts';

const mostPreamble = 200;
const highestRateHz = 1e7;
/** Intervals may differ by this much of their mean; beyond, no one rate stands for them. */
const evenness = 0.01;
const noticedUnevenness = 1e-3;

/** What the columns of our own export tell beside the figures. */
interface Noted {
  edges: ImportedEdge[];
  simulated: boolean;
}

interface Layout {
  separator: string;
  decimalComma: boolean;
  columns: CsvColumns;
  /** Number of the first line with figures. */
  firstLine: number;
}

/**
 * Opens a table: the PPK2 application's export (`Timestamp(ms),Current(uA),D0-D7`) or any other with a header that names quantity and unit, or with
 * a mapping. Commas, semicolons or tabs part the columns; with the latter two a decimal comma is read as well. Sampling must be even:
 * a file whose intervals differ by more than 1 % is refused, since figures made up between its readings would pass for measured ones.
 * @throws Fault `emon.badFile`, which names the line.
 */
export async function openCsv(source: ByteSource, options: OpenTraceFileOptions): Promise<ImportedTrace> {
  const { path } = source;
  const layout = await findLayout(source, options);
  const { columns } = layout;
  const timing = new Timing(path);
  const noted: Noted = { edges: [], simulated: false };
  const rows = (watch?: Timing, notes?: Noted): AsyncGenerator<ImportedBlock> =>
    readRows(source, layout, options, watch, notes);
  const stated = options.sampleRateHz;
  if (!columns.time && stated === undefined) throw badFile(path, csvFormat, 'no time column: state the sampling rate');
  let sampleRateHz = stated ?? 0;
  if (columns.time) {
    // Marks are held off in samples, for which the rate of the first lines will do: were it wrong by more than 1 %, the file is refused.
    const first = new Timing(path);
    for await (const block of rows(first)) if (block.values.length > 0 && first.count > 1) break;
    sampleRateHz = first.rateHz();
  }
  if (!(sampleRateHz > 0 && sampleRateHz <= highestRateHz)) throw badFile(path, csvFormat, `${sampleRateHz} Hz`);
  const found = await survey(rows(timing, noted), sampleRateHz, options);
  const warnings: ImportWarning[] = [];
  if (columns.time) {
    sampleRateHz = timing.rateHz();
    const spread = timing.spread();
    if (spread > noticedUnevenness)
      warnings.push({ code: 'unevenTime', facts: { spread: Number(spread.toPrecision(3)) } });
  }
  if (found.samples === 0) throw badFile(path, csvFormat, 'no figures');
  const voltageV = options.voltageV ?? null;
  return {
    format: 'csv',
    path,
    sampleRateHz,
    sampleCount: found.samples,
    quantity: columns.value.quantity,
    scale: columns.value.scale,
    voltageV,
    hasDigital: columns.digital.kind !== 'none',
    edges: noted.edges.length > 0 ? noted.edges : found.edges,
    simulated: noted.simulated,
    edgeResolutionS: 1 / sampleRateHz,
    segments: [{ firstSample: 0, endSample: found.samples, voltageV }],
    warnings: [...warnings, ...found.warnings],
    blocks: () => rows(),
  };
}

/** Finds the first line with figures, the header above it, and the columns. */
async function findLayout(source: ByteSource, options: OpenTraceFileOptions): Promise<Layout> {
  const { path } = source;
  let header: CsvLine | undefined;
  let seen = 0;
  for await (const lines of readLines(source)) {
    for (const line of lines) {
      if (isComment(line.text)) continue;
      const separator = separatorOf(line.text);
      const decimalComma = separator !== ',';
      const cells = splitLine(line.text, separator);
      const heads = header ? splitLine(header.text, separator) : [];
      const columns = findColumns(heads, cells.length, options.csv);
      if (!hasFigures(cells, decimalComma) && !fits(cells, columns, decimalComma)) {
        header = line;
        seen += 1;
        if (seen > mostPreamble) throw badFile(path, csvFormat, 'no line with figures');
        continue;
      }
      if (typeof columns === 'string')
        throw badFile(path, csvFormat, `line ${(header ?? line).number}: missing: ${columns}`);
      if (columns.digital.kind === 'inputs' && columns.digital.columns.length === 1) {
        const column = columns.digital.columns[0]?.column ?? 0;
        if (isBits(cells[column] ?? '')) columns.digital = { kind: 'packed', column };
      }
      return { separator, decimalComma, columns, firstLine: line.number };
    }
  }
  throw badFile(path, csvFormat, 'no line with figures');
}

function isComment(text: string): boolean {
  return text.trim() === '' || text.startsWith('#');
}

function isBits(cell: string): boolean {
  return /^[01]{8}$/.test(cell);
}

/** Whether a line holds figures in all cells that hold anything. */
function hasFigures(cells: readonly string[], decimalComma: boolean): boolean {
  const figures = cells.map((cell) => readFigure(cell, decimalComma));
  return figures.some((figure) => figure !== undefined && !Number.isNaN(figure)) && !figures.includes(undefined);
}

/** Whether the columns that count hold figures; what stands in the others does not matter. */
function fits(cells: readonly string[], columns: CsvColumns | string, decimalComma: boolean): boolean {
  if (typeof columns === 'string') return false;
  const { time, value } = columns;
  const figures = [value, ...(time ? [time] : [])].map(({ column }) =>
    readFigure(cells[column] ?? 'none', decimalComma),
  );
  return figures.some((figure) => figure !== undefined && !Number.isNaN(figure)) && !figures.includes(undefined);
}

/** The edges that our own export notes at their sample: `edge D7 fall; mark window-1`. */
function* edgesIn(note: string, sampleIndex: number): Generator<ImportedEdge> {
  for (const [, channel, level] of note.matchAll(/(?:^|; )edge D(\d{1,2}) (fall|rise|unknown)(?=;|$)/g))
    yield { sampleIndex, channel: Number(channel), level: level as ImportedEdge['level'] };
}

async function* readRows(
  source: ByteSource,
  layout: Layout,
  options: OpenTraceFileOptions,
  timing: Timing | undefined,
  noted?: Noted,
): AsyncGenerator<ImportedBlock> {
  const { path } = source;
  let sample = 0;
  const { separator, decimalComma, columns, firstLine } = layout;
  const { time, value, digital } = columns;
  for await (const lines of readLines(source)) {
    const values = new Float32Array(lines.length);
    const levels = digital.kind === 'none' ? undefined : new Uint8Array(lines.length);
    let count = 0;
    for (const { number, text } of lines) {
      if (number < firstLine || isComment(text)) continue;
      const cells = splitLine(text, separator);
      const figure = readFigure(cells[value.column] ?? 'none', decimalComma);
      if (figure === undefined) throw badFile(path, csvFormat, `line ${number}: "${text.slice(0, 60)}"`);
      if (time && timing) {
        const at = readFigure(cells[time.column] ?? 'none', decimalComma);
        if (at === undefined || Number.isNaN(at))
          throw badFile(path, csvFormat, `line ${number}: "${text.slice(0, 60)}"`);
        timing.next(at * time.unitS, number);
      }
      if (levels) {
        const read = readLevels(cells, digital, options.bitsReversed ?? false);
        if (read === undefined) throw badFile(path, csvFormat, `line ${number}: "${text.slice(0, 60)}"`);
        levels[count] = read;
      }
      if (noted && columns.marks !== undefined) {
        noted.edges.push(...edgesIn(cells[columns.marks] ?? '', sample));
        if (columns.simulated !== undefined && cells[columns.simulated] === 'true') noted.simulated = true;
      }
      values[count] = figure;
      count += 1;
      sample += 1;
    }
    if (count === 0) continue;
    yield levels
      ? { values: values.slice(0, count), digital: levels.slice(0, count) }
      : { values: values.slice(0, count) };
  }
}

/** The inputs as bits, D0 lowest; undefined where a cell holds anything but 0 and 1. */
function readLevels(cells: readonly string[], digital: CsvColumns['digital'], reversed: boolean): number | undefined {
  let levels = 0;
  if (digital.kind === 'packed') {
    const bits = cells[digital.column] ?? '';
    if (!isBits(bits)) return undefined;
    for (let at = 0; at < 8; at += 1) if (bits.charCodeAt(at) === 0x31) levels |= 1 << (reversed ? 7 - at : at);
    return levels;
  }
  if (digital.kind === 'inputs') {
    for (const { column, bit } of digital.columns) {
      const cell = cells[column];
      if (cell === '1') levels |= 1 << bit;
      else if (cell !== '0') return undefined;
    }
  }
  return levels;
}

/** What a time column says about the rate. */
class Timing {
  readonly #path: string;
  /** Times so far. */
  count = 0;
  #firstS = 0;
  #lastS = 0;
  #shortest = { s: Infinity, line: 0 };
  #longest = { s: 0, line: 0 };

  constructor(path: string) {
    this.#path = path;
  }

  next(atS: number, line: number): void {
    if (this.count > 0) {
      const intervalS = atS - this.#lastS;
      if (!(intervalS > 0)) throw badFile(this.#path, csvFormat, `line ${line}: time does not go forward`);
      if (intervalS < this.#shortest.s) this.#shortest = { s: intervalS, line };
      if (intervalS > this.#longest.s) this.#longest = { s: intervalS, line };
    } else this.#firstS = atS;
    this.#lastS = atS;
    this.count += 1;
  }

  /** Largest difference of an interval from their mean, relative. */
  spread(): number {
    const meanS = (this.#lastS - this.#firstS) / (this.count - 1);
    return Math.max(this.#longest.s / meanS - 1, 1 - this.#shortest.s / meanS);
  }

  /** @throws Fault `emon.badFile` when no one rate fits. */
  rateHz(): number {
    if (this.count < 2) throw badFile(this.#path, csvFormat, 'fewer than two figures');
    const meanS = (this.#lastS - this.#firstS) / (this.count - 1);
    if (this.spread() > evenness) {
      const { s, line } = this.#longest.s / meanS - 1 > 1 - this.#shortest.s / meanS ? this.#longest : this.#shortest;
      const [interval, mean] = [s, meanS].map((figure) => figure.toPrecision(4));
      throw badFile(this.#path, csvFormat, `line ${line}: interval of ${interval} s, ${mean} s on average`);
    }
    const rateHz = 1 / meanS;
    const round = Number(rateHz.toPrecision(6));
    return Math.abs(rateHz / round - 1) < 1e-6 ? round : rateHz;
  }
}
