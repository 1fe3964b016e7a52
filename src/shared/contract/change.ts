import { z } from 'zod';

const pathSchema = z.array(z.union([z.string(), z.number().int().nonnegative()])).max(12);

/**
 * One step from a topic's value to the next. `set` replaces (or removes, when `value` is absent) what stands at `path`;
 * `append` adds to the array at `path` and drops from its front whatever exceeds `keep`.
 */
export const changeSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('set'), path: pathSchema, value: z.unknown().optional() }),
  z.object({
    op: z.literal('append'),
    path: pathSchema,
    values: z.array(z.unknown()),
    keep: z.number().int().positive().optional(),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/**
 * Applies changes without touching the given value: what changed is new, what did not is shared.
 * @throws RangeError when a path leads through something that is neither an object nor an array.
 */
export function applyChanges<T>(value: T, changes: readonly Change[]): T {
  return changes.reduce<unknown>((current, change) => applyAt(current, change.path, change), value) as T;
}

function applyAt(current: unknown, path: readonly (string | number)[], change: Change): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return change.op === 'set' ? change.value : appended(current, change);
  if (Array.isArray(current) && typeof head === 'number') {
    if (head > current.length) throw new RangeError(`change beyond the end of an array: ${head}`);
    const copy = [...(current as unknown[])];
    copy[head] = applyAt(copy[head], rest, change);
    return copy;
  }
  if (typeof current === 'object' && current !== null && !Array.isArray(current)) {
    const object = current as Record<string, unknown>;
    const key = String(head);
    if (rest.length === 0 && change.op === 'set' && change.value === undefined) {
      return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
    }
    return { ...object, [key]: applyAt(Object.hasOwn(object, key) ? object[key] : undefined, rest, change) };
  }
  throw new RangeError(`change leads through a value that has no parts: ${String(head)}`);
}

function appended(current: unknown, change: Extract<Change, { op: 'append' }>): unknown[] {
  const all = [...(Array.isArray(current) ? (current as unknown[]) : []), ...change.values];
  return change.keep === undefined ? all : all.slice(-change.keep);
}
