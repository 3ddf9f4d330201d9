import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import type { TeamRecords } from '../team-directory.ts';
import { changeOf, deploymentsOf, outcomeOf } from '../testing/rows-of.ts';
import { commit, day, pullRequest, release, sha, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules, type Facts } from './facts.ts';

const rules = deriveRules(Config.parse({}));

const member = (team: string, person_key: string, from = 0, to: number | null = null) => ({
  team,
  person_key,
  valid_from: from,
  valid_to: to,
});
const team = (name: string, parent_team = '') => ({ team: `acme/${name}`, name, parent_team });

function factsOf(input: Partial<DomainSnapshot & TeamRecords>): Facts {
  return computeFacts(
    snapshot({
      head: 'm',
      commits: [
        commit({ name: 'root', author_key: 'bob' }),
        commit({ name: 'm', parents: ['root'], at: start + 5 * day, author_key: 'nobody' }),
      ],
      pullRequests: [
        pullRequest({
          number: 1,
          merge: 'm',
          commits: { w: start + day },
          author_key: 'ann',
          merged_at: start + 5 * day,
        }),
      ],
      deployments: [release('v1', 'root', start), release('v2', 'm', start + 6 * day)],
      teams: [team('red'), team('blue'), team('pay'), team('core', 'acme/pay')],
      ...input,
    }),
    rules,
  );
}

describe('the team of a change', () => {
  it('is the author’s at the merge, whatever became of it since', () => {
    const memberships = [
      member('acme/red', 'ann', 0, start + 5 * day),
      member('acme/blue', 'ann', start + 5 * day, start + 6 * day),
      member('acme/pay', 'ann', start + 6 * day),
      member('acme/pay', 'bob'),
    ];
    const facts = factsOf({ memberships });
    expect(changeOf(facts, '#1').team).toBe('acme/blue');
    expect(deploymentsOf(facts, '#1').map((row) => row.team)).toEqual(['acme/blue']);
    expect(changeOf(facts, `@${sha('root')}`).team).toBe('acme/pay');
    expect(facts.people.sort()).toEqual(['ann', 'bob']);
  });

  it('is, of several, the one that owns the service', () => {
    const memberships = [member('acme/core', 'ann'), member('acme/red', 'ann')];
    const services = [{ service: 'app', path_globs: [], owner_team: 'Red' }];
    const facts = factsOf({ memberships, services });
    expect(changeOf(facts, '#1').team).toBe('acme/red');
    // One name for one team, however the catalogue writes it.
    expect(outcomeOf(facts, 'v2').team).toBe('acme/red');
  });

  it('is else the deepest, else the first by name', () => {
    const deepest = [member('acme/blue', 'ann'), member('acme/pay', 'ann'), member('acme/core', 'ann')];
    expect(changeOf(factsOf({ memberships: deepest }), '#1').team).toBe('acme/core');
    const level = [member('acme/red', 'ann'), member('acme/blue', 'ann')];
    expect(changeOf(factsOf({ memberships: level }), '#1').team).toBe('acme/blue');
  });

  it('is empty where nobody knows', () => {
    expect(changeOf(factsOf({ memberships: [member('acme/red', 'zoe')] }), '#1').team).toBe('');
    expect(changeOf(factsOf({}), '#1').team).toBe('');
  });
});

describe('the owner of a service', () => {
  it('keeps its name where no team or several could be meant', () => {
    const services = (owner_team: string) => [{ service: 'app', path_globs: [], owner_team }];
    const twins = [team('red'), { team: 'other/red', name: 'Other', parent_team: '' }];
    expect(outcomeOf(factsOf({ services: services('red'), teams: twins }), 'v2').team).toBe('red');
    expect(outcomeOf(factsOf({ services: services('payments') }), 'v2').team).toBe('payments');
  });
});
