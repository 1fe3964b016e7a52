import type { BudgetRow, FigureOrigin, HalfWidth } from './types.ts';

/** One place where a cause acts: a range, or the whole figure. Contribution = sensitivity * value / divisor, with its sign. */
export interface Place {
  /** `gain.2`, `voltage`, ... */
  id: string;
  /** Half-width or standard uncertainty in `unit`. */
  value: number;
  unit: string;
  isHalfWidth: boolean;
  divisor: number;
  origin: FigureOrigin;
  /** Change of the figure (uJ per inference, or uW) per unit. */
  sensitivity: number;
}

/**
 * One unknown number. Inside a cause the places are fully correlated and add linearly, causes add in squares (uncertainty,
 * section 5.1): an instrument's gain error is one cause with a place for each range it shows in.
 */
export interface Cause {
  id: string;
  distribution: BudgetRow['distribution'];
  /** Degrees of freedom; null for infinite. */
  nu: number | null;
  /** What it is common to: `none` is drawn anew in each stretch of a trace. */
  common: BudgetRow['common'];
  places: Place[];
}

/** Contribution of a place with its sign, in the figure's unit. */
export function contributionOf(place: Place): number {
  return (place.sensitivity * place.value) / place.divisor;
}

/** Standard uncertainty that a cause brings, in the figure's unit. */
export function standardUncertaintyOf(cause: Cause): number {
  return Math.abs(cause.places.reduce((sum, place) => sum + contributionOf(place), 0));
}

/** A place with a stated half-width: rectangular, except expanded uncertainties with k = 2 (uncertainty, section 8). */
function limitPlace(id: string, half: HalfWidth, unit: string, sensitivity: number): Place {
  const { half: value, kind, source } = half;
  const divisor = kind === 'k2' ? 2 : Math.sqrt(3);
  return { id, value, unit, isHalfWidth: true, divisor, origin: { kind, source }, sensitivity };
}

/** A cause of one place with a stated half-width. */
export function limitCause(
  id: string,
  half: HalfWidth,
  unit: string,
  sensitivity: number,
  common: Cause['common'],
): Cause {
  const distribution = half.kind === 'k2' ? 'normal' : 'rectangular';
  return { id, distribution, nu: null, common, places: [limitPlace(id, half, unit, sensitivity)] };
}

/** A cause of one place that is known by its standard uncertainty. */
export function standardCause(
  id: string,
  value: number,
  unit: string,
  sensitivity: number,
  origin: FigureOrigin,
  rest: { distribution?: Cause['distribution']; nu?: number | null; common?: Cause['common'] } = {},
): Cause {
  const { distribution = 'normal', nu = null, common = 'none' } = rest;
  const place: Place = { id, value, unit, isHalfWidth: false, divisor: 1, origin, sensitivity };
  return { id, distribution, nu, common, places: [place] };
}

/** The same cause with its effect multiplied. */
export function scaledCause(cause: Cause, factor: number): Cause {
  return {
    ...cause,
    places: cause.places.map((place) => ({ ...place, sensitivity: place.sensitivity * factor })),
  };
}

/**
 * Causes of a sum of figures of one bench: a cause common to both parts acts on their sum once (its places add linearly), what is
 * drawn anew in each stretch stays apart. `prefixes` name the parts of the latter.
 */
export function mergedCauses(parts: readonly { prefix: string; causes: readonly Cause[] }[]): Cause[] {
  const merged = new Map<string, Cause>();
  for (const { prefix, causes } of parts) {
    for (const cause of causes) {
      const own = cause.common === 'none';
      const id = own ? `${prefix}.${cause.id}` : cause.id;
      const known = merged.get(id);
      const places = own ? cause.places.map((place) => ({ ...place, id: `${prefix}.${place.id}` })) : cause.places;
      merged.set(id, known ? { ...known, places: addedPlaces(known.places, places) } : { ...cause, id, places });
    }
  }
  return [...merged.values()];
}

/** Places of one id and value become one with the sum of their sensitivities; others stand side by side. */
function addedPlaces(known: readonly Place[], added: readonly Place[]): Place[] {
  const places = [...known];
  for (const place of added) {
    const index = places.findIndex((other) => other.id === place.id && other.value === place.value);
    const same = places[index];
    if (same) places[index] = { ...same, sensitivity: same.sensitivity + place.sensitivity };
    else places.push(place);
  }
  return places;
}
