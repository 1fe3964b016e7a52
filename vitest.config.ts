import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

// The tests read English, whatever the language of the computer.
process.env['LC_ALL'] = 'C';

export default defineConfig({
  plugins: [vue()],
  test: {
    environment: 'node',
    setupFiles: ['test/setup/fast-check.ts'],
    include: ['test/{unit,interop,fuzz,e2e}/**/*.test.ts'],
    // Generous: a test fails by what it finds, not by how busy the computer is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
