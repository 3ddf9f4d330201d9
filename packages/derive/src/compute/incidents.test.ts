import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainDeployment, DomainSnapshot } from '../domain-snapshot.ts';
import { outcomeOf } from '../testing/rows-of.ts';
import { commit, day, hour, incident, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({ incidents: { windowHours: 24 } }));

const commits = [
  commit({ name: 'a' }),
  commit({ name: 'b', parents: ['a'], at: start + day }),
  commit({ name: 'c', parents: ['b'], at: start + 2 * day }),
];
/** v1, v2 and v3, a day apart. */
const deployments = [
  release('v1', 'a', start, { url: 'https://ci.example/deploys/1' }),
  release('v2', 'b', start + day, { url: 'https://ci.example/deploys/2' }),
  release('v3', 'c', start + 2 * day),
];

function factsOf(input: Partial<DomainSnapshot>): Facts {
  return computeFacts(snapshot({ head: 'c', commits, deployments, ...input }), rules);
}

function failed(facts: Facts): string[] {
  return facts.outcomes.filter((row) => row.is_failure).map((row) => row.deployment_id);
}

describe('an incident that names a deployment', () => {
  it('is the strongest evidence there is: from its opening to its end', () => {
    const told = incident('local/app#9', start + 3 * day, {
      caused_by: 'v2',
      resolved_at: start + 3 * day + 2 * hour,
    });
    const facts = factsOf({ incidents: [told], hasIncidentSource: true });
    expect(failed(facts)).toEqual(['v2']);
    expect(outcomeOf(facts, 'v2')).toMatchObject({
      evidence: 'incident',
      confidence: 'high',
      incident_id: 'local/app#9',
      failed_at: start + 3 * day,
      recovered_at: start + 3 * day + 2 * hour,
      recovered_by: null,
      failure_basis: 'incidents',
    });
    expect(outcomeOf(facts, 'v1')).toMatchObject({ evidence: '', failure_basis: 'incidents' });
  });

  it.each([
    ['its id', 'v2'],
    ['its sha', sha('b')],
    ['seven digits of it', sha('b').slice(0, 7).toUpperCase()],
    ['its address', 'https://ci.example/deploys/2'],
    ['the end of an address of the repository', 'https://local/app/releases/tag/v2'],
  ])('may do so by %s', (_name, caused_by) => {
    expect(failed(factsOf({ incidents: [incident('i', start + 3 * day, { caused_by })] }))).toEqual(['v2']);
  });

  it('may do so by the number of a deployment or run, which no sha takes from it', () => {
    const numbered = [
      release('local/app@run:2', 'a', start, { signal: 'workflow_run' }),
      // It begins like the second sha.
      release('local/app@deployment:6200000', 'c', start + day, { signal: 'deployment' }),
      release('local/app@deployment:12', 'b', start + 2 * day, { signal: 'deployment' }),
    ];
    const failedBy = (caused_by: string) =>
      failed(factsOf({ deployments: numbered, incidents: [incident('i', start + 3 * day, { caused_by })] }));
    expect(failedBy('12')).toEqual(['local/app@deployment:12']);
    expect(failedBy('2')).toEqual(['local/app@run:2']);
    expect(failedBy(sha('b').slice(0, 7))).toEqual(['local/app@deployment:6200000']);
    expect(failedBy('1')).toEqual([]);
  });

  it('may name the tag of a release whose deployment counts', () => {
    const both = [...deployments, release('d2', 'b', start + day, { signal: 'deployment' })];
    const before = both.map((each) => (each.ref === 'v2' ? { ...each, finished_at: start + day } : each));
    const facts = factsOf({
      deployments: before,
      incidents: [incident('i', start + 3 * day, { caused_by: 'v2' })],
    });
    expect(failed(facts)).toEqual(['d2']);
  });

  it('means, of several environments with one revision, the last that was there when it opened', () => {
    const to = (environment: string) => ({ environment, environment_kind: 'production' as const });
    const two = [
      release('eu', 'b', start + day, to('prod-eu')),
      release('us', 'b', start + day + hour, to('prod-us')),
      release('asia', 'b', start + 4 * day, to('prod-asia')),
    ];
    const named = (rest: object) =>
      failed(
        factsOf({
          deployments: two,
          incidents: [incident('i', start + 2 * day, { caused_by: sha('b'), ...rest })],
        }),
      );
    expect(named({})).toEqual(['us']);
    expect(named({ environment: 'prod-eu' })).toEqual(['eu']);
  });

  it('stays open while nobody ends it, and is over with the rollback', () => {
    const told = incident('i', start + 2.5 * day, { caused_by: 'v3' });
    expect(outcomeOf(factsOf({ incidents: [told] }), 'v3')).toMatchObject({ recovered_at: null });
    const rolledBack = [...deployments, release('v2-again', 'b', start + 3 * day)];
    const facts = factsOf({ incidents: [told], deployments: rolledBack });
    expect(outcomeOf(facts, 'v3')).toMatchObject({
      evidence: 'incident',
      failed_at: start + 2.5 * day,
      recovered_at: start + 3 * day,
      recovered_by: 'v2-again',
    });
    expect(outcomeOf(facts, 'v2-again').is_rework).toBe(true);
  });

  it('is one failure with the others that name it: from the first to the last of them', () => {
    const facts = factsOf({
      incidents: [
        incident('second', start + 1.5 * day, { caused_by: 'v2', resolved_at: start + 5 * day }),
        incident('first', start + 1.2 * day, { caused_by: 'v2', resolved_at: start + 1.3 * day }),
      ],
    });
    expect(outcomeOf(facts, 'v2')).toMatchObject({
      incident_id: 'first',
      failed_at: start + 1.2 * day,
      recovered_at: start + 5 * day,
    });
  });

  it('begins no earlier than the deployment; what ended before has no recovery time but a finding', () => {
    const told = incident('i', start + day - 2 * hour, { caused_by: 'v2', resolved_at: start + day - hour });
    const facts = factsOf({ incidents: [told] });
    expect(outcomeOf(facts, 'v2').failed_at).toBe(start + day);
    expect(facts.findings).toMatchObject([{ kind: 'negative-recovery-time', entity: 'v2' }]);
  });

  it('that is unknown is held against nothing, and is a finding', () => {
    const facts = factsOf({ incidents: [incident('i', start + day + hour, { caused_by: 'the new disks' })] });
    expect(failed(facts)).toEqual([]);
    expect(facts.findings).toMatchObject([{ kind: 'unresolved-incident-cause', entity: 'i' }]);
  });
});

