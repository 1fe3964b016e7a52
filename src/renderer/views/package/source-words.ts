import type { PackageSource } from '../../../shared/domain/package-page.ts';
import type { SessionSummary } from '../../../shared/domain/session-summary.ts';
import type { TextKey } from '../../text/index.ts';

/** Ids of the workloads that are benchmarks of a submission. */
const benchmarks: ReadonlySet<string> = new Set(['ad01', 'ic01', 'ic02', 'kws01', 'vww01', 'sww01']);

/** Why a session cannot go into a package; undefined where nothing is known against it. */
export function reasonAgainst({ simulated, state, runs }: SessionSummary): TextKey | undefined {
  if (simulated) return 'ui.package.against.simulated';
  if (state === 'damaged') return 'ui.package.against.damaged';
  if (state === 'open') return 'ui.package.against.open';
  if (runs.length === 0) return 'ui.package.against.empty';
  return runs.every(({ workload }) => benchmarks.has(workload)) ? undefined : 'ui.package.against.noBenchmark';
}

/** How a source is called on the page. */
export function sourceName(source: PackageSource): string {
  return 'sessionId' in source ? source.sessionId : source.path;
}

/** A folder of the tree that will be written, or a file in it. */
interface TreeNode {
  name: string;
  children: TreeNode[];
}

/** Paths with `/` as a tree, in their order. */
function treeOf(paths: readonly string[]): TreeNode[] {
  const root: TreeNode = { name: '', children: [] };
  for (const path of paths) {
    let at = root;
    for (const name of path.split('/')) {
      let next = at.children.find((child) => child.name === name);
      if (!next) {
        next = { name, children: [] };
        at.children.push(next);
      }
      at = next;
    }
  }
  return root.children;
}

/** The tree as indented lines. */
export function treeLines(paths: readonly string[]): string {
  const lines = (nodes: readonly TreeNode[], depth: number): string[] =>
    nodes.flatMap(({ name, children }) => [
      `${'  '.repeat(depth)}${name}${children.length > 0 ? '/' : ''}`,
      ...lines(children, depth + 1),
    ]);
  return lines(treeOf(paths), 0).join('\n');
}
