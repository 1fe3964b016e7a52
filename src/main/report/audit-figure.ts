import type { AuditedRun, AuditFigures } from '../../shared/domain/audit.ts';
import { missing } from '../../shared/units/index.ts';
import type { Words } from './pdf/words.ts';

/** The figure that a run is made for, printed and recomputed, as text. */
export function mainFigure(run: AuditedRun, words: Words): { published: string; recomputed: string; unit: string } {
  const { published, recomputed, mode, benchmark } = run;
  const pair = (unit: string, decimals: number, a: number | undefined, b: number | undefined) => ({
    published: a === undefined ? missing : words.number(a, decimals),
    recomputed: b === undefined ? missing : words.number(b, decimals),
    unit: words.text.t(`audit.table.${unit}`),
  });
  if (benchmark === 'sww')
    return {
      published: score(published),
      recomputed: score(recomputed),
      unit: words.text.t('audit.table.streaming'),
    };
  if (mode === 'energy') return pair('energy', 3, published.medianEnergyUJPerInf, recomputed.medianEnergyUJPerInf);
  if (mode === 'performance')
    return pair('throughput', 3, published.medianThroughputInfPerS, recomputed.medianThroughputInfPerS);
  if (benchmark === 'ad') return pair('auc', 3, published.auc, recomputed.aucEembc ?? recomputed.aucMlc);
  return pair('top1', 3, published.top1, recomputed.top1);
}

function score({ truePositives, falseNegatives, falsePositives }: AuditFigures): string {
  return truePositives === undefined
    ? missing
    : `${truePositives}/${falseNegatives ?? missing}/${falsePositives ?? missing}`;
}
