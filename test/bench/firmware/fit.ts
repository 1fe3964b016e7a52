/** One observation: what an operator has of each feature, and what it cost. */
export interface Observation {
  features: Readonly<Record<string, number>>;
  cost: number;
}

export type Coefficients = Record<string, number>;

const sweeps = 20_000;

/**
 * Least squares with coefficients that are not negative, by coordinate descent. Residuals are weighted by 1 / sqrt(cost): large
 * operators decide a total, small ones still count. A feature that no observation has gets no coefficient.
 */
export function fit(observations: readonly Observation[]): Coefficients {
  const names = [...new Set(observations.flatMap(({ features }) => Object.keys(features)))].filter((name) =>
    observations.some(({ features }) => (features[name] ?? 0) > 0),
  );
  const weights = observations.map(({ cost }) => 1 / Math.sqrt(Math.max(cost, 1)));
  const columns = names.map((name) =>
    observations.map(({ features }, row) => (features[name] ?? 0) * (weights[row] ?? 0)),
  );
  const norms = columns.map((column) => column.reduce((sum, value) => sum + value * value, 0));
  const residuals = observations.map(({ cost }, row) => cost * (weights[row] ?? 0));
  const coefficients = names.map(() => 0);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    columns.forEach((column, index) => {
      const norm = norms[index] ?? 0;
      if (norm === 0) return;
      const before = coefficients[index] ?? 0;
      const step = column.reduce((sum, value, row) => sum + value * (residuals[row] ?? 0), 0) / norm;
      const after = Math.max(0, before + step);
      coefficients[index] = after;
      column.forEach((value, row) => (residuals[row] = (residuals[row] ?? 0) - (after - before) * value));
    });
  }
  const found = names.map((name, index): [string, number] => [name, Number((coefficients[index] ?? 0).toPrecision(4))]);
  return Object.fromEntries(found.filter(([, value]) => value > 1e-6));
}

/** What a fit says to an operator. */
export function predict(coefficients: Coefficients, features: Readonly<Record<string, number>>): number {
  return Object.entries(coefficients).reduce((sum, [name, value]) => sum + value * (features[name] ?? 0), 0);
}
