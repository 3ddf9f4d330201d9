import type { PullRequestFactRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { describeOpenPullRequest, describePullRequest } from './describe-pull-request.ts';
import type { CountedReview } from './load-entity.ts';

const HOUR = 3_600;
const created = Date.UTC(2026, 0, 5, 9);

/** 2 h coding, 1 h pickup, no review stage, 3 h merge wait, 18 h deploy: 24 h. */
const pull: PullRequestFactRow = {
  repo: 'local/shop',
  number: 7,
  change_id: 'local/shop#7',
  state: 'merged',
  is_to_default_branch: true,
  is_bot: false,
  team: 'acme/web',
  team_group: 'Shop',
  service: 'shop',
  services: ['shop'],
  is_draft: false,
  created_at: created,
  first_commit_at: created,
  ready_at: created,
  first_review_at: created,
  approved_at: created,
  merged_at: created,
  ended_at: created,
  deployed_at: created,
  deployment_id: 'v1',
  is_deployed_before_merge: false,
  starts_at: 'first_commit',
  coding_seconds: 2 * HOUR,
  coding_business_seconds: 2 * HOUR,
  pickup_seconds: HOUR,
  pickup_business_seconds: HOUR,
  review_seconds: null,
  review_business_seconds: null,
  merge_wait_seconds: 3 * HOUR,
  merge_wait_business_seconds: 3 * HOUR,
  deploy_seconds: 18 * HOUR,
  deploy_business_seconds: 2 * HOUR,
  cycle_seconds: 24 * HOUR,
  cycle_business_seconds: 8 * HOUR,
  cycle_gap: '',
  first_review_seconds: HOUR,
  first_review_business_seconds: HOUR,
  first_review_gap: '',
  draft_seconds: 0,
  queue_seconds: null,
  queue_gap: 'not-queued',
  review_rounds: 1,
  review_count: 1,
  reviewer_count: 1,
  approval_count: 1,
  review_comment_count: 4,
  additions: 30,
  deletions: 5,
  effective_lines: 12,
  size_gap: '',
  is_revert: false,
  reverted_at: null,
  is_self_merged: false,
  is_silently_approved: null,
  is_cross_team_reviewed: true,
  review_gap: 'small',
};

const review: CountedReview = {
  repo: pull.repo,
  number: 7,
  review_id: 'r1',
  change_id: pull.change_id,
  team: '(withheld)',
  team_group: '',
  service: 'shop',
  services: ['shop'],
  is_bot: false,
  submitted_at: created + HOUR * 1000,
  waiting_since: created,
  basis: 'requested',
  response_seconds: HOUR,
  response_business_seconds: HOUR,
  response_gap: '',
  state: 'approved',
  comment_count: 4,
  is_cross_team: true,
};

const textOf = (more: Partial<PullRequestFactRow> = {}, reviews = [review]): string =>
  describePullRequest({ ...pull, ...more }, reviews).join('\n');

describe('a pull request in words', () => {
  it('shows each stage by both clocks, and their sum', () => {
    const text = textOf();
    expect(text).toMatch(/coding +2 h +7200 +2 h/);
    expect(text).toMatch(/review +–/);
    expect(text).toMatch(/deploy +18 h +64800 +2 h/);
    expect(text).toMatch(/cycle time +24 h +86400 +8 h/);
  });

  it('shows the reviews that count, by team and not by person', () => {
    expect(textOf()).toContain('Reviews that count: 1 review by 1 person in 1 round, 4 comments.');
    expect(textOf()).toContain(
      '2026-01-05 10:00:00 UTC  approved, 60 min after it was asked for, team (withheld)',
    );
    expect(textOf({}, [])).toContain('No review by another person is known.');
  });

  it('says why there is no cycle time, and shows no sum', () => {
    const text = textOf({ cycle_gap: 'not-deployed', cycle_seconds: null, deploy_seconds: null });
    expect(text).toContain('It has no cycle time: no deployment has carried it yet.');
    expect(text).not.toContain('all of them');
  });

  it('names a team as it may be shown', () => {
    expect(textOf()).toContain('Its team is acme/web, of Shop.');
    expect(textOf({ team: '(withheld)', team_group: '' })).toContain('withheld: it had too few people');
    expect(textOf({ team: '', team_group: '' })).toContain('Its team is not known');
  });

  it('says of an unknown size why, and not that it is nothing', () => {
    expect(textOf()).toContain('12 effective lines, of 30 added and 5 deleted lines');
    expect(textOf({ effective_lines: null, size_gap: 'files-cut' })).toContain('its list of files was cut');
  });
});

it('tells an open pull request from a closed one', () => {
  const open = describeOpenPullRequest(
    { ...pull, state: 'open', is_draft: true, cycle_gap: 'not-merged' },
    [],
  );
  expect(open[0]).toBe('local/shop#7: a pull request, open since 2026-01-05 09:00:00 UTC, a draft.');
  const closed = describeOpenPullRequest({ ...pull, state: 'closed', is_to_default_branch: false }, []);
  expect(closed[0]).toBe('local/shop#7: a pull request, closed, 2026-01-05 09:00:00 UTC.');
  expect(closed.join('\n')).toContain('another branch than the default one');
});
