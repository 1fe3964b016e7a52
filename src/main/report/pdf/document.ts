import PDFDocument from 'pdfkit';
import type { Text } from '../../../shared/text/index.ts';
import { loadReportFonts } from './fonts.ts';
import type { ReportFonts } from './fonts.ts';
import { Sheet } from './sheet.ts';
import { pageGeometry } from './theme.ts';
import type { FontName, Paper } from './theme.ts';
import type { Pdf } from './typesetter.ts';
import { Words } from './words.ts';
import type { ReportUnits } from './words.ts';

export interface ReportOptions {
  text: Text;
  paper: Paper;
  /** Default: with SI prefixes. */
  units?: ReportUnits;
  /** Read from their packages unless given. */
  fonts?: ReportFonts;
}

/** What a reader's window and a search say about a document. */
export interface DocumentInfo {
  title: string;
  author: string;
  subject: string;
  app: { name: string; version: string };
  /** ISO 8601: the one date in the file. */
  createdAt: string;
}

/**
 * A tagged PDF 1.7 with embedded fonts. The same words, paper, fonts and drawing give the same bytes: the dates are given, the file's id is made of them,
 * nothing is random. Needs no state outside itself, so it may run in a worker.
 */
export async function writePdf(
  options: ReportOptions,
  info: (words: Words) => DocumentInfo,
  draw: (sheet: Sheet, words: Words) => void,
): Promise<Uint8Array> {
  const words = new Words(options.text, options.units);
  const page = pageGeometry(options.paper);
  const { title, author, subject, app, createdAt } = info(words);
  const created = new Date(createdAt);
  const doc: Pdf = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang: words.locale,
    displayTitle: true,
    font: '',
    info: {
      Title: plain(title),
      Author: plain(author),
      Subject: plain(subject),
      Creator: plain(`${app.name} ${app.version}`),
      CreationDate: created,
      ModDate: created,
    },
  });
  const fonts = options.fonts ?? loadReportFonts();
  for (const name of Object.keys(fonts) as FontName[]) doc.registerFont(name, padded(fonts[name]) as Buffer);
  const bytes = collect(doc);
  const sheet = new Sheet(doc, page, words.t('hyphenation'));
  sheet.newPage();
  draw(sheet, words);
  sheet.end();
  doc.end();
  return bytes;
}

/** The library puts these texts into XML as they are. */
export function plain(text: string): string {
  return text.replace(/[<>&\p{Cc}]/gu, ' ');
}

/**
 * The font reader looks at the outline of an empty glyph too; where that glyph is the last of the file, as the blank of Plex Mono
 * is, it would read past the end. Some zeros behind the file keep it inside.
 */
function padded(font: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(font.length + 32);
  bytes.set(font);
  return bytes;
}

function collect(doc: Pdf): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
}
