import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainCommit, DomainPullRequest } from '../domain-snapshot.ts';
import { changeOf, deploymentsOf, outcomeOf } from '../testing/rows-of.ts';
import { commit, day, pullRequest, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules } from './facts.ts';

const rules = deriveRules(Config.parse({}));

describe('the lead time of a squashed pull request', () => {
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 's', parents: ['root'], at: start + 5 * day, number: 8 }),
    commit({ name: 'w1', parents: ['root'], at: start + day }),
    commit({ name: 'w2', parents: ['w1'], at: start + 2 * day }),
  ];
  const squashed = pullRequest({
    number: 8,
    merge: 's',
    commits: { w1: start + day, w2: start + 2 * day },
    merged_at: start + 5 * day,
  });
  const after = [release('v1', 'root', start), release('v2', 's', start + 6 * day)];
  const rowsOf = (all: DomainCommit[], deployments = after) =>
    deploymentsOf(
      computeFacts(snapshot({ head: 's', commits: all, pullRequests: [squashed], deployments }), rules),
      '#8',
    );

  it('runs from the first commit of its branch', () => {
    // 6 d − 1 d
    expect(rowsOf(commits.slice(0, 2))).toMatchObject([
      { deployment_id: 'v2', lead_time_seconds: 432_000, starts_at: 'first_commit' },
    ]);
  });

  it('ends where all of the branch was deployed before the merge', () => {
    const early = [
      ...after,
      release('half', 'w1', start + 2.5 * day),
      release('whole', 'w2', start + 3 * day),
    ];
    // 3 d − 1 d
    expect(rowsOf(commits, early)).toMatchObject([
      { deployment_id: 'whole', lead_time_seconds: 172_800, is_deployed_before_merge: true },
    ]);
  });

  it('ends after the merge where a tag is a second older than what its source calls the merge', () => {
    const tagged = [release('v1', 'root', start), release('v2', 's', start + 5 * day - 1000)];
    expect(rowsOf(commits.slice(0, 2), tagged)).toMatchObject([{ is_deployed_before_merge: false }]);
  });

  it('ends with a cherry-pick of its only commit', () => {
    const one = pullRequest({ number: 8, merge: 's', commits: { w1: start + day } });
    const picked = [
      ...commits.slice(0, 2),
      commit({ name: 'p', parents: ['root'], at: start + 3 * day, cherry_picked_from: sha('w1') }),
    ];
    const deployments = [...after, release('v1.1', 'p', start + 4 * day)];
    const idsOf = (pullRequests: DomainPullRequest[]): string[] =>
      deploymentsOf(
        computeFacts(snapshot({ head: 's', commits: picked, pullRequests, deployments }), rules),
        '#8',
      ).map((row) => row.deployment_id);
    expect(idsOf([one])).toEqual(['v1.1']);
    // One of two commits is not the whole change.
    expect(idsOf([squashed])).toEqual(['v2']);
  });
});

describe('the files of a pull request', () => {
  const services = ['api', 'web'].map((service) => ({
    service,
    path_globs: [`${service}/**`],
    owner_team: '',
  }));
  const deployments = ['api', 'web'].flatMap((service) => [
    release(`${service}@1`, 'root', start, { service }),
    release(`${service}@2`, 's', start + 2 * day, { service }),
  ]);
  const attributed = (
    files: Pick<DomainPullRequest, 'file_paths' | 'changed_file_count'>,
    paths?: readonly string[],
  ) =>
    deploymentsOf(
      computeFacts(
        snapshot({
          head: 's',
          commits: [
            commit({ name: 'root' }),
            commit({
              name: 's',
              parents: ['root'],
              at: start + day,
              ...(paths && { has_paths: true, paths }),
            }),
          ],
          pullRequests: [pullRequest({ number: 1, merge: 's', commits: { w: start }, ...files })],
          services,
          deployments,
        }),
        rules,
      ),
      '#1',
    ).map(({ service, attribution }) => [service, attribution]);

  it('say which services it belongs to, where its commits do not', () => {
    const web = { file_paths: ['web/x.ts'], changed_file_count: 1 };
    expect(attributed(web)).toEqual([['web', 'paths']]);
    expect(attributed(web, ['api/x.ts'])).toEqual([['api', 'paths']]);
    expect(attributed({ file_paths: ['README.md'], changed_file_count: 1 })).toEqual([]);
  });

  it('count as far as they go when the list was cut, and tell nothing when none of them is claimed', () => {
    expect(attributed({ file_paths: ['web/x.ts'], changed_file_count: 4_000 })).toEqual([['web', 'paths']]);
    expect(attributed({ file_paths: ['docs/x.md'], changed_file_count: 4_000 })).toEqual([
      ['api', 'first-deployment'],
    ]);
  });
});

