import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { commit, day, hour, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({}));

function change(facts: Facts, id: string): Facts['changes'][number] {
  const found = facts.changes.find((row) => row.change_id === `local/app${id}`);
  if (found === undefined) {
    throw new Error(`no change ${id} among ${facts.changes.map((row) => row.change_id).join()}`);
  }
  return found;
}

function deploymentsOf(facts: Facts, id: string): Facts['changeDeployments'] {
  return facts.changeDeployments.filter((row) => row.change_id === `local/app${id}`);
}

function outcome(facts: Facts, deployment: string): Facts['outcomes'][number] {
  const found = facts.outcomes.find((row) => row.deployment_id === deployment);
  if (found === undefined) throw new Error(`no outcome of ${deployment}`);
  return found;
}

describe('changes', () => {
  // root ── m1 (Merge pull request #7: a, b) ── c (direct) ── s (squash #8)
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 'a', parents: ['root'], at: start + 5 * hour }),
    commit({ name: 'b', parents: ['a'], at: start + 6 * hour, authored_at: start + 2 * hour }),
    commit({ name: 'm1', parents: ['root', 'b'], at: start + 10 * hour, number: 7, head_branch: 'feature' }),
    commit({ name: 'c', parents: ['m1'], at: start + 11 * hour }),
    commit({ name: 's', parents: ['c'], at: start + 12 * hour, number: 8 }),
  ];
  const facts = computeFacts(snapshot({ head: 's', commits }), rules);

  it('are pull requests where there is one, else commits', () => {
    expect(facts.changes.map(({ change_id, kind }) => [change_id, kind]).sort()).toEqual([
      ['local/app#7', 'pull_request'],
      ['local/app#8', 'pull_request'],
      [`local/app@${sha('c')}`, 'commit'],
      [`local/app@${sha('root')}`, 'commit'],
    ]);
  });

  it('own the commits of their branch, and begin with the earliest author date', () => {
    expect(change(facts, '#7')).toMatchObject({
      merge_sha: sha('m1'),
      commit_shas: [sha('a'), sha('b'), sha('m1')],
      first_authored_at: start + 2 * hour,
      merged_at: start + 10 * hour,
      starts_at: 'first_commit',
    });
  });

  it('begin with the merge where a squash hides the work', () => {
    expect(change(facts, '#8').starts_at).toBe('merge');
    expect(change(facts, `@${sha('c')}`).starts_at).toBe('first_commit');
  });

  it('leave merges out that are no pull request, and keep the pull requests that these bring in', () => {
    // A foxtrot: somebody merged origin into their own branch and pushed it.
    const foxtrot = [
      ...commits,
      commit({ name: 'x', parents: ['root'] }),
      commit({ name: 'f', parents: ['x', 's'] }),
    ];
    const ids = computeFacts(snapshot({ head: 'f', commits: foxtrot }), rules).changes.map(
      (row) => row.change_id,
    );
    expect(ids).toContain('local/app#7');
    expect(ids).toContain(`local/app@${sha('x')}`);
    expect(ids).not.toContain(`local/app@${sha('f')}`);
  });

  it('give a number to one commit only: the first that claims it', () => {
    const again = [...commits, commit({ name: 't', parents: ['s'], at: start + 20 * hour, number: 8 })];
    const twice = computeFacts(snapshot({ head: 't', commits: again }), rules);
    expect(change(twice, '#8').merge_sha).toBe(sha('s'));
    expect(change(twice, `@${sha('t')}`)).toMatchObject({ kind: 'commit', number: null });
  });

  it('are by a bot when all of their own commits are', () => {
    const withBot = commits.map((each) => (each.sha === sha('s') ? { ...each, author_is_bot: true } : each));
    const byBot = computeFacts(snapshot({ head: 's', commits: withBot }), rules);
    expect(change(byBot, '#8').is_bot).toBe(true);
    expect(change(byBot, '#7').is_bot).toBe(false);
  });

  it('are none without a default branch', () => {
    expect(computeFacts({ ...snapshot({ head: 's', commits }), headSha: null }, rules).changes).toEqual([]);
  });
});

