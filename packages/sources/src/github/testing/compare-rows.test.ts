import { expect, it } from 'vitest';
import { withoutKeys } from './compare-rows.ts';

it('takes the keys of those who are gone out of what they did, and of nothing else', () => {
  const gone = 'k1';
  const dump = {
    'domain.pull_requests': [{ author_key: gone, merged_by_key: 'k2', commit_author_keys: [gone, 'k2'] }],
    'domain.review_requests': [
      { number: 1, reviewer: gone },
      { number: 1, reviewer: 'k2' },
    ],
    'domain.team_members': [{ person_key: gone }],
  };
  expect(withoutKeys(dump, new Set([gone]))).toEqual({
    'domain.pull_requests': [{ author_key: '', merged_by_key: 'k2', commit_author_keys: ['', 'k2'] }],
    'domain.review_requests': [{ number: 1, reviewer: 'k2' }],
    'domain.team_members': [{ person_key: gone }],
  });
});
