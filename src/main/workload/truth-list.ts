import type { Workload } from '../../shared/domain/workload.ts';
import type { DatasetProblems } from './dataset-problem.ts';
import { isPlainFileName } from './file-name.ts';

/** One line of a list: a file and its true class. */
export interface TruthEntry {
  file: string;
  label: number;
  /** Line in the list, from 1. */
  line: number;
}

/** Name of the list in every official data-set folder. */
export const truthListName = 'y_labels.csv';

/** Bounds of a list; the largest official one has 1,000 lines and 15 kB. */
export const truthListLimits = { bytes: 8 * 1024 * 1024, lineCharacters: 1000, inputs: 500_000 } as const;

/**
 * Reads a list of the official form: `file, number of classes, class`, for windowed workloads also `window bytes, stride bytes`
 * (DUT protocol, section 13). Blanks around cells, a byte order mark, CR or CRLF line ends and empty lines are accepted.
 * Lines with a problem are added to `problems` and left out of the answer.
 * @param list name or path of the list, for the problems' words.
 */
export function parseTruthList(
  bytes: Uint8Array,
  workload: Workload,
  list: string,
  problems: DatasetProblems,
): TruthEntry[] {
  const text = new TextDecoder('utf-8').decode(bytes);
  const entries: TruthEntry[] = [];
  const firstLines = new Map<string, number>();
  let line = 0;
  for (const content of linesOf(text)) {
    line += 1;
    if (content.trim() === '') continue;
    if (content.length > truthListLimits.lineCharacters) {
      problems.add('dataset.lineTooLong', { list, line, limit: truthListLimits.lineCharacters });
      continue;
    }
    const entry = parseLine(content, workload, list, line, problems);
    if (!entry) continue;
    // Without regard to case: on most labs' disks both names are the same file.
    const key = entry.file.toLowerCase();
    const firstLine = firstLines.get(key);
    if (firstLine !== undefined) {
      problems.add('dataset.duplicate', { list, line, file: entry.file, firstLine });
      continue;
    }
    firstLines.set(key, line);
    entries.push(entry);
  }
  if (entries.length === 0 && problems.total === 0) problems.add('dataset.listEmpty', { list, line: 1 });
  return entries;
}

/** Lines one at a time: a list of 8 MB must not become an array of eight million strings. */
function* linesOf(text: string): Generator<string> {
  let start = 0;
  const end = /\r\n|\n|\r/g;
  for (let match = end.exec(text); match; match = end.exec(text)) {
    yield text.slice(start, match.index);
    start = end.lastIndex;
  }
  if (start < text.length) yield text.slice(start);
}

function parseLine(
  content: string,
  workload: Workload,
  list: string,
  line: number,
  problems: DatasetProblems,
): TruthEntry | undefined {
  const cells = content.split(',').map((cell) => cell.trim());
  const [file, classCount, label, windowBytes, strideBytes] = cells as [string, string?, string?, string?, string?];
  if (!(cells.length === 3 || (cells.length === 5 && workload.window))) {
    problems.add('dataset.columns', { list, line, found: cells.length, expected: workload.window ? '3, 5' : '3' });
    return undefined;
  }
  const before = problems.total;
  if (!isPlainFileName(file)) problems.add('dataset.fileName', { list, line, file: shorten(file) });
  if (toInteger(classCount) !== workload.classCount) {
    problems.add('dataset.classCount', { list, line, value: shorten(classCount), expected: workload.classCount });
  }
  const labelValue = toInteger(label);
  if (labelValue === undefined || labelValue >= workload.classCount) {
    problems.add('dataset.label', { list, line, value: shorten(label), highest: workload.classCount - 1 });
  }
  if (cells.length === 5 && workload.window) {
    const expected = workload.window;
    if (toInteger(windowBytes) !== expected.windowBytes || toInteger(strideBytes) !== expected.strideBytes) {
      problems.add('dataset.window', {
        list,
        line,
        value: shorten(`${windowBytes},${strideBytes}`),
        expected: `${expected.windowBytes},${expected.strideBytes}`,
      });
    }
  }
  return problems.total === before ? { file, label: labelValue as number, line } : undefined;
}

/** A non-negative decimal integer without sign, point or exponent. */
function toInteger(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\d{1,9}$/.test(cell) ? Number(cell) : undefined;
}

/** Foreign text in an error: short, and without control characters that could move a terminal's cursor. */
function shorten(cell: string | undefined): string {
  const clean = (cell ?? '').replace(/\p{Cc}/gu, '\u{FFFD}');
  return clean.length > 60 ? `${clean.slice(0, 57)}...` : clean;
}
