export { auditFolder } from './pool/index.ts';
export { auditTree } from './audit-tree.ts';
export { linesOf } from './read/lines.ts';
export { openSource } from './source/index.ts';
export type { FileSource, SourceEntry, SourceSpec } from './source/index.ts';
export type { AuditOptions, AuditOutcome } from './types.ts';
export { auditReport } from './words.ts';
export { emptyDescription, makePackage, readDescription } from './submission/index.ts';
export type {
  MemoryLine,
  PackageRequest,
  PackageSystem,
  PackageTools,
  RequestedSystem,
  SessionTools,
} from './submission/index.ts';
