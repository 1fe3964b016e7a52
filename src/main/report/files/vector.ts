/**
 * The int8 vector behind printed scores, for models whose output has the scale 1/256 and the zero point -128 (every
 * reference classifier): q = 256 s - 128. Three printed decimals are finer than half a step, so the vector is exact;
 * scores that no such vector prints as (another model, logits, rounding of its own) give null.
 */
export function int8Vector(
  scores: readonly number[] | null,
  output: { scale: number; zeroPoint: number } | null,
): number[] | null {
  if (
    scores === null ||
    scores.length === 0 ||
    output === null ||
    output.scale !== 1 / 256 ||
    output.zeroPoint !== -128
  )
    return null;
  const vector = scores.map((score) => Math.round(score * 256) - 128);
  const exact = vector.every(
    (q, i) => q >= -128 && q <= 127 && Math.abs((q + 128) / 256 - (scores[i] ?? NaN)) <= largestPrintError,
  );
  return exact ? vector : null;
}

/** Three decimals, rounded or cut off: both are seen in published firmware. */
const largestPrintError = 0.001;
