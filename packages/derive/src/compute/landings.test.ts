import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainCommit, DomainPullRequest } from '../domain-snapshot.ts';
import { changeOf } from '../testing/rows-of.ts';
import { commit, day, hour, pullRequest, sha, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({}));

function factsOf(head: string, commits: DomainCommit[], pullRequests: DomainPullRequest[]): Facts {
  return computeFacts(snapshot({ head, commits, pullRequests }), rules);
}

function idsOf(facts: Facts): string[] {
  return facts.changes.map((row) => row.change_id.replace('local/app', '')).sort();
}

describe('a squashed pull request', () => {
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 's', parents: ['root'], at: start + 5 * day, number: 8, subject: 'Squashed (#8)' }),
  ];
  const squashed = pullRequest({
    number: 8,
    merge: 's',
    commits: { w1: start + 2 * day, w2: start + day, w3: null },
    title: 'Its title',
    head_branch: 'topic',
    merged_at: start + 5 * day + 7,
    author_is_bot: true,
  });

  it('starts at the earliest author date of its own commits that can be believed', () => {
    expect(changeOf(factsOf('s', commits, [squashed]), '#8')).toMatchObject({
      kind: 'pull_request',
      title: 'Its title',
      head_branch: 'topic',
      is_bot: true,
      merge_sha: sha('s'),
      commit_shas: [sha('s'), sha('w1'), sha('w2'), sha('w3')],
      first_authored_at: start + day,
      merged_at: start + 5 * day + 7,
      starts_at: 'first_commit',
    });
  });

  it('starts at the merge where none of them has such a date', () => {
    const undated = pullRequest({ number: 8, merge: 's', commits: { w1: null } });
    expect(changeOf(factsOf('s', commits, [undated]), '#8').starts_at).toBe('merge');
  });

  it('is found whatever its subject says, and in whatever order rows come', () => {
    const renamed = commits.map((each) => ({ ...each, number: null }));
    expect(idsOf(factsOf('s', renamed.toReversed(), [squashed]))).toEqual(['#8', `@${sha('root')}`]);
  });
});

describe('the landing of a pull request without a merge commit', () => {
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 'early', parents: ['root'], at: start + hour, number: 5, subject: 'See issue (#5)' }),
    commit({ name: 'late', parents: ['early'], at: start + 9 * day, number: 5, subject: 'Land (#5)' }),
    commit({ name: 'own', parents: ['late'], at: start + 10 * day }),
    commit({ name: 'copy', parents: ['own'], at: start + 11 * day, cherry_picked_from: sha('away') }),
  ];

  it('is the commit that names its number, the nearest to when it was merged', () => {
    const lost = pullRequest({ number: 5, merge: null, merged_at: start + 9 * day });
    const facts = factsOf('copy', commits, [lost]);
    expect(changeOf(facts, '#5').merge_sha).toBe(sha('late'));
    expect(changeOf(facts, `@${sha('early')}`)).toMatchObject({ kind: 'commit', number: null });
  });

  it('is the last of its own commits that is there', () => {
    const lost = pullRequest({ number: 6, merge: null, commits: { gone: start, own: start + 10 * day } });
    expect(changeOf(factsOf('copy', commits, [lost]), '#6').merge_sha).toBe(sha('own'));
  });

  it('is the last that was cherry-picked from one of them', () => {
    const lost = pullRequest({
      number: 6,
      merge: 'rewritten',
      commits: { away: start + 8 * day },
      merged_at: start + 11 * day,
    });
    expect(changeOf(factsOf('copy', commits, [lost]), '#6')).toMatchObject({
      merge_sha: sha('copy'),
      first_authored_at: start + 8 * day,
    });
  });

  it('is looked for under the old name of the default branch, too', () => {
    const old = [
      pullRequest({ number: 3, merge: 'early', base_branch: 'master' }),
      pullRequest({ number: 5, merge: null, base_branch: 'master', merged_at: start + 9 * day }),
    ];
    expect(changeOf(factsOf('copy', commits, old), '#5').merge_sha).toBe(sha('late'));
    const elsewhere = pullRequest({ number: 5, merge: null, base_branch: '1.x' });
    expect(idsOf(factsOf('copy', commits, [elsewhere]))).not.toContain('#5');
  });

  it('is a finding where nothing of it is there', () => {
    const lost = pullRequest({ number: 7, merge: 'rewritten', commits: { away2: start } });
    const facts = factsOf('copy', commits, [lost]);
    expect(facts.findings).toMatchObject([{ kind: 'unlanded-pull-request', entity: 'local/app#7' }]);
    expect(idsOf(facts)).not.toContain('#7');
  });
});

