import type { AuditFinding } from '../../shared/domain/audit.ts';
import type { EvidenceRef } from '../../shared/domain/verdict.ts';
import { drawMark, marks } from './pdf/marks.ts';
import type { Sheet } from './pdf/sheet.ts';
import { styles } from './pdf/theme.ts';
import type { Words } from './pdf/words.ts';

const severityMarks = { E: marks.bad, W: marks.warn, I: marks.none } as const;
/** Places shown for one finding; the JSON report has up to ten. */
const mostPlaces = 4;

/**
 * Findings below each other: the rule, what was found, where it can be seen, and what to do.
 * @param folder left out of the places below it, where the heading has named it.
 */
export function drawAuditFindings(
  sheet: Sheet,
  words: Words,
  findings: readonly AuditFinding[],
  folder?: string,
): void {
  const left = sheet.left + 16;
  const width = sheet.width - 16;
  for (const finding of findings) {
    sheet.ensure(styles.bold.leading + 2 * styles.body.leading);
    const title = sheet.type.shorten(`${finding.rule}  ${finding.title}`, styles.bold, width);
    sheet.leaf('H3', () => {
      drawMark(sheet.doc, severityMarks[finding.severity], sheet.left, sheet.y + 1.5, 9);
      sheet.put(title, left, sheet.y, styles.bold);
    });
    sheet.y += styles.bold.leading;
    sheet.paragraph(finding.message, styles.body, { left, width });
    const places = placesText(words, finding.evidence, folder);
    if (places !== '') sheet.paragraph(words.t('audit.evidence', { places }), styles.small, { left, width });
    sheet.paragraph(words.t('audit.remedy', { remedy: finding.remedy }), styles.small, { left, width });
    sheet.gap(6);
  }
}

function placesText(words: Words, evidence: readonly EvidenceRef[], folder?: string): string {
  const shown = evidence.slice(0, mostPlaces).map(({ file, line }) => {
    const name = folder !== undefined && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
    return line === undefined ? name : words.t('audit.line', { file: name, line });
  });
  const more = evidence.length - shown.length;
  return [...shown, ...(more > 0 ? [words.t('audit.more', { count: more })] : [])].join(', ');
}
