export { energyExtras } from './energy-extras.ts';
export { finishSession, reportName, runFolder } from './finish.ts';
export { createPdfRenderer } from './pdf-renderer.ts';
export type { RenderPdf } from './pdf-renderer.ts';
export { createSessionList, findSession, liveRuns, summarise } from './sessions.ts';
export { verifySession } from './verify.ts';
export type { SessionList } from './sessions.ts';
export type { VerifyProblem, VerifyResult } from './verify.ts';
