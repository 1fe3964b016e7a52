import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageAnswer, PackageReason } from '../../../shared/domain/package.ts';
import type { Finding } from '../../../shared/domain/verdict.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { findingText } from '../../../shared/text/finding.ts';
import type { Text } from '../../../shared/text/index.ts';
import { storeFault } from '../../store/index.ts';
import { auditFolder } from '../pool/index.ts';
import { openSource } from '../source/index.ts';
import type { RunOutcome } from '../types.ts';
import { readMaterial } from './material.ts';
import type { Material } from './material.ts';
import type { MaterialOptions } from './tools.ts';
import { checkSystems, planPackage } from './plan.ts';
import { publishedRows } from './published-rows.ts';
import type { MaterialRun, PackagePlanInput, PackageSystem } from './types.ts';
import { checkFree, writeDraft } from './write.ts';

/** A system, and where its runs lie: sessions of ours (`SESSION#r1,r3` for some of its runs), folders with results, zip files of either. */
export interface RequestedSystem extends PackageSystem {
  sources: readonly string[];
}

export interface PackageRequest extends Pick<PackagePlanInput, 'division' | 'round' | 'hookUp' | 'memory' | 'program'> {
  systems: readonly RequestedSystem[];
  /** Folder of the code; null without one. */
  code: string | null;
  /** Folder, or zip file by the ending of its name. */
  out: string;
}

export interface PackageTools extends Pick<MaterialOptions, 'sessions' | 'personal' | 'signal' | 'threads'> {
  /** Words for whoever calls. */
  text: Text;
  /** Words of the documents. */
  documents: Text;
  /** Told after each step: the sources one after the other, the draft, its audit. */
  onStep?: ((done: number, total: number) => void) | undefined;
}

/**
 * Makes a submission package, or says why not. The package is written as a draft, audited as a whole, and only then put in its place.
 * @throws Fault of the areas `audit`, `package` and `store` for what cannot be read or written.
 */
