import { beforeEach, describe, expect, it } from 'vitest';
import { findInconsistencies } from '../consistency/inconsistencies.ts';
import { emptyWorld } from '../empty-world.ts';
import type { PullRequest, Repository, User, World } from '../model.ts';
import {
  addCommit,
  addRepository,
  addTeam,
  addUser,
  beginAttempt,
  addWorkflow,
  finishAttempt,
  forcePush,
  joinTeam,
  mergePullRequest,
  openPullRequest,
  pushToDefaultBranch,
  removeReviewRequest,
  renameRepository,
  requestReview,
  rerun,
  startRun,
  submitReview,
} from './index.ts';

const start = Date.UTC(2026, 0, 5);
const at = (minutes: number) => start + minutes * 60_000;

let world: World;
let repository: Repository;
let ada: User;
let ben: User;
let pullRequest: PullRequest;
let commits: string[];

beforeEach(() => {
  world = emptyWorld({ seed: 3, now: start });
  ada = addUser(world, { login: 'ada', name: 'Ada', email: 'ada@example.test', timeZone: 'UTC' }, start);
  ben = addUser(world, { login: 'ben', name: 'Ben', email: 'ben@example.test', timeZone: 'UTC' }, start);
  repository = addRepository(world, { name: 'tools' }, start);
  const base = pushToDefaultBranch(
    world,
    repository,
    { author: ada, authoredAt: start, message: 'First' },
    start,
  );
  const first = commit(base.sha, 1);
  commits = [first, commit(first, 2)];
  const opened = { title: 'Change', author: ada, headBranch: 'change', commitShas: commits, files: [] };
  pullRequest = openPullRequest(world, repository, opened, at(3));
});

function commit(parent: string, minutes: number): string {
  const message = `Commit ${minutes}`;
  return addCommit(world, repository, { parents: [parent], author: ada, authoredAt: at(minutes), message })
    .sha;
}

function subjects(shas: readonly string[]): string[] {
  return shas.map((sha) => repository.commits.get(sha)!.message.split('\n')[0]!);
}

describe('a merge', () => {
  const merge = (method: 'squash' | 'merge' | 'rebase') => {
    const gained = mergePullRequest(world, repository, pullRequest, { method, actor: ben }, at(9));
    expect(pullRequest).toMatchObject({
      state: 'MERGED',
      mergedAt: at(9),
      updatedAt: at(9),
      mergedById: ben.id,
    });
    expect(repository.branches.get('main')).toBe(pullRequest.mergeCommitSha);
    expect(repository.branches.has('change')).toBe(false);
    expect(pullRequest.commitShas).toEqual(commits);
    expect(findInconsistencies(world)).toEqual([]);
    return gained.map((sha) => repository.commits.get(sha)!);
  };

  it('by squash is one commit of that moment', () => {
    const [squashed, ...more] = merge('squash');
    expect(more).toEqual([]);
    expect(squashed).toMatchObject({ authoredAt: at(9), committedAt: at(9), authorId: ada.id });
    expect(squashed!.message).toBe('Change (#1)\n\n* Commit 1\n\n* Commit 2');
  });

  it('by merge commit has the branch as second parent', () => {
    const [merged] = merge('merge');
    expect(merged!.parents[1]).toBe(commits[1]);
    expect(merged!.message).toBe('Merge pull request #1 from simulated-3/change\n\nChange');
  });

  it('by rebase copies the commits, with the author dates that they had', () => {
    const copies = merge('rebase');
    expect(subjects(copies.map(({ sha }) => sha))).toEqual(['Commit 1', 'Commit 2']);
    expect(copies.map(({ authoredAt }) => authoredAt)).toEqual([at(1), at(2)]);
    expect(copies.map(({ committedAt }) => committedAt)).toEqual([at(9), at(9)]);
  });
});

