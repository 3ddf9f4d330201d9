import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import { commit, day, hour, incident, pullRequest, release, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({}));

/** A bit of everything: squash, merge, rebase, a lost merge, two signals, incidents, a ruling, teams. */
const everything = snapshot({
  head: 'z',
  commits: [
    commit({ name: 'root' }),
    commit({ name: 's', parents: ['root'], at: start + day, number: 1 }),
    commit({ name: 'w', parents: ['root'], at: start + day }),
    commit({ name: 'm', parents: ['s', 'w'], at: start + 2 * day, number: 2 }),
    commit({ name: 'R1', parents: ['m'], at: start + 3 * day, authored_at: start + 2 * day }),
    commit({ name: 'R2', parents: ['R1'], at: start + 3 * day, authored_at: start + 2.5 * day }),
    commit({ name: 'z', parents: ['R2'], at: start + 4 * day, number: 4, reverts_number: 1 }),
  ],
  pullRequests: [
    pullRequest({ number: 1, merge: 's', commits: { a: start + hour } }),
    pullRequest({ number: 2, merge: 'm', commits: { w: start + day }, author_key: 'bob' }),
    pullRequest({ number: 3, merge: 'R2', commits: { r1: start + 2 * day, r2: start + 2.5 * day } }),
    pullRequest({ number: 4, merge: null, merged_at: start + 4 * day }),
  ],
  deployments: [
    release('v1', 'root', start),
    release('v2', 's', start + day),
    release('v3', 'm', start + 2 * day),
    release('d3', 'm', start + 2 * day, { signal: 'deployment' }),
    release('d4', 'z', start + 4 * day, { signal: 'deployment' }),
  ],
  incidents: [
    incident('i1', start + 2.1 * day, { caused_by: 'v3', resolved_at: start + 3 * day }),
    incident('i2', start + 2.1 * day, { caused_by: 'd3' }),
    incident('i3', start + 4.5 * day),
  ],
  hasIncidentSource: true,
  overrides: [{ kind: 'failure', entity: 'v2', ruling: 'no' }],
  memberships: ['acme/red', 'acme/blue'].map((team) => ({
    team,
    person_key: 'ann',
    valid_from: 0,
    valid_to: null,
  })),
});

function sorted(facts: Facts): string[][] {
  return Object.values(facts).map((rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort());
}

describe('computeFacts', () => {
  it('gives the same facts in whatever order the rows come', () => {
    const turned = Object.fromEntries(
      Object.entries(everything).map(([name, value]: [string, unknown]) => [
        name,
        // Incidents come in the order of their ids.
        Array.isArray(value) && name !== 'incidents' ? value.toReversed() : value,
      ]),
    ) as unknown as DomainSnapshot;
    expect(sorted(computeFacts(turned, rules))).toEqual(sorted(computeFacts(everything, rules)));
  });

  it('has a row for each of them', () => {
    const facts = computeFacts(everything, rules);
    expect(facts.changes.map(({ change_id }) => change_id.slice(9, 11)).sort()).toEqual([
      '#1',
      '#2',
      '#3',
      '#4',
      '@7',
    ]);
    expect(facts.outcomes.map((row) => [row.deployment_id, row.evidence])).toEqual([
      ['v1', ''],
      ['v2', 'override'],
      ['d3', 'incident'],
      ['d4', 'incident-window'],
    ]);
  });
});
