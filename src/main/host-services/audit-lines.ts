import type { AuditLines } from '../../shared/domain/audit-page.ts';
import { linesOf } from '../audit/index.ts';
import type { FileSource } from '../audit/index.ts';

/** Lines that are shown before and after the one that was asked for. */
const before = 12;
const after = 24;
/** Longer lines are cut: a result of ten thousand detections is one line. */
const mostCharacters = 2000;

/**
 * Raw lines around a place of a source; the first ones where no line is named. The source sees to it that no path leads out of it.
 * @throws Fault `audit.unreadable`, `audit.outside`, `audit.tooMuch`, or the signal's reason.
 */
export async function auditLines(
  source: FileSource,
  { file, line }: { file: string; line: number | null },
  signal?: AbortSignal,
): Promise<AuditLines> {
  const answer: AuditLines = { file, binary: /\.bin$/i.test(file), marked: line, lines: [], more: false };
  const first = Math.max(1, (line ?? 1) - before);
  const last = (line ?? 1) + after;
  // Read in any case: a file that cannot be read is a fault, also where it is not shown.
  for await (const lines of linesOf(source.read(file, {}, signal))) {
    if (answer.binary) break;
    for (const { text, number } of lines) {
      if (number < first) continue;
      if (number > last) return { ...answer, more: true };
      const cut = Math.max(0, text.length - mostCharacters);
      answer.lines.push({ number, text: cut > 0 ? text.slice(0, mostCharacters) : text, cut });
    }
  }
  return answer;
}
