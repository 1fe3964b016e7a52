import type { Text } from '../../../shared/text/index.ts';
import type { MaterialRun, PackagePlanInput } from './types.ts';

/** On the first lines of every document of a package that cannot be submitted. */
export function notice({ obstacles }: PackagePlanInput, { t }: Text): string[] {
  return obstacles.length === 0 ? [] : [`**${t('package.notice.title')}**`, t('package.notice.short'), list(obstacles)];
}

export function runnerOf({ own, runner }: MaterialRun, { t }: Text): string {
  return t(`package.runner.${own ? 'joulebench' : (runner ?? 'unknown')}`);
}

/** The figure that counts, in the units of the published table. */
export function figureOf({ mode, figures }: MaterialRun, { t }: Text): string {
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

export function document(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
