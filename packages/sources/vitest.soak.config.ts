import { mergeConfig } from 'vitest/config';
import { sharedTestConfig } from '../../vitest.shared.ts';

/** The random histories once more: ten times as many, and others each time. */
export default mergeConfig(sharedTestConfig, {
  test: {
    include: ['src/git/rewritten-history.test.ts', 'src/**/*.soak.ts'],
    env: { BELLWETHER_SOAK: '300' },
  },
});
