import { Config } from '@bellwether/core';
import { describe, expect, it } from 'vitest';
import type { DomainDeployment } from '../domain-snapshot.ts';
import { commit, day, release, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules } from './facts.ts';

const rules = deriveRules(Config.parse({}));

function factsOf(deployments: DomainDeployment[]) {
  return computeFacts(snapshot({ head: 'a', commits: [commit({ name: 'a' })], deployments }), rules);
}

const to = (environment: string, kind: DomainDeployment['environment_kind'], count = 1): DomainDeployment[] =>
  Array.from({ length: count }, (_, index) =>
    release(`${environment}-${String(index)}`, 'a', start + index * day, {
      environment,
      environment_kind: kind,
      signal: 'deployment',
    }),
  );

describe('facts', () => {
  it('speak of production, staging and testing, and not of previews', () => {
    const facts = factsOf([
      ...to('prod', 'production'),
      ...to('stage', 'staging'),
      ...to('qa', 'testing'),
      ...to('pr-1', 'development'),
    ]);
    expect(facts.outcomes.map((row) => row.environment).sort()).toEqual(['prod', 'qa', 'stage']);
    expect(facts.findings).toEqual([]);
  });

  it('have a finding where nobody knows what an environment is for', () => {
    const facts = factsOf([...to('pr-1', 'other'), ...to('pr-2', 'other', 2), ...to('prod', 'production')]);
    expect(facts.outcomes.map((row) => row.environment)).toEqual(['prod']);
    expect(facts.findings).toMatchObject([
      {
        kind: 'unmapped-environment',
        entity: 'pr-2',
        detail: expect.stringContaining('others like it: 1') as string,
      },
    ]);
  });

  it('keep to the twenty busiest of what is no production', () => {
    const names = Array.from({ length: 22 }, (_, index) => `stage-${String(index + 10)}`);
    const facts = factsOf([
      ...names.flatMap((name, index) => to(name, 'staging', index < 2 ? 1 : 2)),
      ...to('prod', 'production'),
    ]);
    const kept = new Set(facts.outcomes.map((row) => row.environment));
    expect(kept.size).toBe(21);
    expect([kept.has('stage-10'), kept.has('stage-11'), kept.has('stage-12')]).toEqual([false, false, true]);
    expect(facts.findings).toMatchObject([{ kind: 'environment-without-facts', entity: 'stage-10' }]);
  });
});