describe('lead time', () => {
  const line = [
    commit({ name: 'root' }),
    commit({ name: 'a', parents: ['root'], at: start + day }),
    commit({ name: 'b', parents: ['a'], at: start + 3 * day }),
    commit({ name: 'c', parents: ['b'], at: start + 9 * day }),
  ];
  const deployments = [
    release('v1', 'root', start + hour),
    release('v2', 'b', start + 5 * day),
    release('v3', 'b', start + 6 * day),
  ];
  const facts = computeFacts(snapshot({ head: 'c', commits: line, deployments }), rules);

  it('runs from the first commit to the first deployment that carried it', () => {
    // 5 d − 1 d = 4 d = 345,600 s; 5 d − 3 d = 2 d = 172,800 s
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { deployment_id: 'v2', lead_time_seconds: 345_600 },
    ]);
    expect(deploymentsOf(facts, `@${sha('b')}`)).toMatchObject([
      { deployment_id: 'v2', lead_time_seconds: 172_800 },
    ]);
  });

  it('is unknown for what the first deployment carried, and says so', () => {
    expect(deploymentsOf(facts, `@${sha('root')}`)).toMatchObject([
      { deployment_id: 'v1', is_baseline: true, lead_time_seconds: null, lead_time_gap: 'baseline' },
    ]);
    expect(facts.commitDeployments.map((row) => row.sha).sort()).toEqual([sha('a'), sha('b')].sort());
  });

  it('does not exist before the deployment does', () => {
    expect(deploymentsOf(facts, `@${sha('c')}`)).toEqual([]);
  });

  it('is null and a finding when the dates run backwards', () => {
    const skewed = line.map((each) =>
      each.sha === sha('b') ? { ...each, authored_at: start + 7 * day } : each,
    );
    const result = computeFacts(snapshot({ head: 'c', commits: skewed, deployments }), rules);
    expect(deploymentsOf(result, `@${sha('b')}`)).toMatchObject([
      { lead_time_seconds: null, lead_time_gap: 'negative' },
    ]);
    expect(result.findings.map(({ kind }) => kind)).toEqual(['negative-lead-time']);
  });

  it('is null and a finding when the work has no date that can be believed', () => {
    const undated = line.map((each) => (each.sha === sha('b') ? { ...each, authored_at: null } : each));
    const result = computeFacts(snapshot({ head: 'c', commits: undated, deployments }), rules);
    expect(deploymentsOf(result, `@${sha('b')}`)).toMatchObject([{ lead_time_gap: 'unknown-start' }]);
    expect(result.findings).toMatchObject([{ kind: 'unrealistic-commit-date', entity: sha('b') }]);
  });

  it('ends with the cherry-pick when a maintenance branch brought the change first', () => {
    const picked = [
      ...line,
      commit({ name: 'p', parents: ['root'], at: start + 3.5 * day, cherry_picked_from: sha('b') }),
    ];
    const result = computeFacts(
      snapshot({
        head: 'c',
        commits: picked,
        deployments: [...deployments, release('v1.1', 'p', start + 4 * day)],
      }),
      rules,
    );
    expect(deploymentsOf(result, `@${sha('b')}`)).toMatchObject([
      { deployment_id: 'v1.1', lead_time_seconds: 86_400, is_deployed_before_merge: false },
    ]);
  });

  it('ends before the merge when the branch was deployed first', () => {
    const branched = [
      commit({ name: 'root' }),
      commit({ name: 'w', parents: ['root'], at: start + day }),
      commit({ name: 'm', parents: ['root', 'w'], at: start + 4 * day, number: 5 }),
    ];
    const result = computeFacts(
      snapshot({
        head: 'm',
        commits: branched,
        deployments: [
          release('v1', 'root', start),
          release('v2', 'w', start + 3 * day),
          release('v3', 'm', start + 5 * day),
        ],
      }),
      rules,
    );
    // 3 d − 1 d
    expect(deploymentsOf(result, '#5')).toMatchObject([
      { deployment_id: 'v2', lead_time_seconds: 172_800, is_deployed_before_merge: true },
    ]);
  });
});

