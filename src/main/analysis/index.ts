/** Pure figures: what a run's raw records say. Imports nothing but `src/shared`. */
export { accuracyFigures, meanByFile } from './accuracy.ts';
export type { AccuracyFigures, AnomalyFigures, AucFigures, ClassificationFigures, ScoredInput } from './accuracy.ts';
export { aucEembc, aucEembcAnomaly, bestPrecisionRecall } from './auc-eembc.ts';
export { aucExact, aucMlc, binaryAuc } from './auc-exact.ts';
export { compareClocks, stampResolutionUs } from './clock-check.ts';
export type { ClockComparison, ClockPair } from './clock-check.ts';
export { rocPoints } from './roc.ts';
export type { RocPoint } from './roc.ts';
export { accuracySummary, windowsFigures } from './run-figures.ts';
export type { AccuracySummary, RecordedWindow, RecordedWindowFigures, WindowsFigures } from './run-figures.ts';
export { streamingAllowanceS, streamingFigures } from './streaming.ts';
export type { StreamingFigures } from './streaming.ts';
export { argMax, top1Figures, wilson95 } from './top1.ts';
export type { ClassFigures, LabelledVectors, Top1Figures } from './top1.ts';
export { elapsedUs, median, performanceFigures, relativeSpread, throughputInfPerS } from './windows.ts';
export type { PerformanceFigures, WindowFigures, WindowStamps } from './windows.ts';
export { canBeBaseline, compareSessions, judgeLimits } from './comparison/index.ts';
export type * from './comparison/index.ts';
export { EembcTime, mlcSlice } from './energy/eembc-time.ts';
export { comparedEnergy } from './energy/compared.ts';
export { energyFigures } from './energy/figures.ts';
export type { FiguresOptions } from './energy/figures.ts';
export { lostSamplesIn } from './energy/integrity.ts';
export { publishedEnergy } from './energy/published.ts';
export type { PublishedEnergy, PublishedWindow } from './energy/published.ts';
export { StretchAccumulator } from './energy/stretch.ts';
export type { SampleExtras, SampleFormat } from './energy/stretch.ts';
export { summariseTrace } from './energy/summarise.ts';
export type { RestRange, SummaryOptions, SummaryParts, TraceSource, WindowEdges } from './energy/summarise.ts';
export { compareEnergies, holm } from './uncertainty/compare.ts';
export type { BenchIdentity, ComparedEnergy, ComparedRange, Comparison } from './uncertainty/compare.ts';
export { conformity, guardedConformity, windowLengthUncertaintyS } from './uncertainty/conformity.ts';
export type { Conformity, ConformityCheck, ConformityWord } from './uncertainty/conformity.ts';
export {
  fitRange,
  fitRatio,
  fitRelativeUncertainty,
  loadsCoverSpan,
  pointUncertaintyA,
  referenceCurrentA,
} from './uncertainty/fit.ts';
export type { FitPoint, PointInput, RangeFit } from './uncertainty/fit.ts';
export { roundedFigure } from './uncertainty/rounding.ts';
export type { RoundedFigure } from './uncertainty/rounding.ts';
export { mergeAssumptions, specificationOf } from './uncertainty/specifications.ts';
export type { UserAssumptions, UserHalfWidth } from './uncertainty/specifications.ts';
