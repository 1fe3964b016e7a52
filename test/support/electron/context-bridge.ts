import { PagePort } from './message-port.ts';

const deepest = 1000;

/**
 * What the context bridge lets through: strings, numbers, booleans, plain objects, arrays, functions and promises (proxied),
 * errors (message and stack only) and cloneable data. Values are copied and frozen, prototypes and symbols are dropped.
 */
export function bridgeCopy(value: unknown, depth = 0): unknown {
  if (depth > deepest)
    throw new Error(
      'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
    );
  if (typeof value === 'function') return bridgeFunction(value as (...args: unknown[]) => unknown);
  if (typeof value === 'symbol') throw new TypeError('Could not convert symbol');
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof PagePort || value instanceof MessagePort)
    throw new TypeError('A MessagePort cannot cross the context bridge');
  if (value instanceof Promise)
    return value.then(
      (result) => bridgeCopy(result, depth + 1),
      (error: unknown) => Promise.reject(bridgeError(error)),
    );
  if (value instanceof Error) return bridgeError(value);
  if (value instanceof Blob) return value;
  if (Array.isArray(value)) return Object.freeze(value.map((item) => bridgeCopy(item, depth + 1)));
  if (
    ArrayBuffer.isView(value) ||
    value instanceof ArrayBuffer ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof Date
  ) {
    return structuredClone(value);
  }
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bridgeCopy(item, depth + 1)])),
  );
}

function bridgeFunction(inner: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    try {
      return bridgeCopy(inner(...args.map((arg) => bridgeCopy(arg))));
    } catch (error) {
      throw bridgeError(error);
    }
  };
}

function bridgeError(error: unknown): unknown {
  if (!(error instanceof Error)) return bridgeCopy(error);
  const copy = new Error(error.message);
  if (error.stack !== undefined) copy.stack = error.stack;
  return copy;
}
