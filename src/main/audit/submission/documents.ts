import type { Text } from '../../../shared/text/index.ts';
import { document, figureOf, list, notice, runnerOf, table } from './markdown.ts';
import type { MaterialRun, MemoryLine, PackagePlanInput } from './types.ts';

/** The first page of a package that cannot be submitted. */
export function validationNotice(obstacles: readonly string[], { t }: Text): string {
  return document([
    `# ${t('package.notice.title')}`,
    t('package.notice.text'),
    list(obstacles),
    t('package.notice.use'),
  ]);
}

/** The read-me of the organisation: what stands where, figures and memory. */
export function readMe(input: PackagePlanInput, text: Text): string {
  const { t } = text;
  const { runs, systems, round, division, program } = input;
  return document([
    ...notice(input, text),
    `# ${t('package.readme.title', { organisation: systems[0]?.description.Submitter.trim() ?? '', round })}`,
    t('package.readme.text', {
      count: systems.length,
      systems: systems.map(({ system }) => system).join(', '),
      division,
      program,
    }),
    table(
      ['system', 'benchmark', 'mode', 'runner', 'figure'].map((column) => t(`package.column.${column}`)),
      runs.map((run) => [run.system, run.benchmark, run.mode, runnerOf(run, text), figureOf(run, text)]),
    ),
    t('package.readme.unverified'),
    `## ${t('package.memory.title')}`,
    ...memorySection(input, text),
  ]);
}

const memoryColumns = ['image', 'code', 'weights', 'constants', 'arena', 'payload', 'data', 'stack'];

/** Memory of the images that a manifest tells of, and of which runs none does. */
function memorySection({ runs, systems, memory }: PackagePlanInput, { t }: Text): string[] {
  const nameOf = ({ system, benchmark, mode }: MaterialRun): string =>
    systems.length > 1 ? `${system} ${benchmark} ${mode}` : `${benchmark} ${mode}`;
  const known = runs.flatMap((run) => (run.memory ? [{ name: nameOf(run), memory: run.memory }] : []));
  const lines: readonly MemoryLine[] = [...known, ...memory];
  const unknown = runs.filter((run) => !run.memory).map(nameOf);
  const cells = ({ name, memory: m }: MemoryLine): string[] => [
    name,
    ...[m.codeBytes, m.weightBytes, m.constantBytes, m.arenaBytes, m.payloadBytes, m.dataBytes, m.stackBytes].map(
      String,
    ),
  ];
  return [
    ...(lines.length === 0
      ? []
      : [
          table(
            memoryColumns.map((column) => t(`package.memory.${column}`)),
            lines.map(cells),
          ),
          t('package.memory.text'),
        ]),
    ...(unknown.length === 0 ? [] : [t('package.memory.unknown', { runs: unknown.join(', ') })]),
  ];
}
