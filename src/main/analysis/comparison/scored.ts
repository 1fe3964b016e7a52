import { comparedUnits } from '../../../shared/domain/comparison.ts';
import type { ComparedFigure, ComparisonTest, FigureComparison } from '../../../shared/domain/comparison.ts';
import { deLong } from './delong.ts';
import { mcNemar, pairedCorrect } from './mcnemar.ts';
import { bare, doubted, outcomeOf, outcomeOfFigure, significance } from './tests.ts';
import type { AccuracySide } from './types.ts';

/** Top-1 (McNemar, exact) and area under the ROC curve (DeLong) of two accuracy runs over the same inputs. */
export function compareAccuracies(a: AccuracySide, b: AccuracySide): FigureComparison[] {
  return [...compareTop1(a, b), ...compareAuc(a, b)];
}

function compareTop1(a: AccuracySide, b: AccuracySide): FigureComparison[] {
  if (a.top1 === null || b.top1 === null) return [];
  const figure = base('top1', a.top1, b.top1);
  const paired = pairedCorrect(a.correct, b.correct);
  const result = paired && mcNemar(paired);
  if (!result) return [figure];
  const { p, smallestP, standardUncertainty: u, onlyFirst, onlySecond, inputs, difference } = result;
  const test: ComparisonTest = {
    name: 'mcNemar',
    p,
    exact: true,
    counts: [onlyFirst, onlySecond],
    smallestP,
    outcome: outcomeOf(p, smallestP),
  };
  const binomial = (share: number): number => Math.sqrt((share * (1 - share)) / inputs);
  return [
    decided({
      ...figure,
      baseline: doubted(a.top1, binomial(a.top1)),
      candidate: doubted(b.top1, binomial(b.top1)),
      difference: doubted(difference, u),
      ratio: doubted(b.top1 / a.top1, u / a.top1),
      basis: 'sameInputs',
      tests: [test],
    }),
  ];
}

function compareAuc(a: AccuracySide, b: AccuracySide): FigureComparison[] {
  if (a.auc === null || b.auc === null) return [];
  const figure = base('auc', a.auc, b.auc);
  const sameLabels = a.scores.labels.every((label, index) => label === b.scores.labels[index]);
  const result = sameLabels ? deLong(a.scores, b.scores, a.classCount) : null;
  if (!result) return [figure];
  const { p, standardUncertainty: u, difference } = result;
  const files = a.scores.labels.length;
  const outcome = p < significance ? 'different' : 'notDistinguishable';
  return [
    decided({
      ...figure,
      difference: doubted(difference, u),
      ratio: doubted(b.auc / a.auc, u / a.auc),
      basis: 'sameInputs',
      tests: [{ name: 'deLong', p, exact: false, counts: [files, files], smallestP: null, outcome }],
    }),
  ];
}

function base(figure: ComparedFigure, a: number, b: number): FigureComparison {
  return {
    figure,
    unit: comparedUnits[figure],
    smallerIsBetter: false,
    baseline: bare(a),
    candidate: bare(b),
    difference: bare(b - a),
    ratio: bare(b / a),
    smallestChange: null,
    basis: 'none',
    tests: [],
    significant: null,
    outcome: 'tooFew',
  };
}

function decided(figure: FigureComparison): FigureComparison {
  const outcome = figure.tests[0]?.outcome;
  const significant = outcome === 'different' ? true : outcome === 'tooFew' ? null : false;
  return { ...figure, significant, outcome: outcomeOfFigure(figure, significant) };
}
