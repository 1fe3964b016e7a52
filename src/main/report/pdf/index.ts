export { loadReportFonts } from './fonts.ts';
export type { ReportFonts } from './fonts.ts';
export { renderReport } from './render.ts';
export type { ReportOptions } from './document.ts';
export type { Paper } from './theme.ts';
export type { ReportUnits } from './words.ts';
export { sessionVerdict } from './verdict-words.ts';
export type { VerdictWords } from './verdict-words.ts';
