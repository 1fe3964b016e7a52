import { budgetRowKey } from '../../../shared/domain/budget-row.ts';
import type { Budget, BudgetRow, EnergySetup } from '../../../shared/domain/energy.ts';
import type { CertificateView } from '../energy-view.ts';
import { coverageText, intervalText, withDoubt } from './doubt.ts';
import type { Words } from './words.ts';

/** Rows below this share of the variance are told as one (uncertainty, section 11). */
export const smallShare = 0.001;

/** The word under a key that data names; what nobody gave a word stands as it is. */
export function wordOr(words: Words, key: string, otherwise: string): string {
  if (!/^[\w.-]+$/.test(key)) return otherwise;
  const word = words.text.t(key);
  return word === key ? otherwise : word;
}

/** What a row of the budget is: `Gain of the monitor, range 2`. */
export function rowName(words: Words, id: string): string {
  const { key, range } = budgetRowKey(id);
  const name = words.energy(`row.${key}`, { range: range ?? '' });
  return name === `energy.row.${key}` ? id : name.replace(/, \S+ $/, '');
}

/** The same as a part of a sentence, ranges not told apart: `instrument gain`. */
export function causeName(words: Words, id: string): string {
  const { key } = budgetRowKey(id);
  return wordOr(words, `energy.cause.${key}`, key);
}

/** The causes that make most of the variance, by name: `instrument gain 80 %, supply voltage 20 %`. */
export function mainShares(words: Words, budget: Budget, most = 2): string {
  const shares = new Map<string, number>();
  for (const { id, share } of budget.rows) {
    const name = causeName(words, id);
    shares.set(name, (shares.get(name) ?? 0) + share);
  }
  return [...shares]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, most)
    .filter(([, share]) => share >= 0.01)
    .map(([name, share]) => `${name} ${words.percent(share, 0)}`)
    .join(', ');
}

/** The headline of a figure in µJ per inference: `(182.6 ± 4.7) µJ per inference, k = 2`. */
export function headline(words: Words, medianUJ: number, budget: Budget): string {
  const figure = withDoubt(words, medianUJ / 1e6, scaled(budget.expandedUncertainty), 'J');
  return budget.coverageFactor === null || budget.expandedUncertainty === null
    ? words.t('energy.headlineBare', { figure })
    : words.t('energy.headline', {
        figure,
        coverage: coverageText(words, budget.coverageFactor, budget.effectiveDegreesOfFreedom),
      });
}

/** The line below it: the 95 % interval, and what the uncertainty rests on. */
export function secondLine(words: Words, budget: Budget): string {
  const parts: string[] = [];
  if (budget.interval95 && budget.expandedUncertainty !== null) {
    const [low, high] = budget.interval95;
    parts.push(intervalText(words, [low / 1e6, high / 1e6], budget.expandedUncertainty / 1e6, 'J'));
  }
  parts.push(restingOn(words, budget));
  return parts.join('; ');
}

export function restingOn(words: Words, budget: Budget): string {
  const certificates = budget.certificates.length;
  return [
    words.t(budget.assumptions.length === 1 ? 'energy.oneAssumption' : 'energy.assumptionCount', {
      count: budget.assumptions.length,
    }),
    certificates === 0
      ? words.t('energy.noCertificate')
      : words.t(certificates === 1 ? 'energy.oneCertificate' : 'energy.certificateCount', { count: certificates }),
  ].join(', ');
}

function scaled(valueUJ: number | null): number | null {
  return valueUJ === null ? null : valueUJ / 1e6;
}

/** An input quantity of the budget in its unit; relative ones as per cent or parts per million. */
export function inputValue(words: Words, { value, unit }: Pick<BudgetRow, 'value' | 'unit'>): string {
  if (unit === 'relative')
    return Math.abs(value) >= 5e-4
      ? `${words.significant(value * 100, 2)}\u00a0%`
      : `${words.significant(value * 1e6, 2)}\u00a0ppm`;
  if (unit === 'uJ') return words.quantity(value / 1e6, 'J', 3);
  if (unit === 'uW') return words.quantity(value / 1e6, 'W', 3);
  return words.quantity(value, unit === 'ohm' ? 'Ω' : unit, 2);
}

export function acceptance(words: Words, { monitor }: EnergySetup): string {
  return words.t(`energy.acceptance.${monitor.acceptance}`);
}

export function tried(words: Words, { monitor }: EnergySetup): string {
  if (monitor.simulated) return words.t('instrument.simulated');
  return words.t(monitor.triedOnHardware ? 'energy.tried' : 'energy.untried');
}

/** Why there is no figure, one sentence a reason. */
export function reasonSentences(words: Words, budget: Budget | null | undefined): string[] {
  const reasons = budget?.reasons ?? [];
  return reasons.length === 0
    ? [words.t('energy.noReason')]
    : reasons.map((reason) => `${reason}: ${words.energy(`reason.${reason}`)}`);
}

/** Whether a certificate had run out when the session was made. */
export function isExpired(certificate: Pick<CertificateView, 'expiresUtc'>, atIso: string): boolean {
  return Date.parse(certificate.expiresUtc) < Date.parse(atIso);
}
