import { describe, expect, it } from 'vitest';
import { generateWorld } from './generate-world.ts';
import type { PullRequest, Repository } from './model.ts';

const now = Date.UTC(2026, 4, 4, 12);
const world = generateWorld({ seed: 42, repositories: 40, years: 1.5, now });
const repositories = [...world.repositories.values()];
const pullRequests = repositories.flatMap((each) => [...each.pullRequests.values()]);
const byPeople = pullRequests.filter(({ authorId }) => world.users.get(authorId)!.type === 'User');

function share<T>(of: readonly T[], isMeant: (one: T) => boolean): number {
  return of.filter(isMeant).length / of.length;
}

const has = (typename: string) => (pullRequest: PullRequest) => {
  return pullRequest.timeline.some((item) => item.typename === typename);
};

describe('an organisation', () => {
  it('has teams in departments, and people who came, went and changed teams', () => {
    const teams = [...world.teams.values()];
    const users = [...world.users.values()];
    expect(teams.some(({ parentId }) => parentId !== null)).toBe(true);
    expect(teams.some(({ name }) => name.startsWith('New '))).toBe(true);
    expect(users.some(({ isDeleted }) => isDeleted)).toBe(true);
    // 40 repositories with 2.5 people each at the start.
    expect(users.filter(({ type }) => type === 'User').length).toBeGreaterThan(100);
    expect(new Set(users.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(4);
  });

  it('has repositories of every kind and every way to announce a deployment', () => {
    const kinds: Record<string, (repository: Repository) => boolean> = {
      monorepo: ({ services }) => services.length > 1,
      archived: ({ isArchived }) => isArchived,
      fork: ({ isFork }) => isFork,
      empty: ({ commits }) => commits.size === 0,
      'with code owners': ({ files }) => [...files.keys()].some((path) => path.endsWith('CODEOWNERS')),
      protected: ({ branchProtections }) => branchProtections.size > 0,
      'with rulesets': ({ rulesets }) => rulesets.size > 0,
      'with annotated tags': ({ tags }) => [...tags.values()].some(({ annotation }) => annotation !== null),
      'with lightweight tags': ({ tags }) => [...tags.values()].some(({ annotation }) => annotation === null),
      'with pre-releases': ({ releases }) => [...releases.values()].some(({ isPrerelease }) => isPrerelease),
    };
    for (const [kind, isMeant] of Object.entries(kinds)) expect(repositories.some(isMeant), kind).toBe(true);
    expect(new Set(world.truth.signals.values())).toEqual(
      new Set(['deployment', 'workflow', 'release', 'tag']),
    );
    const environments = new Set(world.truth.deployments.map(({ environment }) => environment));
    expect(environments).toContain('production-eu');
    expect(environments).toContain('production-us');
  });
});

describe('pull requests', () => {
  it('are opened at work, wherever that is', () => {
    const weekend = share(byPeople, ({ createdAt }) => [0, 6].includes(new Date(createdAt).getUTCDay()));
    expect(weekend).toBeGreaterThan(0);
    expect(weekend).toBeLessThan(0.08);
  });

  it('have every kind of event that Bellwether asks for', () => {
    const seen = new Set(pullRequests.flatMap(({ timeline }) => timeline.map(({ typename }) => typename)));
    expect([...seen].sort()).toEqual([
      'AddedToMergeQueueEvent',
      'AutoMergeEnabledEvent',
      'ClosedEvent',
      'ConvertToDraftEvent',
      'HeadRefForcePushedEvent',
      'LabeledEvent',
      'MergedEvent',
      'ReadyForReviewEvent',
      'RemovedFromMergeQueueEvent',
      'ReopenedEvent',
      'ReviewDismissedEvent',
      'ReviewRequestRemovedEvent',
      'ReviewRequestedEvent',
    ]);
  });

  it('keep to their parameters', () => {
    // 0.2 begin as drafts; 0.03 of all go back, which the same event ends.
    expect(share(byPeople, has('ReadyForReviewEvent'))).toBeGreaterThan(0.15);
    expect(share(byPeople, has('ReadyForReviewEvent'))).toBeLessThan(0.28);
    const settled = byPeople.filter(({ createdAt }) => createdAt < now - 60 * 86_400_000);
    // 0.06 are given up, 0.02 stay open.
    expect(share(settled, ({ state }) => state === 'CLOSED')).toBeGreaterThan(0.03);
    expect(share(settled, ({ state }) => state === 'CLOSED')).toBeLessThan(0.1);
    expect(share(settled, ({ state }) => state === 'MERGED')).toBeGreaterThan(0.85);
    expect(share(settled, ({ reviews }) => reviews.length === 0)).toBeLessThan(0.15);
  });

  it('include the odd ones', () => {
    const odd: Record<string, (pullRequest: PullRequest) => boolean> = {
      'from a fork': ({ isCrossRepository }) => isCrossRepository,
      'merged, without a merge commit': ({ mergedAt, mergeCommitSha }) =>
        mergedAt !== null && mergeCommitSha === null,
      'over 100 reviews, items and files': ({ reviews, timeline, files }) => {
        return Math.min(reviews.length, timeline.length, files.length) > 100;
      },
      'over 250 commits': ({ commitShas }) => commitShas.length > 250,
      'by a deleted user': ({ authorId }) => world.users.get(authorId)!.isDeleted,
      'a revert': ({ headBranch, body }) =>
        /^revert-\d+-/.test(headBranch) && /^Reverts .+\/.+#\d+$/.test(body),
      'a hotfix': ({ headBranch }) => headBranch.startsWith('hotfix/'),
      'reviewed by a bot': ({ reviews }) =>
        reviews.some(({ authorId }) => world.users.get(authorId)!.type === 'Bot'),
      'asks a team': ({ reviewRequests }) => reviewRequests.some(({ reviewer }) => reviewer.kind === 'team'),
      'reviewed without being updated': ({ reviews, updatedAt }) =>
        (reviews.at(-1)?.submittedAt ?? 0) > updatedAt,
    };
    for (const [what, isMeant] of Object.entries(odd)) expect(pullRequests.some(isMeant), what).toBe(true);
    const commits = repositories.flatMap((each) => [...each.commits.values()]);
    expect(share(commits, ({ authorId }) => authorId === null)).toBeGreaterThan(0.002);
  });
});

describe('what follows a merge', () => {
  it('are runs of which some fail, and some of these pass when run again', () => {
    const runs = repositories.flatMap((each) => [...each.workflowRuns.values()]);
    const flaky = share(runs, ({ attempts }) => attempts[0]!.conclusion === 'failure' && attempts.length > 1);
    expect(flaky).toBeGreaterThan(0.04);
    expect(flaky).toBeLessThan(0.08);
    expect(new Set(runs.map(({ event }) => event)).size).toBe(5);
  });

  it('are deployments of which about a tenth fail, by every kind of evidence', () => {
    const regular = world.truth.deployments.filter(({ isFirst, isRework }) => !isFirst && !isRework);
    const failed = regular.filter(({ failure }) => failure !== null);
    // 0.1 break; those noticed by nobody before the end are not known.
    expect(failed.length / regular.length).toBeGreaterThan(0.07);
    expect(failed.length / regular.length).toBeLessThan(0.13);
    const causes = new Set(failed.map(({ failure }) => failure!.cause));
    expect(causes).toEqual(new Set(['incident', 'rollback', 'hotfix', 'revert']));
  });

  it('are attempts that never reached their environment', () => {
    const deployments = repositories.flatMap((each) => [...each.deployments.values()]);
    const failed = share(deployments, ({ statuses }) => {
      return statuses.some(({ state }) => state === 'FAILURE' || state === 'ERROR');
    });
    expect(failed).toBeGreaterThan(0.03);
    expect(failed).toBeLessThan(0.09);
  });
});
