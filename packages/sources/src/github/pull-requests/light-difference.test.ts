import { describe, expect, it } from 'vitest';
import { lightPullRequestsDocument, pullRequestsDocument } from '../queries/generated.ts';
import type { LightPullRequest } from '../discovery/api-schema.ts';
import { hasChanged, type StoredPullRequest } from './light-difference.ts';

const stored: StoredPullRequest = {
  repo: 'h/acme/app',
  number: 1,
  node_id: 'PR_1',
  state: 'open',
  is_draft: false,
  updated_at: Date.parse('2026-03-02T09:00:00Z'),
  head_sha: 'c1',
  commit_count: 2,
  review_count: 1,
  event_count: 3,
  comment_count: 4,
  labels: ['bug'],
};

const light: LightPullRequest = {
  id: 'PR_1',
  state: 'OPEN',
  isDraft: false,
  updatedAt: '2026-03-02T09:00:00Z',
  headRefOid: 'c1',
  totalCommentsCount: 4,
  commits: { totalCount: 2 },
  reviews: { totalCount: 1 },
  labels: { totalCount: 1 },
  timelineItems: { totalCount: 3 },
};

describe('hasChanged', () => {
  it('sees no change where there is none', () => {
    expect(hasChanged(stored, light)).toBe(false);
  });

  it.each<Partial<LightPullRequest>>([
    { state: 'MERGED' },
    { isDraft: true },
    { updatedAt: '2026-03-02T09:00:01Z' },
    { headRefOid: 'c2' },
    { totalCommentsCount: 5 },
    { commits: { totalCount: 3 } },
    { reviews: { totalCount: 2 } },
    { reviews: null },
    { labels: { totalCount: 0 } },
    { timelineItems: { totalCount: 2 } },
  ])('sees %j', (change) => {
    expect(hasChanged(stored, { ...light, ...change })).toBe(true);
  });
});

it('counts the events that the pull requests are read with', () => {
  const typesOf = (text: string): string[] =>
    /itemTypes:\[([^\]]*)\]/
      .exec(text)?.[1]
      ?.split(/[\s,]+/)
      .sort() ?? [];
  expect(typesOf(lightPullRequestsDocument.text)).toHaveLength(13);
  expect(typesOf(lightPullRequestsDocument.text)).toEqual(typesOf(pullRequestsDocument.text));
});
