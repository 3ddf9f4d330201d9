import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mapPullRequest } from './mapper.ts';
import { prune } from './payload.ts';
import { listNode, pullRequestNode } from './testing/nodes.ts';

const User = z.object({ node_id: z.string(), login: z.string(), type: z.string() });

/** What an event of a webhook says of a pull request, as far as a query says the same. */
const HookPullRequest = z.object({
  node_id: z.string(),
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  draft: z.boolean(),
  merged: z.boolean(),
  user: User,
  merged_by: User.nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: z.string().nullable(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  head: z.object({ ref: z.string(), sha: z.string(), repo: z.object({ node_id: z.string() }).nullable() }),
  base: z.object({ ref: z.string(), repo: z.object({ node_id: z.string() }) }),
  additions: z.number(),
  deletions: z.number(),
  changed_files: z.number(),
  commits: z.number(),
  comments: z.number(),
  review_comments: z.number(),
  labels: z.array(z.object({ name: z.string() })),
  requested_reviewers: z.array(User),
});
type HookPullRequest = z.infer<typeof HookPullRequest>;

const Events = z.array(z.object({ name: z.string(), examples: z.array(z.unknown()) }));
const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json');
const examples = Events.parse(JSON.parse(readFileSync(file, 'utf8')))
  .filter(({ name }) => name === 'pull_request')
  .flatMap((event) => event.examples)
  .map((example, at) => {
    const { action, pull_request: pull } = z
      .object({ action: z.string(), pull_request: HookPullRequest })
      .parse(example);
    return { action, at, pull };
  });

const accountOf = ({ node_id: id, login, type }: z.infer<typeof User>) => ({ __typename: type, id, login });

/** The same as a query would give it. */
function nodeOf(pull: HookPullRequest) {
  return pullRequestNode({
    id: pull.node_id,
    number: pull.number,
    title: pull.title,
    state: pull.merged ? 'MERGED' : pull.state === 'open' ? 'OPEN' : 'CLOSED',
    isDraft: pull.draft,
    isCrossRepository: pull.head.repo?.node_id !== pull.base.repo.node_id,
    author: accountOf(pull.user),
    mergedBy: pull.merged_by === null ? null : accountOf(pull.merged_by),
    baseRefName: pull.base.ref,
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at,
    mergedAt: pull.merged_at,
    mergeCommit: pull.merged && pull.merge_commit_sha !== null ? { oid: pull.merge_commit_sha } : null,
    additions: pull.additions,
    deletions: pull.deletions,
    changedFiles: pull.changed_files,
    totalCommentsCount: pull.comments + pull.review_comments,
    labels: listNode(pull.labels),
    reviewRequests: listNode(
      pull.requested_reviewers.map((user) => ({ requestedReviewer: accountOf(user) })),
    ),
    commits: { ...listNode([]), totalCount: pull.commits },
  });
}

describe('the pull requests of published webhooks', () => {
  it('are some', () => {
    expect(examples.length).toBeGreaterThan(20);
  });

  it.each(examples)('map to what they say: $action ($at)', ({ pull }) => {
    const people = { byId: (id: string | null) => ({ key: id ?? '', isBot: false }) };
    const repo = 'github.com/codertocat/hello-world';
    const payload = prune(nodeOf(pull), [], () => {});
    const { pullRequest, reviewRequests } = mapPullRequest(payload, { repo, people, now: Date.now() });
    expect(pullRequest).toMatchObject({
      number: pull.number,
      node_id: pull.node_id,
      state: pull.merged ? 'merged' : pull.state,
      is_draft: pull.draft,
      author_key: pull.user.node_id,
      head_sha: pull.head.sha,
      head_branch: pull.head.ref,
      base_branch: pull.base.ref,
      created_at: Date.parse(pull.created_at),
      updated_at: Date.parse(pull.updated_at),
      closed_at: pull.closed_at === null ? null : Date.parse(pull.closed_at),
      merged_at: null,
      merge_commit_sha: null,
      merged_by_key: '',
      additions: pull.additions,
      deletions: pull.deletions,
      changed_file_count: pull.changed_files,
      commit_count: pull.commits,
      comment_count: pull.comments + pull.review_comments,
      labels: pull.labels.map(({ name }) => name),
      ready_at: pull.draft ? null : Date.parse(pull.created_at),
    });
    expect(reviewRequests.map(({ reviewer, is_open }) => [reviewer, is_open])).toEqual(
      pull.requested_reviewers.map(({ node_id }) => [node_id, true]),
    );
  });
});
