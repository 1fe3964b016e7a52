import type { Change } from './change.ts';

type Path = Change['path'];

/**
 * Adds one change to a list that is waiting to be sent, in such a way that the list stays short and leads to the same value:
 * a later `set` of a place makes earlier changes of and below that place needless, and consecutive `append`s to one array join.
 * The list is changed in place.
 */
export function mergeChange(waiting: Change[], change: Change): void {
  if (change.op === 'set' ? mergeSet(waiting, change) : mergeAppend(waiting, change)) return;
  waiting.push(change);
}

/** The same changes, fewer of them. */
export function compactChanges(changes: readonly Change[]): Change[] {
  const waiting: Change[] = [];
  for (const change of changes) mergeChange(waiting, change);
  return waiting;
}

function mergeSet(waiting: Change[], change: Extract<Change, { op: 'set' }>): boolean {
  const below: number[] = [];
  for (let index = waiting.length - 1; index >= 0; index -= 1) {
    const earlier = waiting[index] as Change;
    // What changed a container of this place may have moved it (an array that dropped its front): do not look behind it.
    if (earlier.path.length < change.path.length && startsWith(change.path, earlier.path)) return false;
    if (!startsWith(earlier.path, change.path)) continue;
    if (earlier.path.length > change.path.length || earlier.op === 'append') {
      below.push(index);
    } else {
      // In place, so that an array's elements still come into being in their order.
      waiting[index] = change;
      for (const needless of below) waiting.splice(needless, 1);
      return true;
    }
  }
  return false;
}

function mergeAppend(waiting: Change[], change: Extract<Change, { op: 'append' }>): boolean {
  for (let index = waiting.length - 1; index >= 0; index -= 1) {
    const earlier = waiting[index] as Change;
    if (samePath(earlier.path, change.path)) {
      if (earlier.op !== 'append' || earlier.keep !== change.keep) return false;
      const values = [...earlier.values, ...change.values];
      waiting[index] = { ...change, values: change.keep === undefined ? values : values.slice(-change.keep) };
      return true;
    }
    if (startsWith(earlier.path, change.path) || startsWith(change.path, earlier.path)) return false;
  }
  return false;
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((part, index) => String(part) === String(path[index]));
}

function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && startsWith(one, other);
}