describe('services of a monorepo', () => {
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 'a', parents: ['root'], at: start + day, has_paths: true, paths: ['packages/api/x.ts'] }),
    commit({ name: 'b', parents: ['a'], at: start + 2 * day, has_paths: true, paths: ['README.md'] }),
  ];
  const of = (service: string) => ({ service });
  const deployments = [
    release('api@1', 'root', start, of('api')),
    release('web@1', 'root', start, of('web')),
    release('web@2', 'b', start + 3 * day, of('web')),
    release('api@2', 'b', start + 4 * day, of('api')),
  ];

  it('get the changes that their globs claim; a change outside all globs belongs to nobody', () => {
    const services = [
      { service: 'api', path_globs: ['packages/api/**'], owner_team: 'payments' },
      { service: 'web', path_globs: ['packages/web/**'], owner_team: '' },
    ];
    const facts = computeFacts(snapshot({ head: 'b', commits, deployments, services }), rules);
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { service: 'api', deployment_id: 'api@2', attribution: 'paths', is_primary: true },
    ]);
    expect(deploymentsOf(facts, `@${sha('b')}`)).toEqual([]);
    expect(outcome(facts, 'api@2')).toMatchObject({ team: 'payments', change_count: 1 });
    expect(outcome(facts, 'web@2').change_count).toBe(0);
  });

  it('share a change that cannot be told apart: it counts once, for the first release', () => {
    const facts = computeFacts(snapshot({ head: 'b', commits, deployments }), rules);
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { service: 'web', deployment_id: 'web@2', attribution: 'first-deployment', is_primary: true },
    ]);
  });

  it('do not take a new service’s first release for the time when old changes were deployed', () => {
    const newcomer = [...deployments, release('cli@1', 'b', start + 2.5 * day, of('cli'))];
    const facts = computeFacts(snapshot({ head: 'b', commits, deployments: newcomer }), rules);
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { deployment_id: 'web@2', is_baseline: false },
    ]);
  });

  it('mark one row as primary when a change reaches several', () => {
    const both = commits.map((each) =>
      each.sha === sha('a') ? { ...each, paths: ['packages/api/x.ts', 'packages/web/y.ts'] } : each,
    );
    const services = [
      { service: 'api', path_globs: ['packages/api/**'], owner_team: '' },
      { service: 'web', path_globs: ['packages/web/**'], owner_team: '' },
    ];
    const rows = deploymentsOf(
      computeFacts(snapshot({ head: 'b', commits: both, deployments, services }), rules),
      `@${sha('a')}`,
    );
    expect(rows.map(({ service, is_primary }) => [service, is_primary]).sort()).toEqual([
      ['api', false],
      ['web', true],
    ]);
  });
});

describe('failures', () => {
  const commits = [
    commit({ name: 'root' }),
    commit({ name: 'bad', parents: ['root'], at: start + day, number: 11 }),
    commit({ name: 'undo', parents: ['bad'], at: start + 2 * day, number: 12, reverts_number: 11 }),
    commit({ name: 'next', parents: ['undo'], at: start + 3 * day }),
  ];

  it('are charged to the release that carried a reverted change, until the release of the revert', () => {
    const deployments = [
      release('v1', 'root', start),
      release('v2', 'bad', start + day + hour),
      release('v3', 'undo', start + 2 * day + hour),
      release('v4', 'next', start + 3 * day),
    ];
    const facts = computeFacts(snapshot({ head: 'next', commits, deployments }), rules);
    expect(change(facts, '#12').reverts_change_id).toBe('local/app#11');
    expect(outcome(facts, 'v2')).toMatchObject({
      is_failure: true,
      evidence: 'revert',
      failed_at: start + day + hour,
      recovered_at: start + 2 * day + hour,
      recovered_by: 'v3',
    });
    expect(outcome(facts, 'v3')).toMatchObject({ is_failure: false, is_rework: true });
    expect(outcome(facts, 'v4')).toMatchObject({ is_failure: false, is_rework: false });
    expect(new Set(facts.outcomes.map((row) => row.failure_basis))).toEqual(
      new Set(['reverts-and-rollbacks']),
    );
  });

  it('are none when the change and its revert came together', () => {
    const deployments = [release('v1', 'root', start), release('v2', 'next', start + 3 * day)];
    const facts = computeFacts(snapshot({ head: 'next', commits, deployments }), rules);
    expect(facts.outcomes.some((row) => row.is_failure || row.is_rework)).toBe(false);
    expect(new Set(facts.outcomes.map((row) => row.failure_basis))).toEqual(new Set(['none']));
  });

  it('are found by an abbreviated sha as well', () => {
    const named = commits.map((each) =>
      each.sha === sha('undo')
        ? { ...each, reverts_number: null, reverts_sha: sha('bad').slice(0, 8) }
        : each,
    );
    const facts = computeFacts(snapshot({ head: 'next', commits: named }), rules);
    expect(change(facts, '#12').reverts_change_id).toBe('local/app#11');
  });

  it('stay a finding when the revert names what is not there', () => {
    const lost = commits.map((each) => (each.sha === sha('undo') ? { ...each, reverts_number: 999 } : each));
    const facts = computeFacts(snapshot({ head: 'next', commits: lost }), rules);
    expect(facts.findings).toMatchObject([{ kind: 'unresolved-revert', entity: 'local/app#12' }]);
  });

  it('are told by a hotfix branch, with low confidence', () => {
    const fixed = [
      commit({ name: 'root' }),
      commit({ name: 'a', parents: ['root'], at: start + day }),
      commit({ name: 'h', parents: ['a'], at: start + 2 * day }),
      commit({ name: 'm', parents: ['a', 'h'], at: start + 2 * day, number: 3, head_branch: 'hotfix/login' }),
    ];
    const deployments = [
      release('v1', 'root', start),
      release('v2', 'a', start + day),
      release('v3', 'm', start + 2 * day),
    ];
    const facts = computeFacts(snapshot({ head: 'm', commits: fixed, deployments }), rules);
    expect(outcome(facts, 'v2')).toMatchObject({ is_failure: true, evidence: 'hotfix', confidence: 'low' });
    expect(outcome(facts, 'v3').is_rework).toBe(true);
  });
});

