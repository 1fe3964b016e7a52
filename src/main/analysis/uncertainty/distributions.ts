/** 97.5 % point of the standard normal distribution: k of a two-sided 95 % interval. */
export const z95 = 1.959963984540054;

/** Logarithm of the gamma function for x > 0 (Lanczos, g = 7, nine terms; relative error below 1e-14). */
function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const base = shifted + 7.5;
  const sum = coefficients.reduce((total, value, index) => total + value / (shifted + index + 1), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Regularised lower incomplete gamma function P(a, x): its series below a + 1, the continued fraction of Q above. */
function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 1000 && Math.abs(term) > Math.abs(sum) * 1e-16; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * front;
  }
  return 1 - front * continuedFraction((n) => [x + 2 * n + 1 - a, n === 0 ? 1 : -n * (n - a)]);
}

/** b-and-a continued fraction a0/(b0 + a1/(b1 + ...)) by the modified method of Lentz; `terms(n)` gives [b, a]. */
function continuedFraction(terms: (n: number) => [number, number]): number {
  const tiny = 1e-300;
  let value = tiny;
  let c = value;
  let d = 0;
  for (let n = 0; n < 1000; n += 1) {
    const [b, a] = terms(n);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (n > 0 && Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

const hartNumerator = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const hartDenominator = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];

/** Distribution function of the standard normal distribution, to about 1e-15 (Hart's rational approximation, as in West 2005). */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const polynomial = (coefficients: readonly number[]): number =>
    coefficients.reduce((sum, coefficient) => sum * size + coefficient, 0);
  const density = Math.exp(-0.5 * size * size);
  let tail = 0;
  if (size < 7.07106781186547) tail = (density * polynomial(hartNumerator)) / polynomial(hartDenominator);
  else if (size < 37) {
    const fraction = size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))));
    tail = density / (fraction * Math.sqrt(2 * Math.PI));
  }
  return x > 0 ? 1 - tail : tail;
}

/** Probability that a chi-squared variable of `nu` degrees of freedom stays below `chi2`. */
export function chiSquaredCdf(chi2: number, nu: number): number {
  return lowerGamma(0.5 * nu, 0.5 * chi2);
}

/** Probability that |t| of Student's distribution with `nu` (real, or null for infinite) degrees of freedom exceeds |t|. */
export function studentTwoSided(t: number, nu: number | null): number {
  if (nu === null || nu > 1e7) return 2 * normalCdf(-Math.abs(t));
  return regularisedBeta(nu / (nu + t * t), 0.5 * nu, 0.5);
}

/** Regularised incomplete beta function I_x(a, b). */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(
    a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b) - Math.log(a),
  );
  return (
    front *
    continuedFraction((n) => {
      if (n === 0) return [1, 1];
      const m = Math.floor(n / 2);
      const numerator =
        n % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
      return [1, numerator];
    })
  );
}

/**
 * t(0.975, nu) for real nu >= 4 by the Cornish-Fisher expansion, error below 0.001 (uncertainty, section 5.2).
 * Null means infinite. @throws RangeError below 4, which no budget reaches.
 */
export function studentQuantile975(nu: number | null): number {
  if (nu === null || nu === Infinity) return z95;
  if (!(nu >= 4)) throw new RangeError(`${nu} degrees of freedom are fewer than 4`);
  const z = z95;
  return (
    z +
    (z ** 3 + z) / (4 * nu) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * nu ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * nu ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / (92160 * nu ** 4)
  );
}