describe('an incident that names none', () => {
  it('is held against the last deployment of its service within the window, with low confidence', () => {
    const told = incident('i', start + day + 23 * hour, { resolved_at: start + 2 * day + hour });
    const facts = factsOf({ incidents: [told] });
    expect(failed(facts)).toEqual(['v2']);
    expect(outcomeOf(facts, 'v2')).toMatchObject({
      evidence: 'incident-window',
      confidence: 'low',
      incident_id: 'i',
      failed_at: start + day + 23 * hour,
      recovered_at: start + 2 * day + hour,
    });
  });

  it('is held against nothing outside of it', () => {
    // v3 is 24 h and a second old.
    expect(failed(factsOf({ incidents: [incident('i', start + 3 * day + 1000)] }))).toEqual([]);
    expect(failed(factsOf({ incidents: [incident('i', start - hour)] }))).toEqual([]);
  });

  const services = (rest: Partial<DomainDeployment>[]): DomainDeployment[] =>
    rest.map((each, index) =>
      release(each.deployment_id ?? '', 'a', start + (index + 1) * hour, { ...each, ref: String(index) }),
    );

  it('concerns the service that it names, and the environment', () => {
    const many = services([
      { deployment_id: 'api', service: 'api' },
      { deployment_id: 'api-stage', service: 'api', environment: 'staging', environment_kind: 'staging' },
      { deployment_id: 'web', service: 'web' },
    ]);
    const of = (rest: object): string[] =>
      failed(factsOf({ deployments: many, incidents: [incident('i', start + 9 * hour, rest)] }));
    expect(of({ service: 'api' })).toEqual(['api']);
    expect(of({ service: 'api', environment: 'staging' })).toEqual(['api-stage']);
    // Nobody says which of the two.
    expect(of({})).toEqual([]);
    const findingsOf = (rest: object) =>
      factsOf({ deployments: many, incidents: [incident('i', start + 9 * hour, rest)] }).findings;
    expect(findingsOf({})).toMatchObject([{ kind: 'incident-without-service', entity: 'i' }]);
    expect(findingsOf({ service: 'gone' })).toMatchObject([{ kind: 'incident-without-service' }]);
    expect(findingsOf({ service: 'gone', is_only_here: false })).toEqual([]);
    expect(findingsOf({ service: 'web' })).toEqual([]);
  });

  it('reported elsewhere concerns only what it names', () => {
    const foreign = incident('ops#1', start + day + hour, { repo: 'local/ops' });
    expect(failed(factsOf({ incidents: [foreign] }))).toEqual([]);
    expect(failed(factsOf({ incidents: [{ ...foreign, service: 'app' }] }))).toEqual(['v2']);
  });

  it('is weaker than what the history shows', () => {
    const rolledBack = [...deployments, release('v2-again', 'b', start + 2 * day + 2 * hour)];
    const facts = factsOf({ deployments: rolledBack, incidents: [incident('i', start + 2 * day + hour)] });
    expect(outcomeOf(facts, 'v3')).toMatchObject({
      evidence: 'rollback',
      incident_id: null,
      failed_at: start + 2 * day,
    });
  });
});

