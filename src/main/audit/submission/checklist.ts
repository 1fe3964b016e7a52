import { renderChecklist } from '../../report/index.ts';
import type { ChecklistForm } from '../../report/index.ts';
import type { Text } from '../../../shared/text/index.ts';
import { checklistForm } from './form.ts';
import { document, list, table } from './markdown.ts';
import type { PackagePlanInput, PlannedFile } from './types.ts';

/** Of a document whose runs tell no date: the same bytes each time it is made. */
const noDate = '1970-01-01T00:00:00.000Z';

/** The submission checklist as a text that an editor can fill in. */
export function checklist(input: PackagePlanInput, text: Text): string {
  const form = checklistForm(input, text);
  const { notice, title, intro, facts, accuracies, choices, words } = form;
  return document([
    ...(notice ? [`**${notice.title}**`, notice.text, list(notice.items)] : []),
    `# ${title}`,
    intro,
    list(facts.map(({ name, value }) => `${name}: ${value}`)),
    `## ${words.accuracies}`,
    table(accuracies.columns, accuracies.rows),
    `## ${words.choices}`,
    list(choices.map((choice) => `${choice.question}: ${boxesOf(choice.answer, form)}`)),
  ]);
}

/** The same as a PDF; dated by the last run of ours, and undated without one. */
export function checklistPdf(input: PackagePlanInput, text: Text): Promise<Uint8Array> {
  const dates = input.runs.flatMap(({ measuredAt }) => measuredAt ?? []).sort();
  const { program, systems } = input;
  const organisation = systems[0]?.description.Submitter.trim() ?? '';
  const form = checklistForm(input, text);
  return renderChecklist({ form, organisation, program, createdAt: dates.at(-1) ?? noDate }, { text, paper: 'A4' });
}

/** Both: the form that the rules ask for, and one that is filled in without a program for PDF. @param path without its ending */
export function checklistFiles(input: PackagePlanInput, path: string, text: Text): PlannedFile[] {
  return [
    { path: `${path}.pdf`, make: () => checklistPdf(input, text) },
    { path: `${path}.md`, text: checklist(input, text) },
  ];
}

function boxesOf(answer: boolean | null, { words }: ChecklistForm): string {
  return `[${answer === true ? 'x' : ' '}] ${words.yes} [${answer === false ? 'x' : ' '}] ${words.no}`;
}
