import type { RunEvidence, StreamingEvidence, StreamingScore } from './evidence.ts';
import { failed, notApplicable, passed } from './rule.ts';
import type { CheckResult } from './rule.ts';

/** Limits of the streaming wake word. Source: results and submission, ACC-08 and NRG-13. */
const streamingLimits = {
  falsePositives: 8,
  falseNegatives: 8,
  words: 50,
  shortestS: 1198,
  longestS: 1210,
} as const;

/** Applies a check to a run of the streaming wake word. */
function onStreaming(check: (streaming: StreamingEvidence, run: RunEvidence) => CheckResult) {
  return (run: RunEvidence): CheckResult => (run.streaming ? check(run.streaming, run) : notApplicable('notStreaming'));
}

/** ACC-08, on the printed score as the official checker, or on the recomputed one where none is printed. */
export const checkStreamingTarget = onStreaming(({ printed, recomputed }, { division }) => {
  if (division === 'open') return notApplicable('notClosed');
  const score = printed ?? recomputed;
  if (!score) return notApplicable('noMetric');
  const facts = { falsePositives: score.falsePositives, falseNegatives: score.falseNegatives };
  const refs = printed ? [printed.ref] : [];
  const words = score.truePositives + score.falseNegatives;
  if (words !== streamingLimits.words)
    return failed({ words, expected: streamingLimits.words }, refs, { message: 'words' });
  const beyond =
    score.falsePositives > streamingLimits.falsePositives || score.falseNegatives > streamingLimits.falseNegatives;
  if (!beyond) return passed(facts);
  return failed({ ...facts, limit: streamingLimits.falsePositives }, refs, {
    severity: division === 'closed' ? 'E' : 'I',
  });
});

/** ACC-09: the score recomputed with the allowance of the released code; that of 1 s is told beside it. */
export const checkStreamingScore = onStreaming(({ printed, recomputed, oneSecond }) => {
  if (!printed) return notApplicable('notReported');
  if (!recomputed) return notApplicable('noMetric');
  const facts = {
    printed: scoreText(printed),
    recomputed: scoreText(recomputed),
    oneSecond: oneSecond ? scoreText(oneSecond) : '–',
  };
  return facts.printed === facts.recomputed ? passed(facts) : failed(facts, [printed.ref]);
});

/** NRG-13: mean power over the whole stream. */
export const checkStreamingPower = onStreaming(({ energy, printed }) => {
  if (!energy) return notApplicable('noEnergy');
  const { durationS, powerUW } = energy;
  const facts = { durationS, powerMW: powerUW / 1000 };
  const refs = printed ? [{ file: printed.ref.file }] : [];
  const { shortestS, longestS } = streamingLimits;
  if (durationS < shortestS || durationS > longestS)
    return failed({ ...facts, shortestS, longestS }, refs, { message: 'length' });
  return powerUW > 0 ? passed(facts) : failed(facts, refs, { message: 'noPower' });
});

/** Heard, missed and false. */
function scoreText({ truePositives, falseNegatives, falsePositives }: StreamingScore): string {
  return `${truePositives} / ${falseNegatives} / ${falsePositives}`;
}
