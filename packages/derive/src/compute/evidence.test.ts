import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { commit, day, hour, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({}));

function outcome(facts: Facts, deployment: string): Facts['outcomes'][number] {
  const found = facts.outcomes.find((row) => row.deployment_id === deployment);
  if (found === undefined) throw new Error(`no outcome of ${deployment}`);
  return found;
}

describe('evidence of failures', () => {
  it('takes every change that a pull request reverts', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'a', parents: ['root'], at: start + day, number: 1 }),
      commit({ name: 'b', parents: ['a'], at: start + 2 * day, number: 2 }),
      commit({ name: 'ra', parents: ['b'], at: start + 3 * day, reverts_number: 1 }),
      commit({ name: 'rb', parents: ['ra'], at: start + 3 * day, reverts_number: 2 }),
      commit({ name: 'm', parents: ['b', 'rb'], at: start + 3 * day, number: 3 }),
    ];
    const deployments = [
      release('v0', 'root', start),
      release('v1', 'a', start + day),
      release('v2', 'b', start + 2 * day),
      release('v3', 'm', start + 3 * day),
    ];
    const facts = computeFacts(snapshot({ head: 'm', commits, deployments }), rules);
    expect(['v1', 'v2', 'v3'].map((id) => outcome(facts, id).is_failure)).toEqual([true, true, false]);
    expect(outcome(facts, 'v3').is_rework).toBe(true);
  });

  it('finds a revert on a maintenance line, of the copy that was picked to it', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'fix', parents: ['root'], at: start + day, number: 4 }),
      commit({ name: 'pick', parents: ['root'], at: start + day, cherry_picked_from: sha('fix') }),
      commit({ name: 'undo', parents: ['pick'], at: start + 2 * day, reverts_sha: sha('fix') }),
    ];
    const deployments = [
      release('v1.0.0', 'root', start),
      release('v1.0.1', 'pick', start + day),
      release('v1.0.2', 'undo', start + 2 * day),
    ];
    const facts = computeFacts(snapshot({ head: 'fix', commits, deployments }), rules);
    expect(outcome(facts, 'v1.0.1')).toMatchObject({ is_failure: true, recovered_by: 'v1.0.2' });
  });

  it('sees a hotfix branch that was merged without a pull request', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'a', parents: ['root'], at: start + day }),
      commit({ name: 'h', parents: ['a'], at: start + 2 * day }),
      commit({ name: 'm', parents: ['a', 'h'], at: start + 2 * day, head_branch: 'hotfix/login' }),
    ];
    const deployments = [
      release('v0', 'root', start),
      release('v1', 'a', start + day),
      release('v2', 'm', start + 2 * day),
    ];
    const facts = computeFacts(snapshot({ head: 'm', commits, deployments }), rules);
    expect(outcome(facts, 'v1')).toMatchObject({ is_failure: true, evidence: 'hotfix', confidence: 'low' });
  });

  it('speaks for the whole repository, not only for the services that failed', () => {
    const services = ['api', 'web'].map((service) => ({
      service,
      path_globs: [`${service}/**`],
      owner_team: '',
    }));
    const touching = (path: string) => ({ has_paths: true, paths: [path] });
    const commits = [
      commit({ name: 'root', ...touching('x') }),
      commit({ name: 'a', parents: ['root'], at: start + day, number: 1, ...touching('api/x') }),
      commit({ name: 'r', parents: ['a'], at: start + 2 * day, reverts_number: 1, ...touching('api/x') }),
    ];
    const deployments = ['api', 'web'].flatMap((service) => [
      release(`${service}@1`, 'root', start, { service }),
      release(`${service}@2`, 'a', start + day, { service }),
      release(`${service}@3`, 'r', start + 2 * day, { service }),
    ]);
    const facts = computeFacts(snapshot({ head: 'r', commits, deployments, services }), rules);
    expect(new Set(facts.outcomes.map((row) => row.failure_basis))).toEqual(
      new Set(['reverts-and-rollbacks']),
    );
    expect(facts.outcomes.filter((row) => row.is_failure).map((row) => row.deployment_id)).toEqual(['api@2']);
  });

  it('stands also where only the repair is known', () => {
    const commits = [
      commit({ name: 'a', number: 1 }),
      commit({ name: 'r', parents: ['a'], at: start + day, reverts_number: 1 }),
    ];
    const deployments = [release('v1', 'a', start), release('v2', 'r', start + day)];
    const facts = computeFacts(snapshot({ head: 'r', commits, deployments }), rules);
    expect(outcome(facts, 'v2')).toMatchObject({ is_rework: true, failure_basis: 'reverts-and-rollbacks' });
    expect(outcome(facts, 'v1').is_failure).toBe(false);
  });

  it('is a guess where nobody knows which service a change belongs to', () => {
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'a', parents: ['root'], at: start + day, number: 1 }),
      commit({ name: 'r', parents: ['a'], at: start + 2 * day, reverts_number: 1 }),
    ];
    const deployments = ['api', 'web'].flatMap((service) => [
      release(`${service}@1`, 'root', start, { service }),
      release(`${service}@2`, 'a', start + day, { service }),
      release(`${service}@3`, 'r', start + 2 * day, { service }),
    ]);
    const facts = computeFacts(snapshot({ head: 'r', commits, deployments }), rules);
    expect(facts.outcomes.filter((row) => row.is_failure)).toMatchObject([
      { deployment_id: 'api@2', confidence: 'low' },
    ]);
  });

  it('doubts a rollback that only a tag tells', () => {
    const commits = [commit({ name: 'a' }), commit({ name: 'b', parents: ['a'], at: start + day })];
    const lines = [
      release('v1', 'a', start),
      release('v2', 'b', start + day),
      release('v1+docs', 'a', start + 2 * day),
    ];
    const byTag = computeFacts(snapshot({ head: 'b', commits, deployments: lines }), rules);
    expect(outcome(byTag, 'v2')).toMatchObject({ evidence: 'rollback', confidence: 'medium' });
    const deployments = lines.map((each) => ({ ...each, signal: 'deployment' as const }));
    const byDeployment = computeFacts(snapshot({ head: 'b', commits, deployments }), rules);
    expect(outcome(byDeployment, 'v2')).toMatchObject({ evidence: 'rollback', confidence: 'high' });
  });
});

