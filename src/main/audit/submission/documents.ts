import { systemKeys } from '../../../shared/domain/system-description.ts';
import type { Text } from '../../../shared/text/index.ts';
import type { MaterialRun, PackagePlanInput } from './types.ts';

/** The first page of a package that cannot be submitted. */
export function validationNotice(obstacles: readonly string[], { t }: Text): string {
  return document([
    `# ${t('package.notice.title')}`,
    t('package.notice.text'),
    list(obstacles),
    t('package.notice.use'),
  ]);
}

/** The read-me of the organisation: what stands where, figures and memory. */
export function readMe(input: PackagePlanInput, text: Text): string {
  const { t } = text;
  const { runs, system, round, division, memory, program } = input;
  return document([
    ...notice(input, text),
    `# ${t('package.readme.title', { organisation: input.description.Submitter.trim(), round })}`,
    t('package.readme.text', { system, division, program }),
    table(
      ['benchmark', 'mode', 'runner', 'figure'].map((column) => t(`package.column.${column}`)),
      runs.map((run) => [run.benchmark, run.mode, runnerOf(run, text), figureOf(run, text)]),
    ),
    t('package.readme.unverified'),
    ...(memory.length === 0
      ? []
      : [
          `## ${t('package.memory.title')}`,
          table(
            ['image', 'code', 'weights', 'constants', 'arena', 'payload', 'data', 'stack'].map((column) =>
              t(`package.memory.${column}`),
            ),
            memory.map(({ name, memory: m }) => [
              name,
              ...[
                m.codeBytes,
                m.weightBytes,
                m.constantBytes,
                m.arenaBytes,
                m.payloadBytes,
                m.dataBytes,
                m.stackBytes,
              ].map(String),
            ]),
          ),
          t('package.memory.text'),
        ]),
  ]);
}

/** The submission checklist, filled in as far as files can tell; declarations and signature stay open. */
export function checklist(input: PackagePlanInput, text: Text): string {
  const { t } = text;
  const { runs, system, round, division, description } = input;
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
      item('organisation', description.Submitter.trim()),
      item('systems', system),
      item('division', division),
      item('category', description.Status.trim()),
      item('benchmarks', [...new Set(runs.map(({ benchmark }) => benchmark))].join(', ')),
      item('runner', [...new Set(runs.map((run) => runnerOf(run, text)))].join(', ')),
      item('official', yesNo(input.obstacles.length === 0)),
    ].join('\n'),
    table(
      ['system', 'benchmark', 'accuracy'].map((column) => t(`package.column.${column}`)),
      accuracies.map((run) => [system, run.benchmark, figureOf(run, text)]),
    ),
    [
      ...['target', 'wholeSet', 'sameCode', 'calibration', 'caching', 'forbidden', 'congruent', 'realWorld'].map(
        (key) => item(key, open),
      ),
      item('numerics', description['Quantization Method'].trim()),
      item('backend', description['Inference Framework'].trim()),
      item('json', yesNo(systemKeys.every((key) => typeof description[key] === 'string'))),
      item('contents', t('package.answer.contents')),
      item('signature', open),
    ].join('\n'),
  ]);
}

/** How the energy monitor was connected, from the bench that the runs were made with. */
export function hookUpDocument(input: PackagePlanInput, text: Text): string {
  const { t } = text;
  return document([
    ...notice(input, text),
    `# ${t('package.hookUp.title')}`,
    ...input.runs.flatMap(({ energy, benchmark }) => {
      if (!energy) return [];
      const { monitor, supply, scope, path, plane } = energy;
      const fact = (key: string, value: string): string => `- ${t(`package.hookUp.${key}`)}: ${value}`;
      const { minV, nominalV, maxV } = supply.limits;
      return [
        `## ${benchmark}`,
        [
          fact('monitor', [monitor.model, monitor.serial, monitor.firmware].filter((part) => part !== '').join(', ')),
          fact('board', supply.board),
          fact('voltage', t('package.hookUp.volts', { set: supply.voltageV, min: minV, nominal: nominalV, max: maxV })),
          fact('path', t(`package.hookUp.pathOf.${path}`)),
          fact('plane', t(`package.hookUp.planeOf.${plane}`)),
        ].join('\n'),
        t('package.hookUp.measured'),
        list(scope.measured.length > 0 ? scope.measured : [t('package.hookUp.undeclared')]),
        t('package.hookUp.notMeasured'),
        list(scope.notMeasured.length > 0 ? scope.notMeasured : [t('package.hookUp.undeclared')]),
      ];
    }),
  ]);
}

function notice({ obstacles }: PackagePlanInput, { t }: Text): string[] {
  return obstacles.length === 0 ? [] : [`**${t('package.notice.title')}**`, t('package.notice.short'), list(obstacles)];
}

function runnerOf({ own, runner }: MaterialRun, { t }: Text): string {
  return t(`package.runner.${own ? 'joulebench' : (runner ?? 'unknown')}`);
}

/** The figure that counts, in the units of the published table. */
function figureOf({ mode, figures }: MaterialRun, { t }: Text): string {
  const { medianThroughputInfPerS: throughput, medianEnergyUJPerInf: energy, top1, auc } = figures;
  const shown: string[] = [];
  if (mode === 'energy' && energy !== undefined) shown.push(t('package.figure.energy', { value: energy.toFixed(3) }));
  if (mode === 'performance' && throughput !== undefined)
    shown.push(t('package.figure.throughput', { value: throughput.toFixed(3) }));
  if (mode === 'accuracy') {
    if (top1 !== undefined) shown.push(t('package.figure.top1', { value: (top1 * 100).toFixed(1) }));
    if (auc !== undefined) shown.push(t('package.figure.auc', { value: auc.toFixed(3) }));
  }
  return shown.length > 0 ? shown.join(', ') : t('package.figure.none');
}

function document(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
