import { createHash } from 'node:crypto';
import type { PackageEvidence, SystemEvidence } from '../../rules/index.ts';
import { readDeclarations, readPaper, wholeFile } from '../checklist/index.ts';
import type { FileSource, SourceEntry } from '../source/index.ts';
import { nameOf } from '../tree/index.ts';
import type { RunOutcome } from '../types.ts';
import { claimsIn } from './claims.ts';

/** Texts of a package that are read for what they call its results, and the most of them. */
const readText = /\.(?:md|markdown|txt|adoc|rst|pdf|docx)$/i;
const mostTexts = 40;
const mostTextBytes = 4 * 1024 ** 2;

/** Model files that are compared with the official ones. */
const modelName = /\.tflite$/i;
const mostModels = 60;
const mostModelBytes = 50e6;

const scenarioName = /^(?:offline|server|multi-?stream)$/i;

export interface DeclaredSources {
  source: FileSource;
  /** Files of the package outside `code` and `results`, and below `code`. */
  documents: readonly SourceEntry[];
  code: readonly SourceEntry[];
  /** Everything in it. */
  entries: readonly SourceEntry[];
  checklists: readonly string[];
  systems: readonly SystemEvidence[];
  /** Outcomes of the runs in it. */
  runs: readonly RunOutcome[];
  signal?: AbortSignal | undefined;
}

/** What a package declares, and what its files say to it. */
export async function declaredEvidence(
  sources: DeclaredSources,
): Promise<
  Pick<
    PackageEvidence,
    'declarations' | 'models' | 'otherFirmware' | 'runtimeDrops' | 'claims' | 'unverified' | 'scenarios'
  >
> {
  const { source, checklists, runs, signal } = sources;
  return {
    declarations: await readDeclarations(source, checklists, signal),
    models: await modelsOf(sources),
    otherFirmware: runs.flatMap(({ folder, findings }) =>
      findings
        .filter(({ rule, message }) => rule === 'RUN-11' && message !== 'sameOutputs')
        .map(({ evidence }) => ({ folder, refs: evidence })),
    ),
    runtimeDrops: runs.flatMap(({ faster }) => faster ?? []),
    claims: await claimsOf(sources),
    unverified: runs.some(({ runner }) => runner === 'joulebench'),
    scenarios: scenariosOf(sources),
  };
}

async function modelsOf({ source, code, signal }: DeclaredSources): Promise<PackageEvidence['models']> {
  const files = code.filter(({ path, bytes }) => modelName.test(path) && bytes <= mostModelBytes).slice(0, mostModels);
  const models: { file: string; sha256: string }[] = [];
  for (const { path } of files) {
    const hash = createHash('sha256');
    for await (const piece of source.read(path, {}, signal)) hash.update(piece);
    models.push({ file: path, sha256: hash.digest('hex') });
  }
  return models;
}

async function claimsOf({ source, documents, signal }: DeclaredSources): Promise<PackageEvidence['claims']> {
  const texts = documents
    .filter(({ path, bytes }) => readText.test(path) && !nameOf(path).startsWith('.') && bytes <= mostTextBytes)
    .slice(0, mostTexts);
  const claims: PackageEvidence['claims'][number][] = [];
  for (const { path } of texts) {
    const bytes = await wholeFile(source, path, signal);
    const paper = bytes && (await readPaper(path, bytes));
    if (!paper || !('lines' in paper)) continue;
    claims.push(...claimsIn(paper.lines).map(({ text, open, line }) => ({ text, open, ref: { file: path, line } })));
  }
  return claims;
}

function scenariosOf({ entries, systems }: DeclaredSources): PackageEvidence['scenarios'] {
  const folders = entries.filter(
    ({ path, kind }) => kind === 'folder' && /(?:^|\/)results\//i.test(path) && scenarioName.test(nameOf(path)),
  );
  const described = systems.flatMap(({ file, fields }) => {
    const scenario = (fields.get('Scenario') ?? '').trim();
    return file === null || scenario === '' || /^single[- ]?stream$/i.test(scenario)
      ? []
      : [{ name: scenario, ref: { file } }];
  });
  return [...folders.map(({ path }) => ({ name: nameOf(path), ref: { file: path } })), ...described];
}