describe('pull requests inside pull requests', () => {
  const commits = (outerBranch: string) => [
    commit({ name: 'root' }),
    commit({ name: 'w', parents: ['root'], at: start + day }),
    commit({ name: 'inner', parents: ['root', 'w'], at: start + 2 * day, number: 1, head_branch: 'topic' }),
    commit({
      name: 'outer',
      parents: ['root', 'inner'],
      at: start + 9 * day,
      number: 10,
      head_branch: outerBranch,
    }),
  ];
  const idsOf = (facts: Facts): string[] => facts.changes.map((row) => row.change_id).sort();

  it('belong to the outer one: their numbers are those of a fork', () => {
    const facts = computeFacts(snapshot({ head: 'outer', commits: commits('feature') }), rules);
    expect(idsOf(facts)).toEqual(['local/app#10', `local/app@${sha('root')}`]);
    expect(facts.changes.find((row) => row.number === 10)).toMatchObject({
      first_authored_at: start + day,
      starts_at: 'first_commit',
    });
  });

  it('are changes of their own when the outer one only gathers them, and it has no start of its own', () => {
    const facts = computeFacts(snapshot({ head: 'outer', commits: commits('develop') }), rules);
    expect(idsOf(facts)).toEqual(['local/app#1', 'local/app#10', `local/app@${sha('root')}`]);
    expect(facts.changes.find((row) => row.number === 10)?.starts_at).toBe('merge');
    expect(facts.changes.find((row) => row.number === 1)?.first_authored_at).toBe(start + day);
  });
});

describe('the start of a squash', () => {
  it.each([
    ['at the merge', 0],
    ['seconds after the merge, by another clock', 5_000],
  ])('is the merge when it was authored %s', (_name, skew) => {
    const squash = commit({ name: 's', at: start, authored_at: start + skew, number: 3 });
    expect(computeFacts(snapshot({ head: 's', commits: [squash] }), rules).changes[0]?.starts_at).toBe(
      'merge',
    );
  });

  it('is its author date when that lies before', () => {
    const rebased = commit({ name: 's', at: start, authored_at: start - hour, number: 3 });
    expect(computeFacts(snapshot({ head: 's', commits: [rebased] }), rules).changes[0]?.starts_at).toBe(
      'first_commit',
    );
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
