import { gaussian } from '../../../../src/main/virtual/energy/gaussian.ts';
import { seededRandom } from '../../../../src/main/virtual/random.ts';

/** Seeded numbers of one trial, with the distributions of a budget. */
export class Draw {
  readonly #uniform: () => number;
  readonly #normal: () => number;

  constructor(seed: number) {
    const next = seededRandom(seed);
    this.#uniform = () => next() / 2 ** 32;
    this.#normal = gaussian(seed ^ 0x3c6e_f372);
  }

  /** In [0, 1). */
  uniform(): number {
    return this.#uniform();
  }

  /** Rectangular between -half and half. */
  within(half: number): number {
    return half * (2 * this.#uniform() - 1);
  }

  normal(sigma: number): number {
    return sigma * this.#normal();
  }
}
