import { describe, expect, it } from 'vitest';
import {
  addTeam,
  deleteUser,
  forcePush,
  mergePullRequest,
  type PullRequest,
  requestReview,
  submitReview,
} from '../../index.ts';
import { addCommit } from '../../world/mutations/commits.ts';
import { ask, startTestGitHub } from '../testing/client.ts';
import { MINUTE, openPullRequests, smallWorld, START } from '../testing/small-world.ts';

const one = (selection: string): string =>
  `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { ${selection} } } }`;

describe('a pull request', () => {
  it('is shown with what the world knows of it', async () => {
    const small = smallWorld();
    const { world, shop, ada, bob } = small;
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    submitReview(world, pullRequest, { author: bob, state: 'APPROVED', commentCount: 2 }, START + 2 * MINUTE);
    mergePullRequest(world, shop, pullRequest, { method: 'squash', actor: bob }, START + 3 * MINUTE);
    const github = await startTestGitHub(world);
    const { data, errors } = await ask(
      github,
      one(
        `id fullDatabaseId number title state isDraft createdAt mergedAt updatedAt author { login ... on User { id } } mergedBy { login } mergeCommit { oid } headRefOid baseRefName additions changedFiles totalCommentsCount reviewDecision
         reviews(first: 5) { nodes { state submittedAt author { login } } }
         commits(first: 5) { totalCount nodes { commit { oid author { email user { id } } } } }
         files(first: 5) { nodes { path additions changeType } }
         timelineItems(first: 10, itemTypes: [MERGED_EVENT]) { totalCount filteredCount nodes { __typename ... on MergedEvent { createdAt actor { login } } } }`,
      ),
    );
    expect(errors).toEqual([]);
    expect(data.repository.pullRequest).toEqual({
      id: pullRequest.id,
      fullDatabaseId: String(pullRequest.databaseId),
      number: 1,
      title: 'Change 1',
      state: 'MERGED',
      isDraft: false,
      createdAt: '2026-01-05T09:01:00Z',
      mergedAt: '2026-01-05T09:03:00Z',
      updatedAt: '2026-01-05T09:03:00Z',
      author: { login: 'ada', id: ada.id },
      mergedBy: { login: 'bob' },
      mergeCommit: { oid: shop.branches.get('main') },
      headRefOid: pullRequest.headSha,
      baseRefName: 'main',
      additions: 3,
      changedFiles: 1,
      totalCommentsCount: 2,
      reviewDecision: 'APPROVED',
      reviews: {
        nodes: [{ state: 'APPROVED', submittedAt: '2026-01-05T09:02:00Z', author: { login: 'bob' } }],
      },
      commits: {
        totalCount: 1,
        nodes: [
          {
            commit: { oid: pullRequest.headSha, author: { email: 'ada@example.test', user: { id: ada.id } } },
          },
        ],
      },
      files: { nodes: [{ path: 'src/index.ts', additions: 3, changeType: 'MODIFIED' }] },
      timelineItems: {
        totalCount: pullRequest.timeline.length,
        filteredCount: 1,
        nodes: [{ __typename: 'MergedEvent', createdAt: '2026-01-05T09:03:00Z', actor: { login: 'bob' } }],
      },
    });
  });

  it('has no author when the account is gone, and no merge commit when the world has none', async () => {
    const small = smallWorld();
    const { world, shop, ada, bob } = small;
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    mergePullRequest(world, shop, pullRequest, { method: 'merge', actor: bob }, START + 3 * MINUTE);
    pullRequest.mergeCommitSha = null;
    deleteUser(world, ada, START + 4 * MINUTE);
    deleteUser(world, bob, START + 4 * MINUTE);
    const github = await startTestGitHub(world);
    const { data } = await ask(
      github,
      one(
        'author { login } mergedBy { login } mergeCommit { oid } commits(first: 1) { nodes { commit { author { user { id } } } } }',
      ),
    );
    expect(data.repository.pullRequest).toEqual({
      author: null,
      mergedBy: null,
      mergeCommit: null,
      commits: { nodes: [{ commit: { author: { user: null } } }] },
    });
  });

  it('pages nested lists over 100 by node id', async () => {
    const small = smallWorld();
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    for (let index = 0; index < 130; index++) {
      submitReview(
        small.world,
        pullRequest,
        { author: small.bob, state: 'COMMENTED' },
        START + (2 + index) * MINUTE,
      );
    }
    const github = await startTestGitHub(small.world);
    const reviews =
      'reviews(first: 100, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }';
    const first = await ask(github, `query ($after: String) ${one(reviews)}`);
    const { reviews: head } = first.data.repository.pullRequest;
    expect(head).toMatchObject({ totalCount: 130, pageInfo: { hasNextPage: true } });
    const second = await ask(
      github,
      `query ($ids: [ID!]!, $after: String) { nodes(ids: $ids) { ... on PullRequest { ${reviews} } } }`,
      { ids: [pullRequest.id], after: head.pageInfo.endCursor },
    );
    const tail = second.data.nodes[0].reviews;
    expect(tail.pageInfo.hasNextPage).toBe(false);
    expect([...head.nodes, ...tail.nodes].map(({ id }) => id)).toEqual(
      pullRequest.reviews.map(({ id }) => id),
    );
  });

  it('lists 250 commits at most, and counts all of them', async () => {
    const small = smallWorld();
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    for (let index = 0; index < 299; index++) {
      const { sha } = addCommit(small.world, small.shop, {
        parents: [pullRequest.commitShas.at(-1)!],
        author: small.ada,
        authoredAt: START + index * MINUTE,
        message: `More ${index}`,
      });
      pullRequest.commitShas.push(sha);
    }
    const github = await startTestGitHub(small.world);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(
        github,
        `query ($after: String) ${one('commits(first: 100, after: $after) { totalCount nodes { commit { oid } } pageInfo { hasNextPage endCursor } }')}`,
        { after },
      );
      const { commits } = data.repository.pullRequest;
      expect(commits.totalCount).toBe(300);
      seen.push(...commits.nodes.map(({ commit }: { commit: { oid: string } }) => commit.oid));
      after = commits.pageInfo.hasNextPage ? commits.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(pullRequest.commitShas.slice(0, 250));
  });

  it('shows requested people and teams, and force-pushes', async () => {
    const small = smallWorld();
    const { world, shop, ada, bob } = small;
    const [pullRequest] = openPullRequests(small, 1) as [PullRequest];
    const team = addTeam(world, { slug: 'core', name: 'Core' }, START);
    requestReview(world, pullRequest, { kind: 'user', id: bob.id }, ada, START + 2 * MINUTE);
    requestReview(world, pullRequest, { kind: 'team', id: team.id }, ada, START + 2 * MINUTE);
    const before = pullRequest.headSha;
    const rewritten = addCommit(world, shop, {
      parents: [shop.branches.get('main')!],
      author: ada,
      authoredAt: START + 4 * MINUTE,
      message: 'Rewritten',
    });
    forcePush(world, shop, pullRequest, [rewritten.sha], START + 5 * MINUTE);
    const github = await startTestGitHub(world);
    const { data } = await ask(
      github,
      one(
        `reviewRequests(first: 5) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { slug } } } }
         timelineItems(first: 5, itemTypes: [REVIEW_REQUESTED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT]) { nodes { ... on ReviewRequestedEvent { requestedReviewer { __typename } } ... on HeadRefForcePushedEvent { beforeCommit { oid } afterCommit { oid } } } }`,
      ),
    );
    expect(data.repository.pullRequest).toEqual({
      reviewRequests: {
        nodes: [
          { requestedReviewer: { __typename: 'User', login: 'bob' } },
          { requestedReviewer: { __typename: 'Team', slug: 'core' } },
        ],
      },
      timelineItems: {
        nodes: [
          { requestedReviewer: { __typename: 'User' } },
          { requestedReviewer: { __typename: 'Team' } },
          { beforeCommit: { oid: before }, afterCommit: { oid: rewritten.sha } },
        ],
      },
    });
  });
});