describe('reviews', () => {
  it('fulfil the requests for the reviewer and for a team that the reviewer is in', () => {
    const team = addTeam(world, { slug: 'a-team', name: 'A team' }, start);
    joinTeam(world, team, ben, start);
    requestReview(world, pullRequest, { kind: 'team', id: team.id }, ada, at(4));
    requestReview(world, pullRequest, { kind: 'user', id: ben.id }, ada, at(4));
    requestReview(world, pullRequest, { kind: 'user', id: ben.id }, ada, at(5));
    expect(pullRequest.reviewRequests).toHaveLength(2);
    submitReview(world, pullRequest, { author: ben, state: 'APPROVED' }, at(6));
    expect(pullRequest.reviewRequests).toEqual([]);
    removeReviewRequest(world, pullRequest, { kind: 'user', id: ben.id }, ada, at(7));
    expect(pullRequest.timeline.map(({ typename }) => typename)).toEqual([
      'ReviewRequestedEvent',
      'ReviewRequestedEvent',
    ]);
  });

  it('move updatedAt, or do not', () => {
    submitReview(world, pullRequest, { author: ben, state: 'COMMENTED' }, at(4));
    expect(pullRequest.updatedAt).toBe(at(4));
    submitReview(world, pullRequest, { author: ben, state: 'APPROVED', touchesUpdatedAt: false }, at(6));
    expect(pullRequest.updatedAt).toBe(at(4));
    expect(world.now).toBe(at(6));
  });
});

it('a force-push replaces the commits, and the old ones stay known', () => {
  const other = commit(commits[0]!, 5);
  forcePush(world, repository, pullRequest, [commits[0]!, other], at(6));
  expect(pullRequest).toMatchObject({ headSha: other, commitShas: [commits[0], other], updatedAt: at(6) });
  expect(pullRequest.timeline.at(-1)).toMatchObject({ beforeSha: commits[1], afterSha: other });
  expect(repository.branches.get('change')).toBe(other);
  expect(repository.commits.has(commits[1]!)).toBe(true);
});

it('a re-run adds an attempt with jobs of its own, and the run shows the newest', () => {
  const workflow = addWorkflow(world, repository, { name: 'CI', path: '.github/workflows/ci.yml' });
  const head = { event: 'push', headBranch: 'change', headSha: commits[1]!, actor: ada } as const;
  const run = startRun(world, repository, { workflow, ...head, jobNames: ['test', 'lint'] }, at(4));
  beginAttempt(world, run, at(5));
  finishAttempt(world, run, 'failure', [{ conclusion: 'failure', completedAt: at(6) }], at(7));
  rerun(world, run, at(8));
  expect(run.updatedAt).toBe(at(8));
  expect(run.attempts.map(({ attempt, status, conclusion }) => ({ attempt, status, conclusion }))).toEqual([
    { attempt: 1, status: 'completed', conclusion: 'failure' },
    { attempt: 2, status: 'queued', conclusion: null },
  ]);
  const [test, lint] = run.attempts[0]!.jobs;
  expect(test).toMatchObject({ conclusion: 'failure', startedAt: at(5), completedAt: at(6) });
  expect(lint).toMatchObject({ conclusion: 'success', startedAt: at(5), completedAt: at(7) });
  expect(run.attempts[1]!.jobs[0]!.id).not.toBe(test!.id);
});

it('a renamed repository keeps its former names', () => {
  renameRepository(world, repository, 'toolbox', at(4));
  renameRepository(world, repository, 'kit', at(5));
  expect(repository).toMatchObject({ name: 'kit', formerNames: ['tools', 'toolbox'], updatedAt: at(5) });
});

it('a world whose parts do not fit is found out', () => {
  pullRequest.updatedAt = start - 1500;
  pullRequest.isInMergeQueue = true;
  pullRequest.state = 'CLOSED';
  repository.branches.set('nowhere', 'no-such-commit');
  expect(findInconsistencies(world)).toEqual([
    `tools: ${start - 1500} is not a whole second`,
    'tools: branch nowhere to nothing',
    'tools#1: closed or not',
    'tools#1: in the queue and not open',
    'tools#1: updated before it was there',
  ]);
});
