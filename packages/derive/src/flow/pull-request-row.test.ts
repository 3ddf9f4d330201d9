import type { PullRequestFactRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { computePullRequestFacts } from './compute-pull-request-facts.ts';
import type { FlowFacts, FlowInput } from './flow-input.ts';
import type { FlowPullRequest } from './read-flow.ts';
import {
  firstDeployment,
  flowChange,
  flowDirectory,
  flowEvent,
  flowInput,
  flowPullRequest,
  flowReview,
  hour,
  minute,
  monday,
  repo,
} from './testing/flow-input.ts';

const ten = monday + 10 * hour;
const merged = { state: 'merged', merged_at: ten + 5 * hour, closed_at: ten + 5 * hour } as const;

function facts(rest: Partial<FlowInput>): FlowFacts {
  return computePullRequestFacts(flowInput(rest));
}

/** The facts of one pull request that differs from the usual one by `rest`. */
function rowOf(pullRequest: Partial<FlowPullRequest>, rest: Partial<FlowInput> = {}): PullRequestFactRow {
  const [row] = facts({ pullRequests: [flowPullRequest(pullRequest)], ...rest }).pullRequests;
  if (row === undefined) throw new Error('no row');
  return row;
}

describe('the size of a pull request', () => {
  const files = {
    additions: 1030,
    deletions: 5,
    file_paths: ['src/a.ts', 'package-lock.json', 'web/dist/app.js'],
    file_additions: [20, 1000, 10],
    file_deletions: [5, 0, 0],
  };

  it('leaves out what nobody wrote', () => {
    expect(rowOf({ ...files, changed_file_count: 3 })).toMatchObject({ effective_lines: 25, size_gap: '' });
    expect(rowOf({})).toMatchObject({ effective_lines: 0, size_gap: '' });
  });

  it('is not known where the list of files was cut or never read', () => {
    expect(rowOf({ ...files, changed_file_count: 4 })).toMatchObject({
      effective_lines: null,
      size_gap: 'files-cut',
    });
    expect(rowOf({ additions: 3 })).toMatchObject({ effective_lines: null, size_gap: 'files-unknown' });
  });
});

describe('how a merged pull request was reviewed', () => {
  const approval = flowReview(ten + hour, { state: 'approved' });
  const large = {
    ...merged,
    changed_file_count: 1,
    file_paths: ['a.ts'],
    file_additions: [300],
    file_deletions: [100],
  };

  it('is self-merged without a review by another person before it', () => {
    const late = flowReview(ten + 6 * hour, { state: 'approved' });
    expect(rowOf(merged, { reviews: [late] })).toMatchObject({
      is_self_merged: true,
      is_silently_approved: null,
      is_cross_team_reviewed: null,
      review_gap: 'no-review',
      review_count: 0,
    });
    expect(rowOf(merged, { reviews: [approval] })).toMatchObject({
      is_self_merged: false,
      approval_count: 1,
    });
  });

  it('is not known where reviews are missing, as long as none is at hand', () => {
    const unread = { ...merged, review_count: 2 };
    expect(rowOf(unread)).toMatchObject({ is_self_merged: null, review_gap: 'reviews-unknown' });
    expect(rowOf(unread, { reviews: [approval] })).toMatchObject({ is_self_merged: false });
    expect(rowOf({})).toMatchObject({ is_self_merged: null, review_gap: 'not-merged' });
  });

  it('is silently approved when it is large and no reviewer wrote a word', () => {
    const directory = flowDirectory({ teams: { web: ['ann', 'ben', 'cleo'] } });
    const of = (reviews: FlowInput['reviews'], pullRequest: Partial<FlowPullRequest> = large): unknown => {
      const { is_silently_approved, review_gap } = rowOf(pullRequest, { reviews, directory });
      return [is_silently_approved, review_gap];
    };
    // 400 lines are large.
    expect(of([approval])).toEqual([true, '']);
    expect(of([approval, flowReview(ten, { author_key: 'cleo', comment_count: 1 })])).toEqual([false, '']);
    expect(of([{ ...approval, has_body: true }])).toEqual([false, '']);
    expect(of([flowReview(ten + hour)])).toEqual([null, 'not-approved']);
    expect(of([approval], { ...large, file_deletions: [99] })).toEqual([null, 'small']);
    // Another review is missing, and it may have said something.
    expect(of([approval], { ...large, review_count: 2 })).toEqual([null, 'reviews-unknown']);
    // That weighs more than a team that nobody knows.
    const stranger = flowReview(ten + hour, { author_key: 'stranger', state: 'approved' });
    expect(of([stranger], { ...large, review_count: 2 })).toEqual([null, 'reviews-unknown']);
    // The list of files was cut, but what is known of it is large already.
    expect(of([approval], { ...large, changed_file_count: 9 })).toEqual([true, '']);
    expect(of([approval], { ...large, changed_file_count: 9, file_additions: [10] })).toEqual([null, '']);
  });

  it('is reviewed across teams when one reviewer is of another team', () => {
    const directory = flowDirectory({ teams: { web: ['ann', 'ben', 'dora'], data: ['cleo', 'dora'] } });
    const of = (...reviewers: string[]): unknown => {
      const reviews = reviewers.map((author_key) => flowReview(ten + hour, { author_key }));
      const { is_cross_team_reviewed, review_gap } = rowOf(large, { reviews, directory });
      return [is_cross_team_reviewed, review_gap];
    };
    expect(of('ben')).toEqual([false, 'not-approved']);
    expect(of('ben', 'cleo')).toEqual([true, 'not-approved']);
    expect(of('dora')).toEqual([false, 'not-approved']);
    expect(of('ben', 'stranger')).toEqual([null, 'team-unknown']);
    expect(of('cleo', 'stranger')).toEqual([true, 'not-approved']);
  });

  it('counts the depth of reviews by others until the merge', () => {
    const reviews = [
      flowReview(ten, { author_key: 'ann', comment_count: 9 }),
      flowReview(ten + hour, { comment_count: 2 }),
      flowReview(ten + 2 * hour, { comment_count: 1, state: 'approved' }),
      flowReview(ten + 3 * hour, { author_key: 'cleo', state: 'approved' }),
      flowReview(ten + 6 * hour, { author_key: 'dora', comment_count: 4 }),
    ];
    expect(rowOf(merged, { reviews })).toMatchObject({
      review_count: 3,
      reviewer_count: 2,
      approval_count: 2,
      review_comment_count: 3,
      first_review_at: ten + hour,
      approved_at: ten + 3 * hour,
    });
  });
});

describe('the services of a pull request', () => {
  const services = [
    { service: 'api', path_globs: ['api/**'] },
    { service: 'web', path_globs: ['web/**'] },
  ];
  const touching = (...paths: string[]): Partial<FlowPullRequest> => ({
    file_paths: paths,
    file_additions: paths.map(() => 1),
    file_deletions: paths.map(() => 0),
    changed_file_count: paths.length,
  });
  const shown = (pullRequest: Partial<FlowPullRequest>, rest: Partial<FlowInput>): unknown => {
    const { service, services: names } = rowOf(pullRequest, rest);
    return [service, names];
  };

  it('are those whose globs its files match, released or not', () => {
    expect(shown(touching('api/x.ts'), { services })).toEqual(['api', ['api']]);
    expect(shown(touching('web/x', 'api/x'), { services })).toEqual(['(several)', ['api', 'web']]);
    expect(shown(touching('README.md'), { services })).toEqual(['(unattributed)', []]);
  });

  it('are the one without globs, where no glob matches', () => {
    const released = new Set(['site']);
    expect(shown(touching('README.md'), { services, released })).toEqual(['site', ['site']]);
    expect(shown(touching('README.md'), { services, released: new Set(['site', 'tool']) })).toEqual([
      '(unattributed)',
      [],
    ]);
  });

  it('are none where the repository has none, and its only one without a look at files', () => {
    expect(shown(touching('a'), {})).toEqual(['', []]);
    expect(shown({ changed_file_count: 5 }, { released: new Set(['app']) })).toEqual(['app', ['app']]);
    expect(shown({ changed_file_count: 5 }, { services })).toEqual(['(unattributed)', []]);
    // Of a list that was cut, what it has counts.
    expect(shown({ ...touching('web/a'), changed_file_count: 5 }, { services })).toEqual(['web', ['web']]);
  });

  it('are those of the files that its commits are known to touch, once it is merged', () => {
    const changes = [{ ...flowChange({ number: 1 }), paths: ['web/a', 'api/b'] }];
    expect(shown({ ...merged, ...touching('web/a') }, { services, changes })).toEqual([
      '(several)',
      ['api', 'web'],
    ]);
  });

  it('are withheld with the team that owns them, and so is a small team', () => {
    const directory = flowDirectory({ teams: { tiny: ['ann'] }, withheld: ['tiny'] });
    const ownerOf = (service: string): string => (service === 'api' ? 'tiny' : 'big');
    expect(shown(touching('api/x', 'web/x'), { services, directory, ownerOf })).toEqual([
      '(several)',
      ['(withheld)', 'web'],
    ]);
    const row = rowOf(touching('api/x'), { services, directory, ownerOf, reviews: [flowReview(ten + hour)] });
    expect([row.service, row.services, row.team]).toEqual(['(withheld)', ['(withheld)'], '(withheld)']);
  });
});

describe('the life of a pull request', () => {
  it('adds up its stays in the merge queue, the last one until the merge', () => {
    const events = [
      flowEvent('queued', ten + hour),
      // Said twice: it has been there since the first time.
      flowEvent('queued', ten + hour + 5 * minute),
      flowEvent('dequeued', ten + hour + 10 * minute),
      flowEvent('queued', ten + 4.5 * hour),
      flowEvent('dequeued', ten + 5 * hour + minute),
    ];
    // Ten minutes, and 14:30 to the merge at 15:00.
    expect(rowOf(merged, { events })).toMatchObject({ queue_seconds: 2400, queue_gap: '' });
    expect(rowOf(merged)).toMatchObject({ queue_seconds: null, queue_gap: 'not-queued' });
    expect(rowOf({}, { events: [flowEvent('queued', ten)] })).toMatchObject({ queue_gap: 'not-queued' });
  });

  it('finds a queue that was entered after the merge', () => {
    const { pullRequests, findings } = facts({
      pullRequests: [flowPullRequest(merged)],
      events: [flowEvent('queued', ten + 6 * hour)],
    });
    expect(pullRequests[0]).toMatchObject({ queue_seconds: null, queue_gap: 'negative' });
    expect(findings).toMatchObject([{ repo, kind: 'negative-stage', entity: `${repo}#1 merge queue` }]);
    expect(findings[0]?.fix).not.toBe('');
  });

  it('names each wrong time once, so that the findings of a pull request do not collide', () => {
    const { findings } = facts({
      pullRequests: [flowPullRequest(merged)],
      changes: [flowChange({ number: 1, first_authored_at: ten + 7 * hour })],
      events: [flowEvent('queued', ten + 6 * hour)],
    });
    expect(findings.map(({ entity }) => entity)).toEqual([`${repo}#1`, `${repo}#1 merge queue`]);
  });

  it('measures the time to the first review, drafts taken out, and says why there is none', () => {
    const events = [flowEvent('draft', ten + hour), flowEvent('ready', ten + 2 * hour)];
    const reviews = [flowReview(ten + 4 * hour)];
    expect(rowOf({}, { reviews, events })).toMatchObject({
      first_review_seconds: 3 * 3600,
      first_review_business_seconds: 3 * 3600,
      first_review_gap: '',
      draft_seconds: 3600,
    });
    expect(rowOf({}).first_review_gap).toBe('not-yet-reviewed');
    expect(rowOf(merged).first_review_gap).toBe('no-review');
    expect(rowOf({ ready_at: ten + 5 * hour }, { reviews }).first_review_gap).toBe('before-ready');
    expect(rowOf({ ready_at: null }, { reviews }).first_review_gap).toBe('before-ready');
  });

  it('knows what it takes back, and when it was taken back itself', () => {
    const [first, second] = [
      flowChange({ number: 1, merged_at: ten }),
      flowChange({ number: 2, merged_at: ten + hour }),
    ];
    second.row.reverts_change_id = first.row.change_id;
    const { pullRequests } = facts({
      pullRequests: [flowPullRequest({ ...merged, number: 1 }), flowPullRequest({ ...merged, number: 2 })],
      changes: [first, second],
      reverts: [{ revert: second, original: first }],
    });
    expect(pullRequests.map(({ is_revert, reverted_at }) => [is_revert, reverted_at])).toEqual([
      [false, ten + hour],
      [true, null],
    ]);
  });

  it('keeps bots apart, and tells which branch it goes to', () => {
    expect(rowOf({ author_key: 'bot', author_is_bot: true })).toMatchObject({ is_bot: true });
    expect(rowOf({}).is_to_default_branch).toBe(true);
    expect(rowOf({ base_branch: 'develop' }).is_to_default_branch).toBe(false);
    // It reached the default branch by way of another one.
    const changes = [flowChange({ number: 1 })];
    expect(rowOf({ ...merged, base_branch: 'develop' }, { changes }).is_to_default_branch).toBe(true);
  });

  it('takes no change of the same number for one that was closed', () => {
    const row = rowOf(
      { state: 'closed', closed_at: ten + hour, base_branch: 'topic' },
      { changes: [flowChange({ number: 1 })], changeDeployments: [firstDeployment(ten + 2 * hour)] },
    );
    expect(row).toMatchObject({ is_to_default_branch: false, deployed_at: null, cycle_gap: 'not-merged' });
  });

  it('says whether it waits for a deployment where there are none at all', () => {
    expect(rowOf(merged, { hasProduction: false }).cycle_gap).toBe('never-deployed');
  });
});
