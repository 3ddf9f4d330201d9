import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import { commit, day, hour, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { changeOf, outcomeOf } from '../testing/rows-of.ts';
import { computeFacts, deriveRules } from './facts.ts';

const rules = deriveRules(Config.parse({}));

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
    expect(changeOf(facts, '#12').reverts_change_id).toBe('local/app#11');
    expect(outcomeOf(facts, 'v2')).toMatchObject({
      is_failure: true,
      evidence: 'revert',
      failed_at: start + day + hour,
      recovered_at: start + 2 * day + hour,
      recovered_by: 'v3',
    });
    expect(outcomeOf(facts, 'v3')).toMatchObject({ is_failure: false, is_rework: true });
    expect(outcomeOf(facts, 'v4')).toMatchObject({ is_failure: false, is_rework: false });
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
    expect(changeOf(facts, '#12').reverts_change_id).toBe('local/app#11');
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
    expect(outcomeOf(facts, 'v2')).toMatchObject({ is_failure: true, evidence: 'hotfix', confidence: 'low' });
    expect(outcomeOf(facts, 'v3').is_rework).toBe(true);
  });
});

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
    expect(['v1', 'v2', 'v3'].map((id) => outcomeOf(facts, id).is_failure)).toEqual([true, true, false]);
    expect(outcomeOf(facts, 'v3').is_rework).toBe(true);
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
    expect(outcomeOf(facts, 'v1.0.1')).toMatchObject({ is_failure: true, recovered_by: 'v1.0.2' });
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
    expect(outcomeOf(facts, 'v1')).toMatchObject({ is_failure: true, evidence: 'hotfix', confidence: 'low' });
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
    expect(outcomeOf(facts, 'v2')).toMatchObject({ is_rework: true, failure_basis: 'reverts-and-rollbacks' });
    expect(outcomeOf(facts, 'v1').is_failure).toBe(false);
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
    expect(outcomeOf(byTag, 'v2')).toMatchObject({ evidence: 'rollback', confidence: 'medium' });
    const deployments = lines.map((each) => ({ ...each, signal: 'deployment' as const }));
    const byDeployment = computeFacts(snapshot({ head: 'b', commits, deployments }), rules);
    expect(outcomeOf(byDeployment, 'v2')).toMatchObject({ evidence: 'rollback', confidence: 'high' });
  });
});
