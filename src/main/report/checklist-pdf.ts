import { writePdf } from './pdf/document.ts';
import type { ReportOptions } from './pdf/document.ts';
import { marks } from './pdf/marks.ts';
import { drawNotice } from './pdf/pages/blocks.ts';
import { drawLetterhead } from './pdf/pages/letterhead.ts';
import { drawRunningLines } from './pdf/running.ts';
import { drawFacts, drawTable } from './pdf/table.ts';
import { styles } from './pdf/theme.ts';

/** The checklist of a submission with all of its words. */
export interface ChecklistForm {
  /** Why the package cannot be submitted; null for one that can. */
  notice: { title: string; text: string; items: string[] } | null;
  title: string;
  intro: string;
  facts: { name: string; value: string }[];
  accuracies: { columns: string[]; rows: string[][] };
  /** Questions with yes or no; null for one that a person has to answer. */
  choices: { question: string; answer: boolean | null }[];
  words: Record<'yes' | 'no' | 'question' | 'answer' | 'facts' | 'accuracies' | 'choices' | 'open', string>;
}

export interface ChecklistPdfInput {
  form: ChecklistForm;
  organisation: string;
  /** Name and version of whatever made it. */
  program: string;
  /** ISO 8601. */
  createdAt: string;
}

/** The checklist on paper: its notice first, then what is known, then what is to be ticked. */
export function renderChecklist(
  { form, organisation, program, createdAt }: ChecklistPdfInput,
  options: ReportOptions,
): Promise<Uint8Array> {
  const at = program.lastIndexOf(' ');
  const app = { name: at < 0 ? program : program.slice(0, at), version: at < 0 ? '' : program.slice(at + 1) };
  const { notice, title, intro, facts, accuracies, choices, words } = form;
  return writePdf(
    options,
    () => ({ title, author: '', subject: title, app, createdAt }),
    (sheet, document) => {
      drawLetterhead(sheet, document, words.choices);
      if (notice) {
        drawNotice(sheet, marks.bad, notice.title, [notice.text, ...notice.items]);
        sheet.gap(12);
      }
      sheet.heading(1, title, styles.title);
      sheet.gap(4);
      sheet.paragraph(intro, styles.muted);
      sheet.gap(10);
      drawFacts(
        sheet,
        facts.map(({ name, value }) => [name, value]),
        { heading: words.facts, nameWidth: 130 },
      );
      if (accuracies.rows.length > 0) {
        sheet.gap(10);
        sheet.sectionHeading(words.accuracies);
        drawTable(sheet, {
          columns: accuracies.columns.map((column) => ({ title: column, width: { share: 1 } })),
          rows: accuracies.rows,
        });
      }
      sheet.gap(10);
      sheet.sectionHeading(words.choices);
      drawTable(sheet, {
        columns: [
          { title: words.question, width: { share: 1 } },
          { title: words.answer, width: { points: 110 }, style: styles.number },
        ],
        rows: choices.map(({ question, answer }) => [
          question,
          `[${answer === true ? 'x' : ' '}] ${words.yes}  [${answer === false ? 'x' : ' '}] ${words.no}`,
        ]),
      });
      drawRunningLines(sheet, document, {
        subject: title,
        detail: organisation,
        outcome: notice ? { word: notice.title, mark: marks.bad } : { word: words.open, mark: marks.warn },
        origin: program,
        simulated: false,
      });
    },
  );
}
