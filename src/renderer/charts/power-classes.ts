/** A rectangle in log10 units: x is the latency in s, y the energy in J. */
export interface LogBox {
  x: [number, number];
  y: [number, number];
}
export type LogPoint = [number, number];

/** A class of mean power as a strip low <= y - x < high in log10 of W; both axes share the scale, so its borders are diagonals. */
export interface PowerClass {
  name: 'micro' | 'milli' | 'watt';
  low: number;
  high: number;
}

/** From a microwatt to a milliwatt, from there to a watt, and above. */
export const powerClasses: readonly PowerClass[] = [
  { name: 'micro', low: -6, high: -3 },
  { name: 'milli', low: -3, high: 0 },
  { name: 'watt', low: 0, high: 3 },
];

/** Diagonals of constant power: every decade from 1 uW to 100 W, in log10 of W. */
export const powerDecades: readonly number[] = [-6, -5, -4, -3, -2, -1, 0, 1, 2];

/** The part of a strip low <= y - x <= high inside a box, as a convex polygon; empty where they do not meet. */
export function clipStrip({ x, y }: LogBox, low: number, high: number): LogPoint[] {
  const box: LogPoint[] = [
    [x[0], y[0]],
    [x[1], y[0]],
    [x[1], y[1]],
    [x[0], y[1]],
  ];
  const above = clipHalf(box, ([px, py]) => py - px - low);
  return clipHalf(above, ([px, py]) => high - (py - px));
}

/** Sutherland and Hodgman: keeps what is not below 0. */
function clipHalf(polygon: readonly LogPoint[], side: (point: LogPoint) => number): LogPoint[] {
  return polygon.flatMap((point, index) => {
    const next = polygon[(index + 1) % polygon.length] as LogPoint;
    const [a, b] = [side(point), side(next)];
    const kept: LogPoint[] = a >= 0 ? [point] : [];
    if (a >= 0 !== b >= 0) {
      const share = a / (a - b);
      kept.push([point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share]);
    }
    return kept;
  });
}

/** Where the diagonal y = x + power enters and leaves a box; undefined where it does not cross it. */
export function diagonalIn({ x, y }: LogBox, power: number): [LogPoint, LogPoint] | undefined {
  const from = Math.max(x[0], y[0] - power);
  const to = Math.min(x[1], y[1] - power);
  return from < to
    ? [
        [from, from + power],
        [to, to + power],
      ]
    : undefined;
}

/** Marks at 1, 2 and 5 of every decade inside a range of log10 values. */
export function logTicks([low, high]: [number, number]): number[] {
  const ticks: number[] = [];
  for (let decade = Math.floor(low); decade <= Math.ceil(high); decade += 1) {
    for (const factor of [1, 2, 5]) {
      const tick = decade + Math.log10(factor);
      if (tick >= low - 1e-9 && tick <= high + 1e-9) ticks.push(tick);
    }
  }
  return ticks;
}

/** Whole decades around values, at least one. Values in log10 units. */
export function decadesAround(values: readonly number[]): [number, number] {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return [-3, 0];
  // Adding 0 turns the -0 that rounding up gives into 0.
  const [low, high] = [Math.floor(Math.min(...known) - 0.1) + 0, Math.ceil(Math.max(...known) + 0.1) + 0];
  return high > low ? [low, high] : [low, low + 1];
}
