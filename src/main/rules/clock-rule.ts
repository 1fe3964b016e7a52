import type { EvidenceRef } from '../../shared/domain/verdict.ts';
import type { RunEvidence, WindowFigures } from './evidence.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

/** Deviation of the DUT's clock from the host's: beyond the first a remark, beyond the second the run is invalid. */
export const clockLimits = { remark: 0.01, invalid: 0.05 } as const;

type ClockWindow = Pick<WindowFigures, 'clock'> & { number: number; ref: EvidenceRef };

/**
 * PERF-08. A window counts with the deviation that was measured; where the comparison itself may be off by more than the limit,
 * that is a remark, because then agreement proves nothing.
 */
export function checkClock(
  windows: readonly ClockWindow[],
  { clockComparable, runner }: Pick<RunEvidence, 'clockComparable' | 'runner'>,
): CheckResult {
  if (!clockComparable) return failed({}, [], { message: 'notComparable', severity: 'W' });
  const compared = windows.flatMap(({ clock, number, ref }) => (clock ? [{ ...clock, number, ref }] : []));
  const worst = compared.reduce<(typeof compared)[number] | undefined>(
    (most, window) => (most && most.deviation >= window.deviation ? most : window),
    undefined,
  );
  const untimed = windows.filter((window) => !window.clock);
  // The current runner's log has no times at all (results and submission, section 6.1).
  if (runner === 'mlc' && compared.length === 0) return notApplicable('noTimes');
  if (!worst || (untimed.length > 0 && worst.deviation <= clockLimits.remark)) {
    const places = untimed.map((window) => window.ref);
    return failed({ count: untimed.length }, places, { message: 'notTimed', severity: 'W' });
  }
  const facts = { window: worst.number, ratio: worst.ratio, deviationPercent: worst.deviation * 100 };
  if (worst.deviation > clockLimits.remark) {
    const severity = worst.deviation > clockLimits.invalid ? 'E' : 'W';
    const limit = severity === 'E' ? clockLimits.invalid : clockLimits.remark;
    const places = compared.filter((window) => window.deviation > clockLimits.remark).map((window) => window.ref);
    return failed({ ...facts, limitPercent: limit * 100 }, places, { severity });
  }
  const uncertainty = Math.max(...compared.map((window) => window.uncertainty));
  if (uncertainty > clockLimits.remark) {
    const coarse = { uncertaintyPercent: uncertainty * 100, limitPercent: clockLimits.remark * 100 };
    return failed(coarse, [], { message: 'coarse', severity: 'W' });
  }
  return passed({ deviationPercent: facts.deviationPercent, ratio: facts.ratio });
}
