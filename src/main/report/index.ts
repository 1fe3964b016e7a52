/**
 * What is written about a session: result files in published forms, tables and the PDF report. All of it is a function of a
 * `SessionView`; nothing here opens a file (except the fonts), asks the time or knows an instrument.
 */
export {
  energyFormat,
  resultsFormat,
  writeEnergyJson,
  writeInputsCsv,
  writeLogTxt,
  writeResultsJson,
  writeResultsTxt,
  writeRunFiles,
  writeScript,
  writeWindowsCsv,
} from './files/index.ts';
export type { ResultFile } from './files/index.ts';
export { renderAuditReport } from './audit-pdf.ts';
export type { AuditPdfInput } from './audit-pdf.ts';
export { renderChecklist } from './checklist-pdf.ts';
export type { ChecklistForm } from './checklist-pdf.ts';
export { batchFileName, writeBatchCsv } from './batch-csv.ts';
export { renderBatchReport } from './batch-pdf.ts';
export { renderHookUp } from './hook-up-pdf.ts';
export type { HookUpInput, HookUpRun } from './hook-up-pdf.ts';
export { loadReportFonts, renderReport, sessionVerdict } from './pdf/index.ts';
export type { Paper, ReportFonts, ReportOptions, ReportUnits } from './pdf/index.ts';
export type {
  CalibrationView,
  ClassView,
  Exchange,
  FiguresView,
  InputView,
  RocView,
  RunView,
  SessionView,
  WindowView,
} from './view.ts';
export type { CertificateView, ColumnsRequest, EnergyExtras, EnergyView, TraceColumnsView } from './energy-view.ts';
export { traceColumnsView, traceRequests } from './energy-view.ts';
export { sessionView } from './from-session.ts';
export type { ViewExtras } from './from-session.ts';