describe('a rebase merge', () => {
  // 1 and 2 are pushed by others; a, b, c are written anew as A, B, C. b had become empty: a rebase drops it.
  const commits = [
    commit({ name: 'root' }),
    commit({ name: '1', parents: ['root'], at: start + day }),
    commit({ name: 'A', parents: ['1'], at: start + 5 * day, authored_at: start + 2 * day }),
    commit({ name: 'C', parents: ['A'], at: start + 5 * day, authored_at: start + 4 * day }),
    commit({ name: '2', parents: ['C'], at: start + 6 * day }),
  ];
  const rebased = pullRequest({
    number: 9,
    merge: 'C',
    commits: { a: start + 2 * day, b: start + 3 * day, c: start + 4 * day },
    merged_at: start + 5 * day,
  });

  it('leaves several commits, which belong to it', () => {
    const facts = factsOf('2', commits, [rebased]);
    expect(idsOf(facts)).toEqual(['#9', `@${sha('1')}`, `@${sha('2')}`, `@${sha('root')}`].sort());
    expect(changeOf(facts, '#9')).toMatchObject({
      merge_sha: sha('C'),
      commit_shas: ['A', 'C', 'a', 'b', 'c'].map(sha).sort(),
      first_authored_at: start + 2 * day,
      starts_at: 'first_commit',
    });
  });

  it('takes no commit whose date is in another order, nor what another pull request put there', () => {
    const swapped = pullRequest({
      number: 9,
      merge: 'C',
      commits: { c: start + 4 * day, a: start + 2 * day },
    });
    expect(idsOf(factsOf('2', commits, [swapped]))).toContain(`@${sha('A')}`);
    const other = pullRequest({ number: 3, merge: 'A', commits: { x: start } });
    const facts = factsOf('2', commits, [rebased, other]);
    expect(changeOf(facts, '#3').commit_shas).toEqual([sha('A'), sha('x')].sort());
    expect(changeOf(facts, '#9').commit_shas).not.toContain(sha('A'));
  });

  it('takes as many commits in front of those that are listed as the branch has more', () => {
    const long = [
      ...commits.slice(0, 4),
      commit({ name: 'D', parents: ['C'], at: start + 5 * day, authored_at: start + 4.5 * day }),
      commit({ name: 'E', parents: ['D'], at: start + 5 * day, authored_at: start + 4.6 * day }),
    ];
    const of = (commit_count: number, rest: Partial<typeof rebased> = {}) =>
      idsOf(factsOf('E', long, [{ ...rebased, merge_commit_sha: sha('E'), commit_count, ...rest }]));
    expect(of(5)).toEqual(['#9', `@${sha('1')}`, `@${sha('root')}`].sort());
    // One commit too many in front, or a squash whose branch is not there at all: those are others'.
    const others = [`@${sha('1')}`, `@${sha('A')}`, `@${sha('C')}`, `@${sha('D')}`, `@${sha('root')}`];
    expect(of(4)).toEqual(['#9', ...others].sort());
    const elsewhere = [start + 2.5 * day, start + 3 * day, start + 4.2 * day];
    expect(of(9, { commit_authored_at: elsewhere })).toEqual(['#9', ...others].sort());
  });

  it('has the files of all its commits', () => {
    const withFiles = commits.map((each) => ({ ...each, has_paths: true, paths: [`${each.subject}/x`] }));
    const services = [{ service: 'A', path_globs: ['A/**'], owner_team: '' }];
    const deployments = [
      { name: 'v1', of: 'root', at: start },
      { name: 'v2', of: '2', at: start + 7 * day },
    ].map(({ name, of, at }) => ({
      deployment_id: name,
      service: 'A',
      environment: 'production',
      environment_kind: 'production' as const,
      signal: 'tag' as const,
      is_counted: true,
      sha: sha(of),
      ref: name,
      status: 'success' as const,
      is_planned: true,
      started_at: null,
      finished_at: at,
      finished_at_is_exact: true,
      url: '',
    }));
    const facts = computeFacts(
      snapshot({ head: '2', commits: withFiles, pullRequests: [rebased], services, deployments }),
      rules,
    );
    // 7 d − 2 d; the landing C touches C/x only.
    expect(facts.changeDeployments).toMatchObject([
      { change_id: 'local/app#9', attribution: 'paths', lead_time_seconds: 432_000 },
    ]);
  });
});

