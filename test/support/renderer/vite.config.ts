import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page without a host: `connect.ts` is replaced by the fake one. For looking at screens only; it is never packed. */
export default defineConfig({
  root: here('../../../src/renderer'),
  base: './',
  cacheDir: here('../../../.cache/vite-fake'),
  build: { outDir: here('../../../.cache/renderer-fake'), emptyOutDir: true },
  plugins: [
    {
      name: 'fake-host',
      enforce: 'pre',
      resolveId: (source) =>
        source.endsWith('/client/connect.ts') ? here('../../unit/renderer/support/fake-connect.ts') : undefined,
    },
    vue(),
  ],
});