export async function makePackage(request: PackageRequest, tools: PackageTools): Promise<PackageAnswer> {
  const scratch = await mkdtemp(join(tmpdir(), 'joulebench-package-')).catch((error: unknown) => {
    throw storeFault(error, tmpdir());
  });
  try {
    return await makeWith(request, { ...tools, scratch });
  } finally {
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function makeWith(request: PackageRequest, tools: PackageTools & { scratch: string }): Promise<PackageAnswer> {
  const { division, round, systems, out } = request;
  const { text, documents, signal, threads, onStep } = tools;
  // What cannot be is said before anything is read.
  await checkFree(out);
  checkSystems(systems);
  const materials: Material[] = [];
  const sources = systems.flatMap((one) => one.sources.map((source) => ({ source, system: one.system })));
  const steps = sources.length + 2;
  onStep?.(0, steps);
  for (const [done, { source, system }] of sources.entries()) {
    signal?.throwIfAborted();
    materials.push(...(await readMaterial(source, { ...tools, round, system })));
    onStep?.(done + 1, steps);
  }
  const runs = materials.flatMap((material) => material.runs);
  const input = {
    ...request,
    runs,
    code: await codeFiles(request.code, signal),
    obstacles: materials.flatMap((material) => obstaclesOf(material, documents)),
  };
  const plan = planPackage(input, documents);
  const redactors = new Map(
    materials.flatMap(({ runs: own, redact }) => own.flatMap(({ files }) => files.map(({ path }) => [path, redact]))),
  );
  const draft = await writeDraft(out, plan.files, (path, content) => redactors.get(path)?.(content) ?? content);
  try {
    signal?.throwIfAborted();
    onStep?.(steps - 1, steps);
    const audit = await auditFolder(
      { kind: 'folder', path: draft.folder },
      { scope: 'package', round, signal, threads },
    );
    const found = [
      ...materials.flatMap(sourceFindings),
      ...audit.runs.flatMap((run) => run.findings.map((finding) => ({ folder: run.folder, finding }))),
      ...audit.findings.map((finding) => ({ folder: null, finding })),
    ];
    onStep?.(steps, steps);
    const simulated = [...simulatedRuns(runs, text), ...simulatedOutcomes(audit.runs, text)];
    const standing = found.filter(({ finding }) => stands(finding)).map((one) => reasonOf(one, text));
    const reasons = once([...simulated, ...standing]);
    const remarks = once(found.filter(({ finding }) => !stands(finding)).map((one) => reasonOf(one, text)));
    const made = reasons.length === 0;
    const paths = plan.files.map(({ path }) => path);
    signal?.throwIfAborted();
    if (made) await draft.keep();
    return {
      made,
      kind: plan.kind,
      path: made ? out : null,
      round,
      division,
      organisation: plan.organisation,
      systems: systems.map(({ system }) => system),
      runs: runs.map(({ system, benchmark, mode, source, run, own }) => ({
        system,
        benchmark,
        mode,
        source,
        run,
        own,
      })),
      files: made ? paths : [],
      planned: paths,
      published: systems.flatMap(({ system, description }) =>
        publishedRows(
          runs.filter((run) => run.system === system),
          system,
          description,
        ),
      ),
      reasons,
      remarks,
    };
  } finally {
    await draft.discard();
  }
}

interface FoundFinding {
  folder: string | null;
  finding: Finding;
}

/** Whether a finding stands in the way of any package. RUN-04 makes it a validation package instead. */
function stands({ rule, severity }: Finding): boolean {
  return severity === 'E' && rule !== 'RUN-04';
}

/** Of a session of ours its journal tells more than the files that go into the package. */
function sourceFindings({ runs, outcomes }: Material): FoundFinding[] {
  if (!runs.some(({ runner, run }) => runner === 'joulebench' && /^r\d+$/.test(run))) return [];
  return outcomes.flatMap(({ folder, findings }) =>
    findings.filter(({ rule }) => rule !== 'RUN-04').map((finding) => ({ folder, finding })),
  );
}

function obstaclesOf({ runs, outcomes }: Material, documents: Text): string[] {
  return runs.flatMap(({ own, run, benchmark, mode }) => {
    const outcome = outcomes.find(({ folder }) => folder === run || folder.endsWith(`#${run}`));
    const finding = outcome?.findings.find(({ rule, severity }) => rule === 'RUN-04' && (own || severity === 'E'));
    if (!finding && !own) return [];
    // A run of ours is one whatever its audit says.
    const message = finding ? findingText(documents, finding).message : documents.t('rule.RUN-04.ownRunner');
    return [documents.t('package.obstacle', { benchmark, mode, message })];
  });
}

function reasonOf({ folder, finding }: FoundFinding, text: Text): PackageReason {
  const { message } = findingText(text, finding);
  return { rule: finding.rule, folder, message, evidence: finding.evidence };
}

function simulatedRuns(runs: readonly MaterialRun[], text: Text): PackageReason[] {
  return runs
    .filter(({ simulated }) => simulated)
    .map(({ source, run }) => simulatedReason(run === '.' ? source : `${source} ${run}`, text));
}

function simulatedOutcomes(runs: readonly RunOutcome[], text: Text): PackageReason[] {
  return runs.filter(({ simulated }) => simulated).map(({ folder }) => simulatedReason(folder, text));
}

function simulatedReason(folder: string, text: Text): PackageReason {
  return { rule: 'SIMULATED', folder, message: text.t('package.simulated'), evidence: [] };
}

function once(reasons: readonly PackageReason[]): PackageReason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

async function codeFiles(folder: string | null, signal?: AbortSignal): Promise<{ name: string; path: string }[]> {
  if (folder === null) return [];
  const source = await openSource({ kind: 'folder', path: folder });
  const files: { name: string; path: string }[] = [];
  for await (const { path, kind } of source.list(signal)) {
    if (path.split('/').some((part) => part.startsWith('.') || part === '__pycache__')) continue;
    if (kind === 'link' || kind === 'other') throw new Fault('package.link', { path });
    if (kind === 'file') files.push({ name: path, path: `${folder}/${path}` });
  }
  return files;
}