describe('pull requests into other branches', () => {
  it('are no changes where the default branch does not have them, whatever names their number', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'fix', parents: ['root'], at: start + day, number: 4, subject: 'Fix (#4)' }),
      commit({ name: 'main', parents: ['root'], at: start + 2 * day, number: 4, subject: 'Fix (#4)' }),
    ];
    const backport = pullRequest({ number: 4, merge: 'fix', base_branch: '1.x' });
    const facts = factsOf('main', commits, [backport]);
    expect(idsOf(facts)).toEqual([`@${sha('main')}`, `@${sha('root')}`].sort());
    expect(facts.findings).toEqual([]);
  });

  const stacked = (outerBranch: string, innerBase: string): Facts =>
    factsOf(
      'outer',
      [
        commit({ name: 'root' }),
        commit({ name: 'w', parents: ['root'], at: start + day }),
        commit({ name: 'inner', parents: ['root', 'w'], at: start + 2 * day }),
        commit({ name: 'x', parents: ['inner'], at: start + 3 * day }),
        commit({ name: 'outer', parents: ['root', 'x'], at: start + 9 * day }),
      ],
      [
        pullRequest({ number: 1, merge: 'inner', commits: { w: start + day }, base_branch: innerBase }),
        pullRequest({
          number: 10,
          merge: 'outer',
          commits: { w: start + day, inner: start + 2 * day, x: start + 3 * day },
          head_branch: outerBranch,
        }),
      ],
    );

  it('belong to the pull request that brings them in', () => {
    const facts = stacked('feature', 'feature');
    expect(idsOf(facts)).toEqual(['#10', `@${sha('root')}`]);
    expect(changeOf(facts, '#10').first_authored_at).toBe(start + day);
  });

  it('are changes of their own where the outer one only gathers them, which then starts with what is its own', () => {
    const facts = stacked('develop', 'develop');
    expect(idsOf(facts)).toEqual(['#1', '#10', `@${sha('root')}`]);
    expect(changeOf(facts, '#1').first_authored_at).toBe(start + day);
    expect(changeOf(facts, '#10')).toMatchObject({
      first_authored_at: start + 3 * day,
      commit_shas: [sha('outer'), sha('x')].sort(),
    });
  });

  it('are changes of their own when they were meant for the default branch', () => {
    expect(idsOf(stacked('feature', 'main'))).toEqual(['#1', '#10', `@${sha('root')}`]);
  });

  it('of a fork’s develop gather nothing', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'w', parents: ['root'], at: start + day }),
      commit({ name: 'theirs', parents: ['root', 'w'], at: start + 2 * day, number: 1, head_branch: 'x' }),
      commit({ name: 'ours', parents: ['root', 'theirs'], at: start + 3 * day, number: 10 }),
    ];
    const fork = pullRequest({
      number: 10,
      merge: 'ours',
      commits: { w: start + day, theirs: start + 2 * day },
      head_branch: 'develop',
      is_from_fork: true,
    });
    expect(idsOf(factsOf('ours', commits, [fork]))).toEqual(['#10', `@${sha('root')}`]);
  });
});

describe('one commit that two pull requests claim', () => {
  it('belongs to the one that it names; the other has what is its own', () => {
    // #2 was built on #1, and merging it merged both.
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'w1', parents: ['root'], at: start + day }),
      commit({ name: 'w2', parents: ['w1'], at: start + 2 * day }),
      commit({ name: 'm', parents: ['root', 'w2'], at: start + 3 * day, number: 2 }),
    ];
    const pullRequests = [
      pullRequest({ number: 1, merge: 'm', commits: { w1: start + day } }),
      pullRequest({ number: 2, merge: 'm', commits: { w1: start + day, w2: start + 2 * day } }),
    ];
    const facts = factsOf('m', commits, pullRequests);
    expect(changeOf(facts, '#1')).toMatchObject({ merge_sha: sha('w1'), first_authored_at: start + day });
    expect(changeOf(facts, '#2')).toMatchObject({ merge_sha: sha('m'), first_authored_at: start + 2 * day });
  });
});
