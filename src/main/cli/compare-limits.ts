import { comparedFigureSchema } from '../../shared/domain/comparison.ts';
import type { RegressionLimit } from '../../shared/domain/comparison.ts';
import { Fault } from '../../shared/fault/index.ts';

/** Figures that are shares, so that a limit may be in percentage points. */
const shares: readonly string[] = ['top1', 'auc'];

/** `energy=2%`, `top1=0.5pp`. @throws Fault `report.badLimit`. */
export function parseLimit(text: string): RegressionLimit {
  const [, name, size, unit] = /^([a-z0-9]+)=(\d+(?:\.\d+)?)(%|pp)$/i.exec(text.trim()) ?? [];
  const figure = comparedFigureSchema.safeParse(name?.toLowerCase());
  const points = unit?.toLowerCase() === 'pp';
  const percent = Number(size);
  if (!figure.success || !Number.isFinite(percent) || percent > 1000 || (points && !shares.includes(figure.data))) {
    throw new Fault('report.badLimit', { text, figures: [...comparedFigureSchema.options] });
  }
  return { figure: figure.data, kind: points ? 'absolute' : 'relative', limit: percent / 100 };
}

/** Collects a repeated option; several limits may also stand in one, separated by commas. Of two for one figure the last counts. */
export function collectLimit(text: string, before: readonly RegressionLimit[] = []): RegressionLimit[] {
  const limits = new Map(before.map((limit) => [limit.figure, limit]));
  for (const part of text.split(',')) {
    const limit = parseLimit(part);
    limits.set(limit.figure, limit);
  }
  return [...limits.values()];
}
