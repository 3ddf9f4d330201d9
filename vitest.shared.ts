import { defineConfig } from 'vitest/config';

/**
 * One set of test settings for every package. Forks, because the embedded
 * engine binds one data folder per process; the source condition, because a
 * test must see the sources as they are and not the last build.
 */
export const sharedTestConfig = defineConfig({
  resolve: { conditions: ['bellwether:source', 'module', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['bellwether:source', 'module', 'node', 'import', 'default'] } },
  test: {
    pool: 'forks',
    // A young package may have none; `npm test` itself looks for files that did not run.
    passWithNoTests: true,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
