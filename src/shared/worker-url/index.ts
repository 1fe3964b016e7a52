/**
 * Where a worker's entry lies. Run from the sources it is `<name>.ts` beside the asking module; in the build each worker is
 * an entry of its own, `<name>.js` in the folder of the main bundle, and the asking code may have landed in its `chunks`.
 * @param here `import.meta.url` of the asking module.
 */
export function workerUrl(name: string, here: string): URL {
  if (here.endsWith('.ts')) return new URL(`${name}.ts`, here);
  return new URL(/\/chunks\/[^/]+$/.test(here) ? `../${name}.js` : `${name}.js`, here);
}
