import type { LiveRoc } from '../../shared/domain/live-run.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import { binaryAuc, meanByFile, rocPoints } from '../analysis/index.ts';
import type { RocPoint, ScoredInput } from '../analysis/index.ts';

/** Curves that are drawn at most; of more classes those with the smallest area, which are the ones to look at. */
const mostCurves = 6;
/** Points of a drawn curve: as many as can be told apart. */
const mostPoints = 48;

/**
 * The ROC curves of an accuracy run so far. An anomaly detector has one, over the mean scores of its files; two classes have one, of the second
 * class; more classes have one each, against all others. Areas are exact, ties count half; null where one side is empty.
 */
export function rocOf(inputs: readonly ScoredInput[], workload: Pick<Workload, 'classCount' | 'outputCount'>): LiveRoc {
  const files = meanByFile(inputs);
  const curve = (classIndex: number, place: number): LiveRoc['curves'][number] & { classIndex: number } => {
    const scores = files.map(({ vector }) => vector[place] ?? Number.NaN);
    const positive = files.map(({ label }) => label === classIndex);
    return { classIndex, auc: binaryAuc(scores, positive), points: thinned(rocPoints(scores, positive)) };
  };
  if (workload.outputCount === 1) return { kind: 'anomaly', curves: [curve(1, 0)], classes: 1 };
  if (workload.classCount === 2) return { kind: 'binary', curves: [curve(1, 1)], classes: 2 };
  const all = Array.from({ length: workload.classCount }, (_, k) => curve(k, k)).filter(
    ({ points }) => points.length > 0,
  );
  const shown = all.toSorted((a, b) => (a.auc ?? 1) - (b.auc ?? 1)).slice(0, mostCurves);
  return { kind: 'classes', curves: shown, classes: workload.classCount };
}

/** Whether a run of so many inputs is worth new curves: at each of the first ones, then a hundred times until the end. */
export function isRocDue(inputsDone: number, inputsAtLast: number, inputsTotal: number): boolean {
  const grown = inputsDone - inputsAtLast;
  return inputsDone >= inputsTotal || (grown > 0 && grown >= inputsTotal / 100);
}

function thinned(points: readonly RocPoint[]): [number, number][] {
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  const pair = ({ falsePositiveRate, truePositiveRate }: RocPoint): [number, number] => [
    rounded(falsePositiveRate),
    rounded(truePositiveRate),
  ];
  if (points.length <= mostPoints) return points.map(pair);
  return Array.from({ length: mostPoints }, (_, k) => Math.round((k * (points.length - 1)) / (mostPoints - 1))).flatMap(
    (index) => {
      const point = points[index];
      return point ? [pair(point)] : [];
    },
  );
}
