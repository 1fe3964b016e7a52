import type { SampleQuantity } from '../../../shared/domain/energy.ts';
import type { CsvMapping } from './types.ts';

/** Where the figures of a table stand; columns count from 0. */
export interface CsvColumns {
  time?: { column: number; unitS: number };
  value: { column: number; quantity: SampleQuantity; scale: number };
  /** What happened at a sample, as our own export has it. */
  marks?: number;
  /** Whether the trace is of a simulation, as our own export has it. */
  simulated?: number;
  /** A string of bits, D0 first; or one column for each input. */
  digital:
    | { kind: 'none' }
    | { kind: 'packed'; column: number }
    | { kind: 'inputs'; columns: { column: number; bit: number }[] };
}

const timeUnits: Readonly<Record<string, number>> = { s: 1, sec: 1, seconds: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };
const prefixes: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e-3, u: 1e-6, n: 1e-9, p: 1e-12 };
const quantityOf: Readonly<Record<string, SampleQuantity>> = { A: 'current', J: 'energy', W: 'power' };

/** Splits `Current(uA)`, `Time [s]`, `power_mW` into name and unit. */
export function readHeader(cell: string): { name: string; unit: string | undefined } {
  const plain = cell.replaceAll(/[µμ]/g, 'u').trim();
  const bracketed = /^(.*?)\s*[([]\s*([^)\]]*?)\s*[)\]]$/.exec(plain);
  if (bracketed) return { name: (bracketed[1] as string).toLowerCase(), unit: bracketed[2] };
  const tailed = /^(.*?)[\s_/]+([kmunp]?[AJWs]|sec|seconds)$/.exec(plain);
  if (tailed) return { name: (tailed[1] as string).toLowerCase(), unit: tailed[2] };
  // Our own export writes every letter small: `energy_per_sample_j`.
  const own = /^(current|power|energy_per_sample)_([ajw])$/.exec(plain);
  if (own) return { name: (own[1] as string).replaceAll('_', ' '), unit: (own[2] as string).toUpperCase() };
  return { name: plain.toLowerCase(), unit: undefined };
}

/** The factor from a unit of a figure to SI, with what it is a unit of; undefined for any other text. */
export function readUnit(text: string): { quantity: SampleQuantity; scale: number } | undefined {
  const unit = text.replaceAll(/[µμ]/g, 'u').trim();
  const quantity = quantityOf[unit.slice(-1)];
  const scale = Object.hasOwn(prefixes, unit.slice(0, -1)) ? prefixes[unit.slice(0, -1)] : undefined;
  return quantity && scale !== undefined ? { quantity, scale } : undefined;
}

const valueNames: readonly [RegExp, SampleQuantity][] = [
  [/^(?:.*\bcurrent\b.*|i|amps?|amperes?|strom)$/, 'current'],
  [/^(?:.*\bpower\b.*|p|leistung)$/, 'power'],
  [/^(?:.*\benergy\b.*|e|energie)$/, 'energy'],
];

/** Finds the columns by their headers, or as the mapping says. A text instead of columns says what is missing. */
export function findColumns(
  header: readonly string[],
  cells: number,
  mapping: CsvMapping | undefined,
): CsvColumns | string {
  return mapping ? mapped(header, cells, mapping) : recognised(header);
}

function recognised(header: readonly string[]): CsvColumns | string {
  const heads = header.map(readHeader);
  let time: CsvColumns['time'];
  let value: CsvColumns['value'] | undefined;
  const inputs: { column: number; bit: number }[] = [];
  let packed: number | undefined;
  for (const [column, { name, unit }] of heads.entries()) {
    const input = /^d([0-7])$/.exec(name);
    if (input) inputs.push({ column, bit: Number(input[1]) });
    else if (/^d0\s*-\s*d7$/.test(name)) packed ??= column;
    else if (!time && /^(?:time\s*stamp|time|t|zeit)$/.test(name)) {
      const unitS = unit === undefined ? undefined : timeUnits[unit.toLowerCase()];
      if (unitS === undefined) return `unit of column "${header[column]}"`;
      time = { column, unitS };
    } else if (!value) {
      const quantity = valueNames.find(([names]) => names.test(name))?.[1];
      if (!quantity) continue;
      const found = readUnit(unit ?? '');
      if (found?.quantity !== quantity) return `unit of column "${header[column]}"`;
      value = { column, ...found };
    }
  }
  if (!value) return 'column with current, power or energy';
  const digital: CsvColumns['digital'] =
    packed !== undefined
      ? { kind: 'packed', column: packed }
      : inputs.length > 0
        ? { kind: 'inputs', columns: inputs }
        : { kind: 'none' };
  return { ...(time ? { time } : {}), value, ...ownColumns(header), digital };
}

/** The columns of our own export that tell more than a figure. */
function ownColumns(header: readonly string[]): Pick<CsvColumns, 'marks' | 'simulated'> {
  const [marks, simulated] = [header.indexOf('marks'), header.indexOf('simulated')];
  return marks < 0 || simulated < 0 ? {} : { marks, simulated };
}

function mapped(header: readonly string[], cells: number, mapping: CsvMapping): CsvColumns | string {
  const numbered = (column: number): number =>
    Number.isInteger(column) && column >= 1 && column <= cells ? column - 1 : -1;
  const find = (column: string | number): number => {
    if (typeof column === 'number') return numbered(column);
    const exact = header.indexOf(column.trim());
    const named =
      exact >= 0 ? exact : header.findIndex((cell) => readHeader(cell).name === column.trim().toLowerCase());
    // Typed on a command line, a number is a text, too.
    return named >= 0 || column.trim() === '' ? named : numbered(Number(column));
  };
  const { time, value, digital } = mapping;
  const valueColumn = find(value.column);
  if (valueColumn < 0) return `column "${value.column}"`;
  const unit = readUnit(value.unit ?? readHeader(header[valueColumn] ?? '').unit ?? '');
  if (unit?.quantity !== value.quantity) return `unit of column "${value.column}"`;
  const columns: CsvColumns = {
    value: { column: valueColumn, ...unit },
    ...ownColumns(header),
    digital: { kind: 'none' },
  };
  if (time) {
    const column = find(time.column);
    if (column < 0) return `column "${time.column}"`;
    columns.time = { column, unitS: timeUnits[time.unit] as number };
  }
  if (digital) {
    const column = find(digital.column);
    if (column < 0) return `column "${digital.column}"`;
    const bit = /^d([0-7])$/i.exec((header[column] ?? '').trim())?.[1];
    // What the cells hold decides: eight digits are a string of bits.
    columns.digital = { kind: 'inputs', columns: [{ column, bit: Number(bit ?? 0) }] };
  }
  return columns;
}
