import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

/**
 * Entries of the main process: the desktop, the command line, and one for each worker thread (`workerUrl` finds them by
 * these names, in the build as in the sources).
 */
export const mainEntries = {
  index: 'src/main/index.ts',
  cli: 'src/main/cli.ts',
  'worker-dut': 'src/main/virtual/worker-dut.ts',
  'worker-audit': 'src/main/audit/pool/worker-audit.ts',
  'worker-report': 'src/main/archive/worker-report.ts',
  'worker-sessions': 'src/main/archive/worker-sessions.ts',
  'worker-trace': 'src/main/trace/worker-trace.ts',
  'supply-watch-child': 'src/main/bench/supply-watch-child.ts',
  'guard-child': 'src/main/flash/process/guard-child.ts',
};

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: mainEntries,
        // Shared chunks lie beside the entries: code that asks for its own folder finds the same one wherever it landed.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file that requires nothing but Electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: { rolldownOptions: { input: { index: 'src/renderer/index.html' } } },
    plugins: [vue()],
  },
});
