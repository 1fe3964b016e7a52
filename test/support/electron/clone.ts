/** Where a message starts: in a page (Blink) or in the main process. */
export type Side = 'page' | 'main';

/**
 * What Electron's own clone does, as far as it differs from Node's: it refuses shared memory, blobs and wasm modules, which
 * Node's would let pass, and it gives views their whole buffer (section B of the shell's specification).
 * @throws Error "An object could not be cloned." in main, DataCloneError in a page
 */
export function electronClone(value: unknown, side: Side): unknown {
  refuseForeign(value, side, new Set());
  try {
    return structuredClone(value);
  } catch {
    throw cloneError(side);
  }
}

function refuseForeign(value: unknown, side: Side, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof SharedArrayBuffer || value instanceof Blob || isWasmModule(value)) throw cloneError(side);
  if (ArrayBuffer.isView(value)) refuseForeign(value.buffer, side, seen);
  else if (value instanceof Map)
    for (const [key, item] of value) [key, item].forEach((each) => refuseForeign(each, side, seen));
  else if (value instanceof Set) for (const item of value) refuseForeign(item, side, seen);
  else for (const item of Object.values(value)) refuseForeign(item, side, seen);
}

function isWasmModule(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object WebAssembly.Module]';
}

function cloneError(side: Side): Error {
  return side === 'main'
    ? new Error('An object could not be cloned.')
    : new DOMException('The object could not be cloned.', 'DataCloneError');
}
