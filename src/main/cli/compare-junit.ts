import type { CompareAnswer } from '../../shared/domain/cli-json.ts';
import type { FigureComparison, Regression, RunPair, SessionPair } from '../../shared/domain/comparison.ts';
import { changeText, obstacleText, regressionText } from '../../shared/text/comparison.ts';
import type { Text } from '../../shared/text/index.ts';
import { junitXml } from './junit.ts';
import type { JunitCase } from './junit.ts';

/** A suite for each candidate, a case for each figure; runs that cannot be compared are one case with an error. */
export function comparisonJunit({ comparison, regressions }: CompareAnswer, strict: boolean, text: Text): string {
  const name = [text.t('ui.appName'), ...(comparison.simulated ? [text.t('term.simulated')] : [])].join(' ');
  const suites = comparison.pairs.map((pair) => {
    const own = regressions.filter(({ candidate }) => candidate === pair.candidate);
    return { name: `${pair.candidate} / ${pair.baseline}`, cases: casesOf(pair, own, strict, text) };
  });
  return junitXml(name, suites);
}

function casesOf(pair: SessionPair, regressions: readonly Regression[], strict: boolean, text: Text): JunitCase[] {
  const cases = pair.runs.flatMap((run) => casesOfRun(run, regressions, strict, text));
  // Limits whose run or figure is not there at all have no case yet.
  const missing = regressions.filter(
    ({ workload, figure, word }) =>
      word === 'notComparable' && !cases.some((one) => one.name === figure && one.className.startsWith(`${workload}.`)),
  );
  return [...cases, ...missing.map((one) => regressionCase(one, strict, text))];
}

function casesOfRun(run: RunPair, regressions: readonly Regression[], strict: boolean, text: Text): JunitCase[] {
  if (!run.comparable) {
    const message = run.obstacles.filter(({ level }) => level === 'blocks').map((one) => obstacleText(text, one));
    return [{ className: `${run.workload}.${run.mode}`, name: run.mode, outcome: 'error', message: message.join(' ') }];
  }
  return run.figures.map((figure) => {
    const limit = regressions.find((one) => one.workload === run.workload && one.figure === figure.figure);
    return limit ? regressionCase(limit, strict, text) : plainCase(run, figure, text);
  });
}

function plainCase(run: RunPair, figure: FigureComparison, text: Text): JunitCase {
  const message = `${changeText(text, figure)}: ${text.t(`compare.outcome.${figure.outcome}`)}`;
  return { className: `${run.workload}.${run.mode}`, name: figure.figure, outcome: 'passed', message };
}

function regressionCase(regression: Regression, strict: boolean, text: Text): JunitCase {
  const undecided = strict ? 'failure' : 'skipped';
  const outcome = {
    within: 'passed',
    withinNotProven: undecided,
    beyondNotProven: undecided,
    beyond: 'failure',
    notComparable: 'error',
  } as const;
  const { workload, mode, figure, word } = regression;
  const className = workload === '' ? mode : `${workload}.${mode}`;
  return { className, name: figure, outcome: outcome[word], message: regressionText(text, regression) };
}
