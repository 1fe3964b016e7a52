/** Comparison of runs: what fits what, differences with their uncertainty and test, limits. Pure. */
export { canBeBaseline, canCompare, obstaclesBetween } from './comparability.ts';
export { judgeLimits } from './limits.ts';
export type { LimitOptions } from './limits.ts';
export { compareSessions } from './sessions.ts';
export type {
  AccuracySide,
  ComparedRun,
  ComparedSession,
  EnergyConditions,
  EnergyRunSide,
  EnergySide,
  RunConditions,
  ThroughputSide,
} from './types.ts';
