/**
 * Where a worker's entry lies. Run from the sources it is `<name>.ts` in this folder; in the desktop build each worker is
 * an entry of its own, `<name>.js` in the folder of the main bundle, and this code may have landed in its `chunks`.
 * `here` is the URL of the asking module.
 */
export function workerUrl(name: string, here: string = import.meta.url): URL {
  if (here.endsWith('.ts')) return new URL(`${name}.ts`, here);
  return new URL(/\/chunks\/[^/]+$/.test(here) ? `../${name}.js` : `${name}.js`, here);
}
