import { writeFile } from 'node:fs/promises';
import type { ReportOverview, SignOff } from '../../shared/domain/report-page.ts';
import { Fault } from '../../shared/fault/index.ts';
import { findingText } from '../../shared/text/finding.ts';
import {
  checkSignatures,
  createPdfRenderer,
  energyExtras,
  evidenceOf,
  readEvidence,
  reportName,
  signatureViews,
  takeAways,
} from '../archive/index.ts';
import { sessionVerdict, sessionView } from '../report/index.ts';
import { foldSession } from '../session/index.ts';
import type { SessionRecord } from '../session/index.ts';
import { fingerprintOf, trustKeys } from '../signing/index.ts';
import { readManifest, readSession } from '../store/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** The report of a session: what it says, how it is made, what can be taken away, and who stands for it. */
export function reportCalls({ host, madeFiles, folderOf }: HostContext) {
  const read = async (sessionId: string) => {
    const folder = folderOf(sessionId);
    const { entries } = await readSession(folder);
    const session = foldSession(entries);
    if (!session) throw new Fault('app.sessionUnknown', { sessionId });
    return { folder, entries, session };
  };

  const signOff = async (folder: string, session: SessionRecord): Promise<SignOff> => {
    const text = host.text();
    const words = ({ key, values }: { key: string; values: Record<string, string | number> }): string =>
      text.t(`verify.${key}`, values);
    const { signatures, problems } = await checkSignatures(folder, session);
    const trusted = await trustKeys(
      signatures.map(({ publicKey, view }) => ({ publicKey, name: view.name })),
      session.opened.sessionId,
      host,
    );
    const ofOne = new Set(signatures.flatMap((one) => one.problems));
    return {
      closed: session.closed && (await readManifest(folder)) !== undefined,
      signatures: signatures.map((one, i) => ({
        ...one.view,
        trust: trusted[i]?.trust ?? { kind: 'new' },
        problems: [...one.problems, ...(trusted[i]?.remarks ?? [])].map(words),
      })),
      remarks: problems.filter((problem) => !ofOne.has(problem)).map(words),
      keeping: await host.keys.keeping(),
      people: (await host.keys.list()).map(({ name, keeping, publicKey }) => ({
        name,
        keeping,
        fingerprint: fingerprintOf(publicKey),
      })),
    };
  };

  return {
    'report.overview': async ({ sessionId }): Promise<ReportOverview> => {
      const { folder, session } = await read(sessionId);
      const text = host.text();
      return {
        ...sessionVerdict(sessionView(session), text),
        notes: session.notes,
        runs: session.runs.map(({ runId, judged }) => ({
          runId,
          rules: (judged?.judgement.findings ?? []).map((finding) => ({
            rule: finding.rule,
            severity: finding.severity,
            outcome: finding.outcome,
            ...findingText(text, finding),
          })),
        })),
        files: (await takeAways(folder, session)).map(({ id, kind, runId, sizeBytes }) => ({
          id,
          kind,
          runId,
          sizeBytes,
        })),
      };
    },
    'report.make': async ({ sessionId, paper, units }) => {
      const { folder, session } = await read(sessionId);
      const signatures = await signatureViews(folder, session);
      const view = {
        ...sessionView(session, await energyExtras(folder, session)),
        ...(signatures.length > 0 ? { signatures } : {}),
      };
      const render = createPdfRenderer(() => ({ locale: host.settings.get().language, paper, units }));
      return madeFiles.offer(`${sessionId}-${reportName(view.simulated)}`, 'application/pdf', async (path) =>
        writeFile(path, await render(view)),
      );
    },
    'report.export': async ({ sessionId, id }) => {
      const { folder, session } = await read(sessionId);
      const file = (await takeAways(folder, session)).find((one) => one.id === id);
      if (!file) throw new Fault('app.fileGone', {});
      return madeFiles.offer(file.name, file.mediaType, (path) => file.write(path));
    },
    'report.evidence': async ({ sessionId, runId, rule }) => {
      const { folder, entries, session } = await read(sessionId);
      const run = session.runs.find((one) => one.runId === runId);
      const finding = run?.judged?.judgement.findings.find((one) => one.rule === rule);
      return finding ? readEvidence(folder, evidenceOf(entries, runId, finding)) : { total: 0, lines: [] };
    },
    'report.signOff': async ({ sessionId }) => {
      const { folder, session } = await read(sessionId);
      return signOff(folder, session);
    },
    'report.sign': async ({ sessionId, ...request }) => {
      const { folder, session } = await read(sessionId);
      await host.sign({ folder, ...request });
      return signOff(folder, session);
    },
  } satisfies SomeCalls;
}
