/** The rule book: each rule is data and a pure function. Imports nothing but `src/shared`. */
export { clockLimits } from './clock-rule.ts';
export type { EnergyEvidence, EnergyWindowEvidence, PrintedFigure, ReportedEnergy } from './energy-evidence.ts';
export { energyLimits } from './energy-limits.ts';
export type {
  AccuracyEvidence,
  CompanionEvidence,
  DutEvidence,
  FilesEvidence,
  IncidentEvidence,
  InputEvidence,
  RecordComparison,
  RecordingEvidence,
  RecordsEvidence,
  ReportedFigures,
  RunEvidence,
  RunFigures,
  StreamingEvidence,
  StreamingScore,
  WindowEvidence,
  WindowFigures,
} from './evidence.ts';
export { applyRule, judgeRun, ruleBook, verdictOf } from './judge.ts';
export { applyPackageRule, declarationQuestions, fileLimits, packageRuleBook } from './package/index.ts';
export type {
  DeclarationAnswer,
  DeclarationEvidence,
  DeclarationQuestion,
  EntryEvidence,
  PackageEvidence,
  PackageRule,
  SystemEvidence,
} from './package/index.ts';
export { performanceLimits } from './performance-rules.ts';
export { isBefore } from './rule.ts';
export type { CheckResult, Rule } from './rule.ts';