describe('gaps', () => {
  it('keep a release whose commit nobody has, as a release and a finding', () => {
    const facts = computeFacts(
      snapshot({
        head: 'a',
        commits: [commit({ name: 'root' }), commit({ name: 'a', parents: ['root'], at: start + day })],
        deployments: [
          release('v1', 'gone', start),
          release('v2', 'root', start + hour),
          release('v3', 'a', start + 2 * day),
        ],
      }),
      rules,
    );
    expect(facts.outcomes).toHaveLength(3);
    expect(facts.findings).toMatchObject([{ kind: 'unknown-deployment-commit', entity: 'v1' }]);
    // v2 is the first whose history is known: it is the baseline, and v3 delivers from there.
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { deployment_id: 'v3', lead_time_seconds: 86_400 },
    ]);
  });

  it('name a release whose date cannot be believed, and count it nowhere', () => {
    const facts = computeFacts(
      snapshot({
        head: 'a',
        commits: [commit({ name: 'a' })],
        deployments: [release('v1', 'a', start), release('v2', 'a', null)],
      }),
      rules,
    );
    expect(facts.outcomes.map((row) => row.deployment_id)).toEqual(['v1']);
    expect(facts.findings).toMatchObject([{ kind: 'unrealistic-deployment-date', entity: 'v2' }]);
  });

  it('name the parents that a shallow clone cut off', () => {
    const facts = computeFacts(
      snapshot({ head: 'a', commits: [commit({ name: 'a', parents: ['cut'] })] }),
      rules,
    );
    expect(facts.findings).toMatchObject([{ kind: 'missing-parent', entity: sha('cut') }]);
  });
});

describe('a rewritten history', () => {
  it('starts afresh: nothing of it has a lead time, though each commit knows its release', () => {
    const facts = computeFacts(
      snapshot({
        head: 'new-b',
        commits: [
          commit({ name: 'old-a' }),
          commit({ name: 'new-a', at: start + day }),
          commit({ name: 'new-b', parents: ['new-a'], at: start + 2 * day }),
        ],
        deployments: [release('v1', 'old-a', start + hour), release('v2', 'new-b', start + 9 * day)],
      }),
      rules,
    );
    expect(deploymentsOf(facts, `@${sha('new-a')}`)).toMatchObject([
      { deployment_id: 'v2', is_baseline: true, lead_time_seconds: null, lead_time_gap: 'baseline' },
    ]);
    expect(facts.commitDeployments.map((row) => row.deployment_id)).toEqual(['v2', 'v2']);
  });
});

describe('a pre-release', () => {
  it('delivers nothing: no facts come of it', () => {
    const prerelease = { environment: 'prerelease', environment_kind: 'prerelease' } as const;
    const facts = computeFacts(
      snapshot({
        head: 'a',
        commits: [commit({ name: 'root' }), commit({ name: 'a', parents: ['root'], at: start + day })],
        deployments: [
          release('v1.0.0', 'root', start),
          release('v1.1.0-rc.0', 'root', start, prerelease),
          release('v1.1.0-rc.1', 'a', start + 2 * day, prerelease),
          release('v1.1.0', 'a', start + 3 * day),
        ],
      }),
      rules,
    );
    expect(facts.outcomes.map((row) => row.deployment_id)).toEqual(['v1.0.0', 'v1.1.0']);
    // 3 d − 1 d
    expect(deploymentsOf(facts, `@${sha('a')}`)).toMatchObject([
      { deployment_id: 'v1.1.0', lead_time_seconds: 172_800 },
    ]);
  });
});
