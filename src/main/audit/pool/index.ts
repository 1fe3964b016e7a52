export { auditFolder } from './audit-folder.ts';
export type { AuditFolderOptions } from './audit-folder.ts';
