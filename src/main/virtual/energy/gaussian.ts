import { seededRandom } from '../random.ts';

/**
 * Standard normal numbers from an integer generator: the sum of twelve 16-bit draws (virtual-bench 4.2). Logarithm and sine
 * may differ between engines, sums do not.
 */
export function gaussian(seed: number): () => number {
  const next = seededRandom(seed);
  return () => {
    let sum = 0;
    for (let i = 0; i < 6; i++) {
      const bits = next();
      sum += (bits >>> 16) + (bits & 0xffff);
    }
    // Twelve uniforms on 0..65535: mean 12 * 32767.5, variance 65536^2 - 1.
    return (sum - 393_210) / 65_536;
  };
}
