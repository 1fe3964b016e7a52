import { binaryKind } from './measure.ts';

/**
 * A copy made of plain objects and arrays, down to strings, numbers and binary values. What a page sends may be reactive
 * objects, which a MessagePort refuses to clone; and a later change must not reach what was sent.
 */
export function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || binaryKind(value) >= 0) return value;
  if (Array.isArray(value)) return value.map(plainCopy);
  const prototype: unknown = Object.getPrototypeOf(value);
  // Anything with a class of its own is left for the carrier to refuse by name.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainCopy(item)]));
}
