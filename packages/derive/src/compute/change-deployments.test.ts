import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { commit, day, hour, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { deploymentsOf, outcomeOf } from '../testing/rows-of.ts';
import { computeFacts, deriveRules } from './facts.ts';

const rules = deriveRules(Config.parse({}));

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

describe('a pick of a pick', () => {
  it('brings the change to the oldest line', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'a', parents: ['root'], at: start + day }),
      commit({ name: 'p2', parents: ['root'], at: start + 2 * day, cherry_picked_from: sha('a') }),
      commit({ name: 'p1', parents: ['root'], at: start + 3 * day, cherry_picked_from: sha('p2') }),
    ];
    const deployments = [
      release('v1', 'root', start),
      release('v1.1', 'p1', start + 4 * day),
      release('v3', 'a', start + 40 * day),
    ];
    const facts = computeFacts(snapshot({ head: 'a', commits, deployments }), rules);
    // 4 d − 1 d
    expect(facts.changeDeployments.find((row) => row.change_id === `local/app@${sha('a')}`)).toMatchObject({
      deployment_id: 'v1.1',
      lead_time_seconds: 259_200,
    });
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
    expect(outcomeOf(facts, 'api@2')).toMatchObject({ team: 'payments', change_count: 1 });
    expect(outcomeOf(facts, 'web@2').change_count).toBe(0);
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

describe('globs of the catalogue', () => {
  const commits = [
    commit({ name: 'root', has_paths: true, paths: ['x'] }),
    commit({ name: 'b', parents: ['root'], at: start + day, has_paths: true, paths: ['b/x'] }),
  ];
  const deployments = [
    release('a@1', 'root', start, { service: 'a' }),
    release('a@2', 'b', start + 2 * day, { service: 'a' }),
  ];

  it('keep a change away from the only service with releases, when another one claims it', () => {
    const services = ['a', 'b'].map((service) => ({
      service,
      path_globs: [`${service}/**`],
      owner_team: '',
    }));
    expect(
      computeFacts(snapshot({ head: 'b', commits, deployments, services }), rules).changeDeployments,
    ).toEqual([]);
  });

  it('leave it to the only service when nobody claims anything', () => {
    const facts = computeFacts(snapshot({ head: 'b', commits, deployments }), rules);
    expect(facts.changeDeployments.find((row) => row.change_id.endsWith(sha('b')))?.attribution).toBe(
      'only-service',
    );
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
