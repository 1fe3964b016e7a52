import { streamingAllowanceS, streamingFigures } from '../../analysis/index.ts';
import type { StreamingFigures } from '../../analysis/index.ts';
import { streamingWordsS } from '../../workload/index.ts';
import type { ReadRun } from '../read/index.ts';

export interface RecomputedStreaming {
  /** By the runner's allowance, and by that of its README; null without detections. */
  score: StreamingFigures | null;
  oneSecond: StreamingFigures | null;
  words: number;
  dutyCycle: number | null;
  periodS: number | null;
  processingS: number | null;
}

/** Score and duty cycle of a streaming run, from `results.json` or, where that is left out, from the log's list of detections. */
export function recomputeStreaming({ json, log }: ReadRun): RecomputedStreaming {
  const entry = json?.entries.find((candidate) => candidate.streaming)?.streaming ?? null;
  const detections = entry?.detectionsMs ?? log?.detections?.ms ?? [];
  const words = entry && entry.wordsS.length > 0 ? entry.wordsS : streamingWordsS;
  return {
    score: streamingFigures(detections, words),
    oneSecond: streamingFigures(detections, words, streamingAllowanceS.documented),
    words: words.length,
    dutyCycle: entry?.dutyCycle ?? null,
    periodS: entry?.periodS ?? null,
    processingS: entry?.processingS ?? null,
  };
}
