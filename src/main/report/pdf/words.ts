import { faultFromRecord } from '../../../shared/fault/index.ts';
import type { Text, TextValues } from '../../../shared/text/index.ts';
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  formatQuantity,
  missing,
  narrowSpace,
} from '../../../shared/units/index.ts';
import type { RunView, SessionView } from '../view.ts';
import { marks } from './marks.ts';
import type { Mark } from './marks.ts';

/** Quantities with SI prefixes, or all in base units. */
export type ReportUnits = 'prefixed' | 'base';

/** Shares below half a thousandth of a per cent are shown as nought. */
const leastShown = 5e-6;

/** The report's words and figures in one language. The locale is named in every call, so the machine's own has no say. */
export class Words {
  readonly locale: string;
  readonly text: Text;
  readonly #prefixed: boolean;

  constructor(text: Text, units: ReportUnits = 'prefixed') {
    this.text = text;
    this.#prefixed = units === 'prefixed';
    this.locale = text.locale;
  }

  get isPrefixed(): boolean {
    return this.#prefixed;
  }

  /** A message of the report. */
  t(key: string, values: TextValues = {}): string {
    return this.text.t(`report.${key}`, values);
  }

  /** A message about energy, shared with screens and command line. */
  energy(key: string, values: TextValues = {}): string {
    return this.text.t(`energy.${key}`, values);
  }

  term(key: string): string {
    return this.text.t(`term.${key}`);
  }

  count(value: number | null | undefined): string {
    return formatCount(value, this.locale);
  }

  number(value: number | null | undefined, decimals: number, signed = false): string {
    return formatNumber(value, { locale: this.locale, decimals, signed });
  }

  significant(value: number | null | undefined, digits = 4): string {
    return formatNumber(value, { locale: this.locale, significant: digits });
  }

  percent(fraction: number | null | undefined, decimals = 1): string {
    return formatPercent(fraction, { locale: this.locale, decimals });
  }

  interval(low: number, high: number): string {
    return formatPercentInterval(low, high, { locale: this.locale });
  }

  quantity(value: number, unit: string, significant = 4): string {
    return formatQuantity(value, unit, { locale: this.locale, significant, prefixed: this.#prefixed });
  }

  /** Small share as per cent with two significant digits: `0.014 %`; nothing finer than a thousandth of a per cent. */
  smallPercent(fraction: number | null | undefined): string {
    if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return missing;
    if (Math.abs(fraction) < leastShown) return formatPercent(0, { locale: this.locale, decimals: 3 });
    return `${formatNumber(fraction * 100, { locale: this.locale, significant: 2 })}${narrowSpace}%`;
  }

  /** The same with its sign, where there is anything to have one. */
  signedPercent(fraction: number): string {
    return `${fraction >= leastShown ? '+' : ''}${this.smallPercent(fraction)}`;
  }

  /** Calendar time to the minute, in UTC: the same for every reader. */
  date(iso: string): string {
    return `${iso.slice(0, 10)}\u00a0${iso.slice(11, 16)}\u00a0UTC`;
  }

  /** What the DUT calls itself, or the workload it was to be. */
  dutName(view: SessionView): string {
    const dut = view.runs.find((run) => run.dut)?.dut;
    return dut ? dut.vendor : this.t('dut.unknown');
  }

  unit(view: SessionView): string {
    const { serial, assetTag } = view.dutUnit;
    if (serial && assetTag) return this.t('dut.serialAndTag', { serial, assetTag });
    if (serial) return this.t('dut.serial', { serial });
    if (assetTag) return this.t('dut.tag', { assetTag });
    return this.t('dut.noUnit');
  }

  mode(run: RunView): string {
    return this.term(`mode.${run.mode}`);
  }

  /** What to call a class: its name, or its index where the data set names none. */
  className(run: RunView, index: number): string {
    return run.workload.classes?.[index] ?? String(index);
  }

  /** Why a run has no end, in the words of its fault where one is known. */
  fault(run: RunView): { what: string; remedies: readonly string[] } | null {
    if (!run.fault) return null;
    return this.text.fault(faultFromRecord(run.fault));
  }
}

export type Outcome = 'valid' | 'remarks' | 'invalid' | 'unfinished';

/** A run that did not complete has no verdict to be trusted, whatever its windows say. */
export function outcomeOf(run: RunView): Outcome {
  if (run.status !== 'completed' || !run.judgement) return 'unfinished';
  return run.judgement.verdict;
}

/** The worst outcome decides what a session is worth. */
export function sessionOutcome(view: SessionView): Outcome {
  const order: Outcome[] = ['unfinished', 'invalid', 'remarks', 'valid'];
  if (view.runs.length === 0) return 'unfinished';
  const outcomes = view.runs.map(outcomeOf);
  // An invalid run is worse news than an unfinished one beside it.
  if (outcomes.includes('invalid')) return 'invalid';
  return order.find((outcome) => outcomes.includes(outcome)) ?? 'unfinished';
}

/** The quality target over all completed runs: missed when one missed it. */
export function sessionTarget(view: SessionView): 'met' | 'missed' | 'notApplicable' {
  const targets = view.runs.flatMap((run) =>
    run.status === 'completed' && run.judgement ? [run.judgement.qualityTarget] : [],
  );
  return targets.includes('missed') ? 'missed' : targets.includes('met') ? 'met' : 'notApplicable';
}

export const outcomeMark: Readonly<Record<Outcome, Mark>> = {
  valid: marks.ok,
  remarks: marks.warn,
  invalid: marks.bad,
  unfinished: marks.none,
};

/** The words of an outcome for tables and heads. */
export function outcomeWord(words: Words, outcome: Outcome): string {
  return outcome === 'unfinished' ? words.t('outcome.unfinished') : words.term(`verdict.${outcome}`);
}
