import type { ChecklistForm } from '../../report/index.ts';
import { isBefore } from '../../rules/index.ts';
import { systemKeys } from '../../../shared/domain/system-description.ts';
import type { SystemKey } from '../../../shared/domain/system-description.ts';
import type { Text } from '../../../shared/text/index.ts';
import { qualityTargets } from '../official.ts';
import { figureOf, runnerOf } from './markdown.ts';
import type { MaterialRun, PackagePlanInput } from './types.ts';

/** Most misses and false alarms of the streaming wake word, each, in the closed division. */
const mostStreamingErrors = 8;

/** Questions that only a person can answer, in the order of the form. Source: results and submission, section 9. */
const declarations = [
  'sameCode',
  'processing',
  'calibration',
  'retrained',
  'replacement',
  'pruning',
  'timedWeights',
  'caching',
  'foreknowledge',
  'forbidden',
] as const;

/** The submission checklist: what files tell is answered, the rest is open. */
export function checklistForm(input: PackagePlanInput, text: Text): ChecklistForm {
  const { t } = text;
  const { runs, systems, round, division, obstacles } = input;
  const descriptions = systems.map(({ description }) => description);
  const each = (key: SystemKey): string =>
    [...new Set(descriptions.map((description) => description[key].trim()))].join(', ');
  const fact = (key: string, value: string | null): ChecklistForm['facts'][number] => ({
    name: t(`package.item.${key}`),
    value: value ?? t('package.answer.open'),
  });
  const choice = (key: string, answer: boolean | null): ChecklistForm['choices'][number] => ({
    question: t(`package.item.${key}`),
    answer,
  });
  const has = (status: string): boolean =>
    descriptions.some((description) => description.Status.trim().toLowerCase() === status);
  const accuracies = runs.filter(({ mode, benchmark }) => mode === 'accuracy' || benchmark === 'sww');
  const complete = descriptions.every((description) => systemKeys.every((key) => typeof description[key] === 'string'));
  return {
    notice:
      obstacles.length === 0
        ? null
        : { title: t('package.notice.title'), text: t('package.notice.short'), items: [...obstacles] },
    title: t('package.checklist.title', { round }),
    intro: t('package.checklist.text'),
    facts: [
      fact('engineer', null),
      fact('mail', null),
      fact('organisation', descriptions[0]?.Submitter.trim() ?? ''),
      fact('systems', systems.map(({ system }) => system).join(', ')),
      fact('division', division),
      fact('category', each('Status')),
      fact('benchmarks', [...new Set(runs.map(({ benchmark }) => benchmark))].join(', ')),
      fact('runner', [...new Set(runs.map((run) => runnerOf(run, text)))].join(', ')),
      fact('numerics', each('Quantization Method')),
      fact('backend', each('Inference Framework')),
      fact('contents', t('package.answer.contents')),
      fact('signature', null),
    ],
    accuracies: {
      columns: ['system', 'benchmark', 'accuracy'].map((column) => t(`package.column.${column}`)),
      rows: accuracies.map((run) => [run.system, run.benchmark, figureOf(run, text)]),
    },
    choices: [
      choice('official', obstacles.length === 0),
      choice('target', targetsMet(accuracies)),
      choice('wholeSet', null),
      ...(isBefore(round, 'v1.3') ? [] : [choice('streaming', streamingMet(runs))]),
      ...declarations.map((key) => choice(key, null)),
      ...(has('available') ? [choice('availability', null)] : []),
      ...(has('preview') ? [choice('previewPlan', null)] : []),
      choice('congruent', null),
      choice('json', complete),
      choice('realWorld', null),
    ],
    words: {
      yes: t('package.answer.yes'),
      no: t('package.answer.no'),
      question: t('package.checklist.question'),
      answer: t('package.checklist.answer'),
      facts: t('package.checklist.facts'),
      accuracies: t('package.checklist.accuracies'),
      choices: t('package.checklist.choices'),
      open: t('package.checklist.open'),
    },
  };
}

/** Whether every accuracy reaches the target of its benchmark; null where a figure is not known. */
function targetsMet(runs: readonly MaterialRun[]): boolean | null {
  const met = runs
    .filter(({ benchmark }) => benchmark !== 'sww')
    .map(({ benchmark, figures }) => {
      const target = Object.hasOwn(qualityTargets, benchmark) ? qualityTargets[benchmark] : undefined;
      if (!target) return null;
      const value =
        target.figure === 'top1' && figures.top1 !== undefined ? figures.top1 * 100 : figures[target.figure];
      return value === undefined ? null : value >= target.least;
    });
  if (met.includes(false)) return false;
  return met.length === 0 || met.includes(null) ? null : true;
}

function streamingMet(runs: readonly MaterialRun[]): boolean | null {
  const scores = runs.filter(({ benchmark }) => benchmark === 'sww').map(({ figures }) => figures);
  const errors = scores.flatMap(({ falsePositives, falseNegatives }) => [falsePositives, falseNegatives]);
  if (errors.some((count) => count !== undefined && count > mostStreamingErrors)) return false;
  return errors.length === 0 || errors.includes(undefined) ? null : true;
}
