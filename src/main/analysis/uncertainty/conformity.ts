/** The four words of ILAC-G8:2019, 4.2.3: what may be said of a value and a limit, given the value's uncertainty. */
export type ConformityWord = 'pass' | 'passNotProven' | 'failNotProven' | 'fail';

export interface Conformity {
  word: ConformityWord;
  /** Simple acceptance, as the published checkers do it. */
  accepted: boolean;
  /** Width of the guard band on the limit's side. */
  guard: number;
}

/** `atLeast` and `atMost` guard one side with 1.645 u; `within` asks for |value| <= limit and guards both with 1.96 u. */
export type ConformityCheck = 'atLeast' | 'atMost' | 'within';

const oneSided = 1.645;
const twoSided = 1.96;

/** Judges a value against a limit (uncertainty, section 7). `u` is the value's standard uncertainty. */
export function conformity(check: ConformityCheck, value: number, limit: number, u: number): Conformity {
  return guardedConformity(check, value, limit, (check === 'within' ? twoSided : oneSided) * u);
}

/** Judges a value against a limit with a guard band of the given width; ILAC-G8:2019, 4.2.2 takes the expanded uncertainty for it. */
export function guardedConformity(check: ConformityCheck, value: number, limit: number, guard: number): Conformity {
  const inside = check === 'atLeast' ? value - limit : check === 'atMost' ? limit - value : limit - Math.abs(value);
  const accepted = inside >= 0;
  const proven = Math.abs(inside) >= guard;
  const word = accepted ? (proven ? 'pass' : 'passNotProven') : proven ? 'fail' : 'failNotProven';
  return { word, accepted, guard };
}

/** Standard uncertainty in s of a window's length: both edges within a sample (triangular) and the clock's half-width. */
export function windowLengthUncertaintyS(durationS: number, samplePeriodS: number, clockHalfRel: number): number {
  return Math.hypot(samplePeriodS / Math.sqrt(6), (durationS * clockHalfRel) / Math.sqrt(3));
}

/** Relative standard uncertainty of the ratio of two throughputs, from those of their parts (energy against performance run). */
export function throughputRatioUncertainty(relativeParts: readonly number[]): number {
  return Math.hypot(...relativeParts);
}
