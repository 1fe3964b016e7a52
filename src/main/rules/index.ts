/** The rule book: each rule is data and a pure function. Imports nothing but `src/shared`. */
export { clockLimits } from './clock-rule.ts';
export type { EnergyEvidence, EnergyWindowEvidence, PrintedFigure, ReportedEnergy } from './energy-evidence.ts';
export { energyLimits } from './energy-limits.ts';
export type {
  AccuracyEvidence,
  CompanionEvidence,
  DutEvidence,
  IncidentEvidence,
  InputEvidence,
  RecordingEvidence,
  RecordsEvidence,
  ReportedFigures,
  RunEvidence,
  RunFigures,
  WindowEvidence,
  WindowFigures,
} from './evidence.ts';
export { applyRule, judgeRun, ruleBook, verdictOf } from './judge.ts';
export { performanceLimits } from './performance-rules.ts';
export type { CheckResult, Rule } from './rule.ts';