describe('a pull request that takes another back', () => {
  const commits = (how: Partial<Pick<DomainCommit, 'reverts_sha'>>) => [
    commit({ name: 'root' }),
    commit({ name: 'bad', parents: ['root'], at: start + day }),
    commit({ name: 'undo', parents: ['bad'], at: start + 2 * day, ...how }),
  ];
  const revertedBy = (how: Partial<Pick<DomainCommit, 'reverts_sha'>>, reverts_number: number | null) =>
    computeFacts(
      snapshot({
        head: 'undo',
        commits: commits(how),
        pullRequests: [
          pullRequest({ number: 11, merge: 'bad', commits: { w: start } }),
          pullRequest({ number: 12, merge: 'undo', commits: { u: start + day }, reverts_number }),
        ],
        deployments: [
          release('v1', 'root', start),
          release('v2', 'bad', start + day),
          release('v3', 'undo', start + 2 * day),
        ],
      }),
      rules,
    );

  it.each([
    ['its branch', {}, 11],
    ['a commit of the other’s branch', { reverts_sha: sha('w') }, null],
    ['its merge', { reverts_sha: sha('bad') }, null],
  ])('says so by %s', (_name, how, number) => {
    const facts = revertedBy(how, number);
    expect(changeOf(facts, '#12').reverts_change_id).toBe('local/app#11');
    expect(outcomeOf(facts, 'v2')).toMatchObject({ is_failure: true, evidence: 'revert' });
    expect(facts.findings).toEqual([]);
  });

  it('takes back nothing when it means a commit of its own branch', () => {
    const facts = revertedBy({ reverts_sha: sha('u') }, null);
    expect(changeOf(facts, '#12').reverts_change_id).toBeNull();
    expect(facts.findings).toEqual([]);
  });

  it('is a finding when its branch names what is not there', () => {
    expect(revertedBy({}, 99).findings).toMatchObject([
      { kind: 'unresolved-revert', entity: 'local/app#12' },
    ]);
  });
});

describe('a squashed hotfix', () => {
  it('is told by the branch of its pull request', () => {
    const facts = computeFacts(
      snapshot({
        head: 'h',
        commits: [
          commit({ name: 'root' }),
          commit({ name: 'a', parents: ['root'], at: start + day }),
          commit({ name: 'h', parents: ['a'], at: start + 2 * day, number: 3 }),
        ],
        pullRequests: [
          pullRequest({ number: 3, merge: 'h', commits: { w: start + day }, head_branch: 'hotfix/login' }),
        ],
        deployments: [
          release('v1', 'root', start),
          release('v2', 'a', start + day),
          release('v3', 'h', start + 2 * day),
        ],
      }),
      rules,
    );
    expect(outcomeOf(facts, 'v2')).toMatchObject({ is_failure: true, evidence: 'hotfix' });
    expect(outcomeOf(facts, 'v3').is_rework).toBe(true);
  });
});

describe('many pull requests', () => {
  it('take time in proportion to their number', () => {
    const millisecondsFor = (count: number): number => {
      const names = Array.from({ length: count }, (_, index) => `c${String(index)}`);
      const input = snapshot({
        head: names.at(-1) ?? '',
        commits: names.map((name, index) =>
          commit({ name, parents: index === 0 ? [] : [`c${String(index - 1)}`], at: start + index * 1000 }),
        ),
        pullRequests: names.map((name, index) =>
          // Every tenth has lost its merge commit, and every hundredth is found by nothing.
          pullRequest({
            number: index + 1,
            merge: index % 10 === 0 ? null : name,
            commits: index % 100 === 0 ? {} : { [name]: start + index * 1000, [`w${name}`]: start },
          }),
        ),
        deployments: names
          .filter((_, index) => index % 50 === 0)
          .map((name, index) => release(`v${String(index)}`, name, start + index * 60_000)),
      });
      const began = performance.now();
      computeFacts(input, rules);
      return performance.now() - began;
    };
    const best = (count: number): number => Math.min(...[1, 2, 3].map(() => millisecondsFor(count)));
    best(2_000);
    // Four times as many; what is quadratic would take 16 times as long.
    expect(best(16_000) / best(4_000)).toBeLessThan(11);
  }, 60_000);
});
