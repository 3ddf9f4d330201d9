import { mergeConfig } from 'vitest/config';
import { sharedTestConfig } from '../../vitest.shared.ts';

/** Fifty kills instead of a few, and lineage on the clones that `BELLWETHER_SOAK_CLONES` names, parted by colons. */
export default mergeConfig(sharedTestConfig, {
  test: {
    include: ['src/e2e/{crash,github-crash,lineage,serve-crash}.test.ts'],
    env: { BELLWETHER_SOAK_KILLS: '50', BELLWETHER_SOAK_SERVER_KILLS: '30' },
  },
});
