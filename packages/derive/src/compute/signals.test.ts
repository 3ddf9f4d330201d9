import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainDeployment } from '../domain-snapshot.ts';
import { commit, day, hour, release, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules } from './facts.ts';
import { countedDeployments } from './signals.ts';

const { signals } = deriveRules(Config.parse({}));

function counted(deployments: DomainDeployment[], order = signals): string[] {
  return countedDeployments(deployments, order).map(({ deployment_id }) => deployment_id);
}

const to = (environment: string, signal: DomainDeployment['signal']): Partial<DomainDeployment> => ({
  environment,
  environment_kind: environment.startsWith('prod') ? 'production' : 'staging',
  signal,
});

describe('of several signals', () => {
  const tag = release('tag', 'a', start + day);
  const published = release('release', 'a', start + day, { signal: 'release' });
  const deployed = release('deployed', 'a', start, { signal: 'deployment' });

  it('the most trusted one counts', () => {
    expect(counted([tag, published])).toEqual(['release']);
    expect(counted([tag, published, deployed])).toEqual(['deployed']);
  });

  it('which one that is, the configuration says; what it leaves out never counts', () => {
    const early = { ...tag, finished_at: start };
    expect(counted([early, deployed], ['tag', 'deployment'])).toEqual(['tag']);
    expect(counted([early, published], ['tag'])).toEqual(['tag']);
    expect(counted([published], ['tag'])).toEqual([]);
  });

  it('the weaker counts until the stronger begins', () => {
    const before = release('v1', 'a', start);
    const after = release('v2', 'b', start + 3 * day);
    const first = release('first', 'b', start + 2 * day, { signal: 'deployment' });
    expect(counted([before, after, first])).toEqual(['v1', 'first']);
  });

  it('an alias, an undated one and a pre-release of the stronger announce nothing', () => {
    const alias = { ...deployed, is_counted: false };
    const undated = { ...deployed, finished_at: null };
    const prerelease = { ...deployed, environment_kind: 'prerelease' as const, environment: 'prerelease' };
    expect(counted([tag, alias])).toEqual(['tag']);
    // Kept for the finding that it makes.
    expect(counted([tag, undated])).toEqual(['tag', 'deployed']);
    expect(counted([tag, prerelease])).toEqual(['tag', 'deployed']);
  });

  it('each service and each environment decides for itself', () => {
    const other = { ...deployed, service: 'other' };
    const staged = { ...deployed, ...to('staging', 'deployment') };
    expect(counted([tag, other, staged])).toEqual(['tag', 'deployed', 'deployed']);
  });
});

describe('a tag beside deployments to environments of other names', () => {
  const eu = release('eu', 'a', start + day, to('prod-eu', 'deployment'));
  const us = release('us', 'a', start + 2 * day, to('prod-us', 'deployment'));

  it('stands in for production only until there are any', () => {
    const before = release('v1', 'a', start);
    const between = release('v2', 'b', start + 1.5 * day);
    expect(counted([before, between, eu, us])).toEqual(['v1', 'eu', 'us']);
  });

  it('takes their place where tags are trusted more', () => {
    const tag = release('v1', 'a', start);
    expect(counted([tag, eu, us], ['tag', 'deployment'])).toEqual(['v1']);
  });

  it('stays beside deployments that never went to production', () => {
    const staged = release('stage', 'a', start, to('staging', 'deployment'));
    expect(counted([staged, release('v1', 'a', start + day)])).toEqual(['stage', 'v1']);
  });

  it('leaves two systems that both name their environments side by side', () => {
    const imported = release('imported', 'a', start + 3 * day, to('prod-asia', 'imported'));
    expect(counted([eu, imported])).toEqual(['eu', 'imported']);
  });
});

describe('facts', () => {
  it('come from what counts alone, and change with the order, not with the data', () => {
    const history = snapshot({
      head: 'b',
      commits: [commit({ name: 'a' }), commit({ name: 'b', parents: ['a'], at: start + hour })],
      deployments: [
        release('v1', 'a', start),
        release('d1', 'a', start + hour, { signal: 'deployment' }),
        release('v2', 'b', start + day),
        release('d2', 'b', start + 2 * day, { signal: 'deployment' }),
      ],
    });
    const rulesOf = (order: string[]) => deriveRules(Config.parse({ deployments: { signals: order } }));
    const idsOf = (order: string[]): string[] =>
      computeFacts(history, rulesOf(order)).outcomes.map((row) => row.deployment_id);
    expect(idsOf(['deployment', 'tag'])).toEqual(['v1', 'd1', 'd2']);
    expect(idsOf(['tag', 'deployment'])).toEqual(['v1', 'v2']);
  });

  it('have a finding where the signal that counts has long fallen silent', () => {
    const findingsAt = (days: number) =>
      computeFacts(
        snapshot({
          head: 'a',
          commits: [commit({ name: 'a' })],
          deployments: [
            release('trial', 'a', start, { signal: 'deployment' }),
            release('v1', 'a', start + day),
            release('v2', 'a', start + days * day),
            release('2.0', 'a', start + days * day, { is_counted: false }),
          ],
        }),
        deriveRules(Config.parse({})),
      ).findings;
    expect(findingsAt(59)).toEqual([]);
    expect(findingsAt(60)).toMatchObject([
      {
        kind: 'silenced-signal',
        entity: 'app production tag',
        detail: '1 not counted, though the last deployment is from 2024-01-01',
      },
    ]);
  });

  it('keep a deployment whose revision nobody knows, as a deployment and a finding', () => {
    const facts = computeFacts(
      snapshot({
        head: 'a',
        commits: [commit({ name: 'a' })],
        deployments: [release('d1', 'a', start, { signal: 'imported', sha: null })],
      }),
      deriveRules(Config.parse({})),
    );
    expect(facts.outcomes).toMatchObject([{ deployment_id: 'd1', sha: '' }]);
    expect(facts.findings).toMatchObject([{ kind: 'unknown-deployment-commit', entity: 'd1' }]);
  });
});
