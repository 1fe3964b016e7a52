export { writeFileAtomic } from './atomic-file.ts';
export { openBenchFile } from './bench-file.ts';
export type { BenchFile } from './bench-file.ts';
export { openEventFile, parseEvents, readEventFile } from './event-file.ts';
export type { DatedEvent, EventFile } from './event-file.ts';
export { defaultFolders } from './folders.ts';
export type { FolderEnvironment, Folders } from './folders.ts';
export * from './journal/index.ts';
export { makeFolder } from './make-folder.ts';
export {
  hashFile,
  hashFiles,
  manifestName,
  manifestSchema,
  readManifest,
  sealSession,
  signaturesName,
  signedReportName,
} from './manifest.ts';
export type { Manifest } from './manifest.ts';
export { readRemovedTraces, removedTracesName, writeRemovedTraces } from './removed-traces.ts';
export type { RemovedTrace } from './removed-traces.ts';
export * from './session-index/index.ts';
export { createSession, journalName, readSession, reopenSession, sessionName } from './session-folder.ts';
export type { OpenSession } from './session-folder.ts';
export { openSettings } from './settings.ts';
export type { SettingsStore } from './settings.ts';
export { storeFault } from './store-fault.ts';
export { openSystemDescriptions } from './system-descriptions.ts';
export type { SystemDescriptions } from './system-descriptions.ts';
export { zipFiles } from './zip-files.ts';
