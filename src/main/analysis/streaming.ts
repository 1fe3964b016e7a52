/** How often the wake word was heard, missed, and heard where there was none. */
export interface StreamingFigures {
  truePositives: number;
  falseNegatives: number;
  falsePositives: number;
}

/** Allowance after a word, in s: that of the released code, and that of the runner's README (DUT protocol, section 12.4). */
export const streamingAllowanceS = { compatible: 2, documented: 1 } as const;

/** False alarms closer together than this count once, in s. */
const mergeS = 1;

/**
 * Scores the detections of a streaming wake word. The first one is the sync pulse and the origin of time. A word is heard when at
 * least one detection lies between its start and the allowance after its end; all that lie there are used up. The others are false
 * alarms, those within 1 s of a counted one merged with it. Source: DUT protocol, section 12.4.
 * @param detectionsMs in order, the sync pulse first.
 * @param wordsS start and end of each word, in s since the stream began.
 * @returns null without a sync pulse.
 */
export function streamingFigures(
  detectionsMs: readonly number[],
  wordsS: readonly (readonly [number, number])[],
  allowanceS: number = streamingAllowanceS.compatible,
): StreamingFigures | null {
  const [sync, ...others] = detectionsMs;
  if (sync === undefined) return null;
  let rest = others.map((ms) => (ms - sync) / 1000);
  let truePositives = 0;
  for (const [startS, endS] of wordsS) {
    const left = rest.filter((timeS) => timeS < startS || timeS > endS + allowanceS);
    if (left.length < rest.length) truePositives += 1;
    rest = left;
  }
  let falsePositives = 0;
  let keptS = Number.NEGATIVE_INFINITY;
  for (const timeS of rest) {
    if (timeS - keptS <= mergeS) continue;
    falsePositives += 1;
    keptS = timeS;
  }
  return { truePositives, falseNegatives: wordsS.length - truePositives, falsePositives };
}
