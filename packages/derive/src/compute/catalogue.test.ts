import type { FindingRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import { teamDirectory } from '../team-directory.ts';
import { factsOf } from '../testing/small-facts.ts';
import { commit, day, incident, pullRequest, release, start } from '../testing/snapshot.ts';
import type { Facts } from './facts.ts';

const kinds = (facts: Facts): FindingRow['kind'][] => facts.findings.map(({ kind }) => kind);

describe('where a change first reached production', () => {
  it('stands in the change, with why it cannot be said', () => {
    const waiting = commit({ name: 'w', parents: ['m'], at: start + 3 * day });
    const facts = factsOf({
      head: 'w',
      headSha: waiting.sha,
      commits: [commit({ name: 'root' }), commit({ name: 'm', parents: ['root'], at: start + day }), waiting],
    } as Partial<DomainSnapshot>);
    const rows = facts.changes.map((row) => [
      row.title,
      row.deployment_id,
      row.deployed_at,
      row.awaiting_gap,
    ]);
    expect(rows).toEqual([
      ['root', 'v1', start, 'baseline'],
      ['m', 'v2', start + 2 * day, ''],
      ['w', '', null, ''],
    ]);
    const never = factsOf({ deployments: [] });
    expect(never.changes.map((row) => row.awaiting_gap)).toEqual(['never-deployed', 'never-deployed']);
  });
});

describe('rows that stand for a change', () => {
  const to = (ref: string, name: string, at: number, environment: string, service: string) =>
    release(ref, name, at, { environment, service });

  it('are one per service, one per environment and one in all', () => {
    const services = ['app', 'web'];
    const deployments = services.flatMap((service, index) => [
      to(`${service}-eu-0`, 'root', start, 'eu', service),
      to(`${service}-us-0`, 'root', start, 'us', service),
      to(`${service}-eu`, 'm', start + (2 + index) * day, 'eu', service),
      to(`${service}-us`, 'm', start + (4 + index) * day, 'us', service),
      release(`${service}-st-0`, 'root', start, { environment: 'st', environment_kind: 'staging', service }),
      release(`${service}-st`, 'm', start + day, { environment: 'st', environment_kind: 'staging', service }),
    ]);
    const withPaths = [
      commit({ name: 'root' }),
      commit({ name: 'm', parents: ['root'], at: start + day, has_paths: true, paths: ['a/x', 'w/x'] }),
    ];
    const catalogue = [
      { service: 'app', path_globs: ['a/**'], owner_team: 'red' },
      { service: 'web', path_globs: ['w/**'], owner_team: 'red' },
    ];
    const facts = factsOf({ commits: withPaths, deployments, services: catalogue });
    const rows = facts.changeDeployments.filter(({ change_id }) => change_id === facts.changes[1]?.change_id);
    const named = (is: (row: (typeof rows)[number]) => boolean): string[] =>
      rows
        .filter(is)
        .map(({ deployment_id }) => deployment_id)
        .sort();
    expect(named(({ is_primary }) => is_primary)).toEqual(['app-eu']);
    expect(named(({ is_service_primary }) => is_service_primary)).toEqual(['app-eu', 'web-eu']);
    expect(named(({ is_environment_primary }) => is_environment_primary)).toEqual(['app-eu', 'app-us']);
    expect(rows).toHaveLength(6);

    // Of an owner with too few people both services are shown by one name, and the change counts once under it.
    const memberships = [{ team: 'red', person_key: 'ann', valid_from: 0, valid_to: null }];
    const directory = teamDirectory({ memberships, teams: [] }, { timeZone: 'UTC', minimumGroupSize: 5 });
    const hidden = factsOf({ commits: withPaths, deployments, services: catalogue, directory });
    const primary = hidden.changeDeployments.filter((row) => row.is_service_primary && !row.is_baseline);
    expect(primary.map(({ deployment_id }) => deployment_id)).toEqual(['app-eu']);
    const byPaths = hidden.changeDeployments.filter(({ attribution }) => attribution === 'paths');
    expect(byPaths.every(({ is_service_withheld }) => is_service_withheld)).toBe(true);
    expect(hidden.outcomes.every((row) => row.is_service_withheld && row.team === '(withheld)')).toBe(true);
    expect(hidden.changes[1]?.service).toBe('(withheld)');
    expect(hidden.changes[1]?.services).toEqual(['(withheld)']);
  });

  it('are one in all for a change of which nobody knows the service, also where each environment has its own', () => {
    const deployments = [
      to('app-eu-0', 'root', start, 'eu', 'app'),
      to('web-us-0', 'root', start, 'us', 'web'),
      to('app-eu', 'm', start + 2 * day, 'eu', 'app'),
      to('web-us', 'm', start + 3 * day, 'us', 'web'),
    ];
    const services = ['app', 'web'].map((service) => ({ service, path_globs: [], owner_team: 'red' }));
    // The owner is too small to be shown, which must not hide that the service is not known.
    const memberships = [{ team: 'red', person_key: 'ann', valid_from: 0, valid_to: null }];
    const directory = teamDirectory({ memberships, teams: [] }, { timeZone: 'UTC', minimumGroupSize: 5 });
    const { changes, changeDeployments } = factsOf({ deployments, services, directory });
    const rows = changeDeployments.filter((row) => !row.is_baseline);
    expect(
      rows.map((row) => [row.deployment_id, row.is_service_primary, row.is_environment_primary]).sort(),
    ).toEqual([
      ['app-eu', true, true],
      // Both environments are shown by their kind alone, for their names can hold that of the service.
      ['web-us', false, false],
    ]);
    expect(rows.map((row) => [row.attribution, row.is_service_withheld])).toEqual([
      ['first-deployment', true],
      ['first-deployment', true],
    ]);
    expect(changes[1]).toMatchObject({
      ...{ service: '(unattributed)', services: ['(unattributed)'], environment: 'production' },
    });
  });
});

describe('the services of a change', () => {
  const services = [
    { service: 'app', path_globs: ['a/**'], owner_team: '' },
    { service: 'docs', path_globs: ['d/**'], owner_team: '' },
    { service: 'web', path_globs: [], owner_team: '' },
  ];
  const of = (paths: string[] | null, input: Partial<DomainSnapshot> = {}): readonly string[] | undefined => {
    const touching = paths === null ? {} : { has_paths: true, paths };
    const commits = [
      commit({ name: 'root' }),
      commit({ name: 'm', parents: ['root'], at: start + day, ...touching }),
    ];
    return factsOf({ commits, services, ...input }).changes[1]?.services;
  };

  it('are those whose globs hold its files, released or not', () => {
    expect(of(['d/x', 'a/y'])).toEqual(['app', 'docs']);
    expect(of(['d/x'], { deployments: [] })).toEqual(['docs']);
  });

  it('are the one without globs where no glob holds them', () => {
    expect(of(['README.md'])).toEqual(['web']);
    expect(of(['README.md'], { services: services.slice(0, 2) })).toEqual([]);
  });

  it('cannot be told where it may be any of several', () => {
    const both = [release('v1', 'root', start), release('w1', 'root', start, { service: 'web' })];
    expect(of(null, { deployments: both })).toEqual(['(unattributed)']);
    // Nothing was released: it may be any of the catalogue.
    expect(of(null, { deployments: [] })).toEqual(['(unattributed)']);
    // Only `app` was.
    expect(of(null)).toEqual(['app']);
    expect(of(null, { deployments: [], services: [] })).toEqual([]);
  });
});

describe('findings about the catalogue', () => {
  it('name services without an owner and globs that match nothing', () => {
    const services = [
      { service: 'app', path_globs: ['src/**', 'gone/**'], owner_team: '' },
      { service: 'web', path_globs: ['web/**'], owner_team: 'ghosts' },
    ];
    const commits = [
      commit({ name: 'root', has_paths: true, paths: ['src/a', 'web/b'] }),
      commit({ name: 'm', parents: ['root'], at: start + day, has_paths: true, paths: ['src/a'] }),
    ];
    const memberships = [{ team: 'acme/red', person_key: 'ann', valid_from: 0, valid_to: null }];
    const facts = factsOf({ services, commits, memberships });
    const found = facts.findings.map(({ kind, entity, service }) => [kind, entity, service]);
    expect(found).toContainEqual(['service-without-owner', 'app', 'app']);
    expect(found).toContainEqual(['service-without-owner', 'web', 'web']);
    expect(found).toContainEqual(['globs-match-nothing', 'app gone/**', 'app']);
    expect(kinds(facts).filter((kind) => kind === 'globs-match-nothing')).toHaveLength(1);
    expect(facts.findings.every(({ fix }) => fix.endsWith('.'))).toBe(true);
    // Without files nobody can tell.
    expect(kinds(factsOf({ services }))).not.toContain('globs-match-nothing');
  });

  it('count authors without a team, and name none', () => {
    const memberships = [{ team: 'acme/red', person_key: 'ann', valid_from: 0, valid_to: null }];
    const pullRequests = [
      pullRequest({ number: 1, merge: 'root', author_key: 'ann' }),
      pullRequest({ number: 2, merge: 'm', author_key: 'zoe' }),
    ];
    const facts = factsOf({ memberships, pullRequests });
    const found = facts.findings.find(({ kind }) => kind === 'authors-without-team');
    expect(found?.detail).toContain('1 of 2 people');
    expect(JSON.stringify(found)).not.toContain('zoe');
    expect(kinds(factsOf({ pullRequests }))).not.toContain('authors-without-team');
  });

  it('speak of incidents with impossible dates', () => {
    const incidents = [
      incident('back', start + 3 * day, { resolved_at: start + 2 * day }),
      incident('early', start - day),
    ];
    const facts = factsOf({ incidents, hasIncidentSource: true });
    const found = facts.findings.map(({ kind, entity }) => [kind, entity]);
    expect(found).toContainEqual(['incident-resolved-before-opened', 'back']);
    expect(found).toContainEqual(['incident-before-any-deployment', 'early']);
    expect(found).not.toContainEqual(['incident-before-any-deployment', 'back']);
  });
});
