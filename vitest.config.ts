import { defineConfig } from 'vitest/config';

/** Workspace packages resolve to their sources: a fresh clone runs its tests with no build. */
const conditions = ['@danglint/source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'tasks/**/*.test.ts',
      'docs/**/*.test.ts',
      'examples/plugin/src/**/*.test.js',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '.trees/**', '.venvs/**'],
    passWithNoTests: true,
    testTimeout: 20_000,
  },
});