describe('a ruling', () => {
  const ruling = (entity: string, is: string) => ({ kind: 'failure' as const, entity, ruling: is });

  it('that a deployment failed stands above all, and takes its dates from other evidence', () => {
    const facts = factsOf({
      overrides: [ruling('v2', 'yes'), ruling('v3', 'yes')],
      incidents: [incident('i', start + 1.5 * day, { caused_by: 'v2', resolved_at: start + 1.6 * day })],
    });
    expect(outcomeOf(facts, 'v2')).toMatchObject({
      evidence: 'override',
      confidence: 'high',
      incident_id: 'i',
      failed_at: start + 1.5 * day,
      recovered_at: start + 1.6 * day,
    });
    // Nobody knows when it was over.
    expect(outcomeOf(facts, 'v3')).toMatchObject({
      evidence: 'override',
      failed_at: start + 2 * day,
      recovered_at: null,
    });
  });

  it('that it did not fail ends the matter, and the rollback was no repair', () => {
    const rolledBack = [...deployments, release('v2-again', 'b', start + 3 * day)];
    const facts = factsOf({ deployments: rolledBack, overrides: [ruling('v3', 'no')] });
    expect(outcomeOf(facts, 'v3')).toMatchObject({
      is_failure: false,
      evidence: 'override',
      failed_at: null,
      is_undone: true,
      failure_basis: 'reverts-and-rollbacks',
    });
    expect(outcomeOf(facts, 'v2-again').is_rework).toBe(false);
  });

  it('on what is no deployment is a finding', () => {
    expect(factsOf({ overrides: [ruling('v9', 'yes')] }).findings).toMatchObject([
      { kind: 'unresolved-ruling', entity: 'v9' },
    ]);
  });

  it('about the cause of an incident replaces what the incident says', () => {
    const told = { caused_by: 'v2', ruled_cause: 'v1' };
    expect(failed(factsOf({ incidents: [incident('i', start + 3 * day, told)] }))).toEqual(['v1']);
    const none = incident('i', start + day + hour, { ruled_cause: '' });
    const facts = factsOf({ incidents: [none] });
    expect(failed(facts)).toEqual([]);
    expect(facts.findings).toEqual([]);
  });
});

describe('rework', () => {
  it('is also a deployment that nobody had planned and that follows a failure', () => {
    const unplanned = deployments.map((each) => ({ ...each, is_planned: each.deployment_id !== 'v3' }));
    expect(outcomeOf(factsOf({ deployments: unplanned }), 'v3').is_rework).toBe(false);
    const told = incident('i', start + day + hour, { caused_by: 'v2' });
    const facts = factsOf({ deployments: unplanned, incidents: [told] });
    expect(outcomeOf(facts, 'v3').is_rework).toBe(true);
    expect(outcomeOf(facts, 'v2').is_rework).toBe(false);
  });
});

describe('the basis of verdicts', () => {
  it('is incidents in production alone, where they would be known', () => {
    const staged = release('s1', 'a', start, { environment: 'staging', environment_kind: 'staging' });
    const facts = factsOf({ deployments: [...deployments, staged], hasIncidentSource: true });
    expect(outcomeOf(facts, 'v1').failure_basis).toBe('incidents');
    expect(outcomeOf(facts, 's1').failure_basis).toBe('none');
    expect(outcomeOf(factsOf({}), 'v1').failure_basis).toBe('none');
  });
});
