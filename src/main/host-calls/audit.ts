import type { HostContext, SomeCalls } from './context.ts';

/** Audits of published results. */
export function auditCalls({ audits, madeFiles, uploads }: HostContext) {
  return {
    'audit.start': async ({ source, ...options }) => {
      if ('path' in source) return { auditId: await audits.start(source.path, options) };
      const { uploadId, name } = source;
      const discard = (): Promise<void> => uploads.forget(uploadId);
      return { auditId: await audits.start(uploads.path(uploadId), options, { name, discard }) };
    },
    'audit.list': async () => audits.list(),
    'audit.stop': async ({ auditId }) => {
      audits.stop(auditId);
      return {};
    },
    'audit.rows': async ({ auditId, filter, offset, limit }) => audits.rows(auditId, filter, offset, limit),
    'audit.run': async ({ auditId, index }) => audits.run(auditId, index),
    'audit.package': async ({ auditId }) => audits.packageFindings(auditId),
    'audit.lines': ({ auditId, file, line }, { signal }) => audits.lines(auditId, { file, line }, signal),
    'audit.save': ({ auditId, kind }) => audits.save(auditId, kind, madeFiles),
  } satisfies SomeCalls;
}
