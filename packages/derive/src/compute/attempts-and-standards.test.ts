import { describe, expect, it } from 'vitest';
import type { DomainSnapshot, DomainStandards } from '../domain-snapshot.ts';
import { factsOf, standards } from '../testing/small-facts.ts';
import { day, hour, release, start } from '../testing/snapshot.ts';

describe('attempts to deploy', () => {
  it('are those of the signal that counts, whatever became of them', () => {
    const failed = (ref: string, at: number, rest: Parameters<typeof release>[3] = {}) =>
      release(ref, 'm', null, { status: 'failure', started_at: at, is_counted: true, ...rest });
    const facts = factsOf({
      deployments: [
        release('v1', 'root', start),
        release('d1', 'm', start + 2 * day, { signal: 'deployment', started_at: start + 2 * day - hour }),
      ],
      failedDeployments: [
        failed('d0', start + day, { signal: 'deployment' }),
        failed('d2', start + 3 * day, { signal: 'deployment', status: 'cancelled' }),
        failed('d3', start + 4 * day, { signal: 'deployment', status: 'in_progress', sha: null }),
        // Outranked: the service has deployments by then.
        failed('run', start + 3 * day, { signal: 'workflow_run' }),
        failed('preview', start + 3 * day, { environment: 'pr-1', environment_kind: 'development' }),
        failed('undated', start, { started_at: null }),
      ],
    });
    const rows = facts.attempts.map((row) => [
      row.deployment_id,
      row.result,
      row.attempted_at,
      row.has_revision,
    ]);
    expect(rows).toEqual([
      ['v1', 'success', start, true],
      ['d1', 'success', start + 2 * day - hour, true],
      ['d0', 'failure', start + day, true],
      ['d2', 'cancelled', start + 3 * day, true],
      ['d3', 'unfinished', start + 4 * day, false],
    ]);
    expect(facts.outcomes.map((row) => row.deployment_id)).toEqual(['v1', 'd1']);
    expect(facts.outcomes.some((row) => row.is_failure)).toBe(false);
  });
});

describe('the standards of a repository', () => {
  const rule = (includes: string[], rest = {}) => ({
    includes,
    excludes: [] as string[],
    enforcement: 'active' as const,
    ...rest,
  });
  const of = (more: Partial<DomainStandards>, rest: Partial<DomainSnapshot> = {}) =>
    factsOf({ standards: { ...standards, ...more }, ...rest }).repositories[0]!;

  it('have a protected default branch where an active rule names it', () => {
    for (const name of ['main', 'm*', 'refs/heads/main', '~DEFAULT_BRANCH', '~ALL']) {
      expect(of({ branchRules: [rule([name])] }).is_protected, name).toBe(true);
    }
    expect(of({ branchRules: [rule(['release/*'])] }).is_protected).toBe(false);
    expect(of({ branchRules: [rule(['~ALL'], { excludes: ['main'] })] }).is_protected).toBe(false);
    expect(of({ branchRules: [rule(['main'], { enforcement: 'evaluate' })] }).is_protected).toBe(false);
    expect(of({}).is_protected).toBe(false);
  });

  it('are not known where nobody looked or may look', () => {
    expect(of({ streams: new Set() })).toMatchObject({
      is_protected: null,
      protection_gap: 'not-collected',
      has_code_owners: null,
      code_owners_gap: 'not-collected',
    });
    expect(of({ isProtectionOutOfReach: true })).toMatchObject({
      is_protected: null,
      protection_gap: 'out-of-reach',
      has_code_owners: false,
    });
  });

  it('belong to the owner of its services, else to whom CODEOWNERS gives everything', () => {
    const service = (name: string, owner_team: string) => ({ service: name, path_globs: [], owner_team });
    const codeOwners = [
      { line: 1, pattern: '*', owners: ['team:acme/blue'] },
      { line: 3, pattern: 'docs/', owners: ['team:acme/docs'] },
    ];
    const owned = of({ codeOwners }, { services: [service('app', 'red'), service('web', 'red')] });
    expect([owned.team, owned.service, owned.services]).toEqual(['red', '(several)', ['app', 'web']]);
    expect(of({ codeOwners }, { services: [service('app', 'red'), service('web', 'green')] }).team).toBe(
      'acme/blue',
    );
    expect(of({ codeOwners }).team).toBe('acme/blue');
    const two = [{ line: 1, pattern: '*', owners: ['team:acme/blue', 'team:acme/red'] }];
    expect(of({ codeOwners: two }).team).toBe('');
  });
});
