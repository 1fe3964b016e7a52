import { declarationQuestions } from '../../rules/index.ts';
import type { DeclarationEvidence } from '../../rules/index.ts';
import type { FileSource } from '../source/index.ts';
import { readAnswers } from './answers.ts';
import { docxLines } from './docx.ts';
import { pdfLines } from './pdf/text.ts';

/** Bounds of a paper that is read for its words. */
export const paperLimits = { bytes: 20 * 1024 ** 2, characters: 2_000_000, lines: 50_000 } as const;

/** The text of a paper, or why there is none. */
export type ReadPaper = { lines: string[] } | { reason: string };

/** Reads the text of a PDF, a Word document or a text file; never fails because of what stands in it. */
export async function readPaper(name: string, bytes: Uint8Array): Promise<ReadPaper> {
  try {
    const lines = await linesOf(name, bytes);
    if (lines === undefined) return { reason: 'unknown kind' };
    return isLegible(lines) ? { lines: bounded(lines) } : { reason: 'no text' };
  } catch (error) {
    return { reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' };
  }
}

/** What the checklists of a package declare. One that cannot be read leaves every question unreadable. */
export async function readDeclarations(
  source: FileSource,
  files: readonly string[],
  signal?: AbortSignal,
): Promise<DeclarationEvidence[]> {
  const declarations: DeclarationEvidence[] = [];
  for (const file of files) {
    const bytes = await wholeFile(source, file, signal);
    const paper = bytes ? await readPaper(file, bytes) : { reason: 'too large' };
    if ('lines' in paper)
      declarations.push(
        ...readAnswers(paper.lines).map(({ question, answer, line }) => ({ question, answer, ref: { file, line } })),
      );
    else
      declarations.push(
        ...declarationQuestions.map((question) => ({ question, answer: 'unreadable' as const, ref: { file } })),
      );
  }
  return declarations;
}

/** All bytes of a file; undefined for one that is larger than a paper. */
export async function wholeFile(
  source: FileSource,
  file: string,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let count = 0;
  for await (const part of source.read(file, {}, signal)) {
    count += part.length;
    if (count > paperLimits.bytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function linesOf(name: string, bytes: Uint8Array): Promise<string[] | undefined> {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (head.includes('%PDF-')) return pdfLines(bytes);
  if (head.startsWith('PK\u0003\u0004')) return docxLines(bytes);
  if (!/\.(?:md|markdown|txt|adoc|rst)$/i.test(name)) return undefined;
  return new TextDecoder('utf-8').decode(bytes).split(/\r\n|\n|\r/);
}

/** Pictures of text have none, and fonts without a map to text give signs without meaning. */
function isLegible(lines: readonly string[]): boolean {
  const text = lines.join('');
  const lost = text.split('\ufffd').length - 1;
  return text.trim() !== '' && lost <= 0.2 * text.length;
}

function bounded(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let characters = 0;
  for (const line of lines.slice(0, paperLimits.lines)) {
    characters += line.length;
    if (characters > paperLimits.characters) break;
    kept.push(line);
  }
  return kept;
}
