import { systemKeys } from '../../../shared/domain/system-description.ts';
import type { SystemKey } from '../../../shared/domain/system-description.ts';
import type { Text } from '../../../shared/text/index.ts';
import { document, figureOf, notice, runnerOf, table } from './markdown.ts';
import type { PackagePlanInput } from './types.ts';

/** The submission checklist, filled in as far as files can tell; declarations and signature stay open. */
export function checklist(input: PackagePlanInput, text: Text): string {
  const { t } = text;
  const { runs, systems, round, division } = input;
  const descriptions = systems.map(({ description }) => description);
  const each = (key: SystemKey): string =>
    [...new Set(descriptions.map((description) => description[key].trim()))].join(', ');
  const item = (key: string, answer: string): string => `- ${t(`package.item.${key}`)}: ${answer}`;
  const open = t('package.answer.open');
  const yesNo = (yes: boolean): string => t(yes ? 'package.answer.yes' : 'package.answer.no');
  const accuracies = runs.filter(({ mode, benchmark }) => mode === 'accuracy' || benchmark === 'sww');
  return document([
    ...notice(input, text),
    `# ${t('package.checklist.title', { round })}`,
    t('package.checklist.text'),
    [
      item('engineer', open),
      item('mail', open),
      item('organisation', descriptions[0]?.Submitter.trim() ?? ''),
      item('systems', systems.map(({ system }) => system).join(', ')),
      item('division', division),
      item('category', each('Status')),
      item('benchmarks', [...new Set(runs.map(({ benchmark }) => benchmark))].join(', ')),
      item('runner', [...new Set(runs.map((run) => runnerOf(run, text)))].join(', ')),
      item('official', yesNo(input.obstacles.length === 0)),
    ].join('\n'),
    table(
      ['system', 'benchmark', 'accuracy'].map((column) => t(`package.column.${column}`)),
      accuracies.map((run) => [run.system, run.benchmark, figureOf(run, text)]),
    ),
    [
      ...['target', 'wholeSet', 'sameCode', 'calibration', 'caching', 'forbidden', 'congruent', 'realWorld'].map(
        (key) => item(key, open),
      ),
      item('numerics', each('Quantization Method')),
      item('backend', each('Inference Framework')),
      item(
        'json',
        yesNo(descriptions.every((description) => systemKeys.every((key) => typeof description[key] === 'string'))),
      ),
      item('contents', t('package.answer.contents')),
      item('signature', open),
    ].join('\n'),
  ]);
}
