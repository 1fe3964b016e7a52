import { budgetRowKey } from '../../../../shared/domain/budget-row.ts';
import type { Budget, BudgetRow, EnergySetup } from '../../../../shared/domain/energy.ts';
import { missing } from '../../../../shared/units/index.ts';
import { hasFigure } from '../../energy-view.ts';
import type { RunView, SessionView } from '../../view.ts';
import { coverageText, intervalText, withDoubt } from '../doubt.ts';
import { inputValue, restingOn, rowName, smallShare, wordOr } from '../energy-words.ts';
import type { Sheet } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';
import type { Cell } from '../table.ts';
import { styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { drawRunTitle } from './blocks.ts';

/** Whether there is a budget to be shown. */
export function hasBudget(run: RunView): boolean {
  return run.status === 'completed' && hasFigure(run.energy?.figures) && run.energy.figures.budget.rows.length > 0;
}

/** How the uncertainty of the official figure comes about, and that of the corrected one where there is one. */
export function drawBudget(sheet: Sheet, words: Words, view: SessionView, run: RunView): void {
  const { energy } = run;
  if (!energy || !hasFigure(energy.figures)) return;
  const { figures, setup } = energy;
  drawRunTitle(
    sheet,
    words,
    view,
    run,
    words.t('energy.budget.title', { mode: words.mode(run), workload: run.workload.title }),
  );
  drawOne(sheet, words, setup, figures.budget, words.t('energy.budget.official'));
  const { corrected } = figures;
  if (corrected && corrected.budget.status !== 'invalid') {
    sheet.newPage();
    drawOne(sheet, words, setup, corrected.budget, words.t('energy.budget.corrected'));
  }
}

function drawOne(sheet: Sheet, words: Words, setup: EnergySetup, budget: Budget, title: string): void {
  sheet.sectionHeading(title, 90);
  drawRows(sheet, words, budget);
  sheet.gap(8);
  drawFoot(sheet, words, budget);
  drawAssumptions(sheet, words, setup, budget);
  drawRemarks(sheet, words, budget);
  drawAdvice(sheet, words, budget);
}

function drawRows(sheet: Sheet, words: Words, budget: Budget): void {
  const rows = budget.rows.toSorted((a, b) => b.share - a.share);
  const large = rows.filter((row) => row.share >= smallShare);
  const small = rows.filter((row) => row.share < smallShare);
  const right = { align: 'right', style: styles.number } as const;
  drawTable(sheet, {
    columns: [
      { title: words.t('energy.budget.what'), width: { share: 1.05 }, mostLines: 5 },
      { title: words.t('energy.budget.value'), width: { points: 74 }, mostLines: 4 },
      { title: words.t('energy.budget.source'), width: { share: 1.1 }, style: styles.smallText, mostLines: 6 },
      { title: words.t('energy.budget.sensitivity'), width: { points: 56 }, ...right },
      { title: words.t('energy.budget.contribution'), width: { points: 48 }, ...right },
      { title: words.t('energy.budget.share'), width: { points: 34 }, ...right },
      { title: 'ν', width: { points: 24 }, ...right },
      { title: words.t('energy.budget.common'), width: { points: 46 }, style: styles.smallText },
    ],
    rows: [...large.map((row) => budgetRow(words, row)), ...(small.length === 0 ? [] : [smallRow(words, small)])],
    padding: 2.5,
  });
}

function budgetRow(words: Words, row: BudgetRow): (Cell | string)[] {
  return [
    { text: rowName(words, row.id), sub: row.id },
    {
      text: inputValue(words, row),
      sub: words.t(row.isHalfWidth ? 'energy.budget.halfWidth' : 'energy.budget.standard', {
        distribution: words.energy(`distribution.${row.distribution}`),
        divisor: words.number(row.divisor, 3),
      }),
    },
    words.energy(`origin.${row.origin.kind}`, { source: row.origin.source }),
    { text: words.significant(row.sensitivity, 3), sub: sensitivityUnit(row.unit) },
    words.significant(row.contributionUJ, 3),
    words.percent(row.share, row.share < 0.0095 ? 1 : 0),
    degrees(words, row.nu, 2),
    words.energy(`common.${row.common}`),
  ];
}

/** Small terms together: their contributions add in squares, as those of different causes do. */
function smallRow(words: Words, rows: readonly BudgetRow[]): (Cell | string)[] {
  const contribution = Math.hypot(...rows.map((row) => row.contributionUJ));
  const share = rows.reduce((sum, row) => sum + row.share, 0);
  return [
    {
      text: rows.length === 1 ? words.t('energy.budget.oneSmall') : words.energy('small', { count: rows.length }),
      sub: rows.map((row) => row.id).join(', '),
    },
    '',
    '',
    '',
    words.significant(contribution, 2),
    words.t('energy.budget.less', { share: words.percent(Math.max(share, smallShare), 1) }),
    '',
    '',
  ];
}

/** Beyond this many degrees of freedom the coverage factor is that of infinitely many to four digits; the number says nothing. */
const mostDegrees = 10_000;

function degrees(words: Words, nu: number | null, digits: number): string {
  return nu === null || nu >= mostDegrees ? '∞' : words.significant(nu, digits);
}

function sensitivityUnit(unit: string): string {
  if (unit === 'relative') return 'µJ';
  return unit === 'uJ' ? '' : `µJ/${unit === 'ohm' ? 'Ω' : unit}`;
}

function joules(words: Words, valueUJ: number | null): string {
  return valueUJ === null ? missing : words.quantity(valueUJ / 1e6, 'J', 2);
}

function drawFoot(sheet: Sheet, words: Words, budget: Budget): void {
  const { y, combinedStandardUncertainty: uc, expandedUncertainty, coverageFactor, k95, interval95 } = budget;
  const nu = budget.effectiveDegreesOfFreedom;
  // Two columns side by side: neither may break to another page on its own.
  sheet.ensure(96);
  const start = sheet.y;
  const half = (sheet.width - 20) / 2;
  drawFacts(
    sheet,
    [
      [
        words.t('energy.budget.figure'),
        y === null ? missing : withDoubt(words, y / 1e6, expandedUncertainty && expandedUncertainty / 1e6, 'J'),
      ],
      [words.t('energy.budget.combined'), joules(words, uc)],
      [words.t('energy.budget.nu'), degrees(words, nu, 3)],
      [words.t('energy.budget.k'), coverageFactor === null ? missing : coverageText(words, coverageFactor, nu)],
      [words.t('energy.budget.expanded'), joules(words, expandedUncertainty)],
    ],
    { width: half, nameWidth: 128 },
  );
  const end = sheet.y;
  sheet.y = start;
  drawFacts(
    sheet,
    [
      [words.t('energy.budget.k95'), k95 === null ? missing : words.number(k95, 2)],
      [
        words.t('energy.budget.interval'),
        interval95 && expandedUncertainty !== null
          ? intervalText(words, [interval95[0] / 1e6, interval95[1] / 1e6], expandedUncertainty / 1e6, 'J')
          : missing,
      ],
      [words.t('energy.budget.plane'), words.t(`energy.plane.${budget.plane}`)],
      [
        words.t('energy.budget.corrections'),
        budget.certificates.length === 0 ? words.t('energy.budget.none') : budget.certificates.join(', '),
      ],
      [words.t('energy.budget.rests'), restingOn(words, budget)],
    ],
    { left: sheet.left + half + 20, width: half, nameWidth: 92 },
  );
  sheet.y = Math.max(end, sheet.y);
  sheet.gap(8);
}

/** Every figure that nobody published, by name (uncertainty, section 8). */
function drawAssumptions(sheet: Sheet, words: Words, setup: EnergySetup, budget: Budget): void {
  if (budget.assumptions.length === 0) return;
  sheet.sectionHeading(words.t('energy.budget.assumptions'), 20);
  for (const id of budget.assumptions) {
    const row = budget.rows.find((candidate) => candidate.id === id);
    sheet.paragraph(
      words.t('energy.budget.assumption', {
        name: rowName(words, id),
        value: row ? inputValue(words, row) : missing,
        instrument: setup.specification.instrument,
        source: row?.origin.source ?? missing,
      }),
      styles.smallText,
    );
  }
  sheet.paragraph(words.t('energy.budget.change'), styles.small);
  sheet.gap(8);
}

function drawRemarks(sheet: Sheet, words: Words, budget: Budget): void {
  const remarks = budget.remarks.filter((remark) => remark !== 'assumptions');
  if (remarks.length === 0) return;
  sheet.sectionHeading(words.t('energy.budget.remarks'), 12);
  for (const remark of remarks) sheet.paragraph(wordOr(words, `energy.remark.${remark}`, remark), styles.smallText);
  sheet.gap(8);
}

function drawAdvice(sheet: Sheet, words: Words, budget: Budget): void {
  const now = joules(words, budget.expandedUncertainty);
  // What would not change the printed uncertainty is no help.
  const advice = budget.advice.filter((one) => joules(words, one.expandedUncertaintyIfHalved) !== now);
  if (advice.length === 0) return;
  sheet.sectionHeading(words.t('energy.budget.advice'), 20);
  for (const { id, expandedUncertaintyIfHalved } of advice) {
    const { key } = budgetRowKey(id);
    sheet.paragraph(
      [
        `${rowName(words, id)}:`,
        wordOr(words, `energy.advice.${key}`, ''),
        words.energy('adviceGain', {
          expanded: joules(words, expandedUncertaintyIfHalved),
          now,
        }),
      ]
        .filter((part) => part !== '')
        .join(' '),
      styles.smallText,
    );
  }
}
