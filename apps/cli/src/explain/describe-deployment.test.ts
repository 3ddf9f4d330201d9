import type { DeploymentOutcomeRow, OverrideRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { describeDeployment } from './describe-deployment.ts';

const opened = Date.UTC(2026, 0, 10, 12);
const hour = 3_600_000;

const quiet: DeploymentOutcomeRow = {
  deployment_id: 'local/shop@deployment:7',
  repo: 'local/shop',
  service: 'shop',
  is_service_withheld: false,
  environment: 'production',
  environment_kind: 'production',
  team: '',
  team_group: '',
  signal: 'deployment',
  ref: 'main',
  sha: 'a'.repeat(40),
  finished_at: opened - hour,
  finished_at_is_exact: true,
  is_baseline: false,
  change_count: 2,
  is_failure: false,
  evidence: '',
  confidence: '',
  incident_id: null,
  failed_at: null,
  recovered_at: null,
  recovered_by: null,
  is_undone: false,
  is_rework: false,
  failure_basis: 'incidents',
};

const failed: DeploymentOutcomeRow = {
  ...quiet,
  is_failure: true,
  evidence: 'incident',
  confidence: 'high',
  incident_id: 'local/shop#9',
  failed_at: opened,
  recovered_at: opened + 2 * hour,
};

const textOf = (row: DeploymentOutcomeRow, rulings: OverrideRow[] = []): string =>
  describeDeployment(row, [], rulings).join('\n');

describe('a deployment in words', () => {
  it('names the incident, and that its end was the recovery', () => {
    expect(textOf(failed)).toContain(
      'an incident names it, or a person ruled that it caused one, local/shop#9',
    );
    expect(textOf(failed)).toContain(
      'It failed from 2026-01-10 12:00:00 UTC on. It recovered when the incident was resolved, 2026-01-10 14:00:00 UTC: after 2 h.',
    );
  });

  it('is known by what it has: not every signal has a ref, nor every import a revision', () => {
    expect(textOf(quiet)).toContain('It is known by its deployment main, at revision aaaaaaaaaaaa.');
    expect(textOf({ ...quiet, ref: '', sha: '' })).toContain(
      'It is known by its deployment, its revision is not known.',
    );
  });

  it('says of a service that may not be shown neither its name nor that of its environment', () => {
    const hidden = { ...quiet, service: 'minnow', environment: 'minnow-prod', is_service_withheld: true };
    expect(textOf(hidden)).toContain('(withheld) to production');
    expect(textOf(hidden)).not.toContain('minnow');
  });

  it('names the deployment that repaired it, where one did', () => {
    expect(textOf({ ...failed, recovered_by: 'v8' })).toContain('It recovered with v8,');
  });

  it('has no time for a recovery that is dated before the failure', () => {
    expect(textOf({ ...failed, recovered_at: opened - hour })).toContain('dated before the failure');
  });

  it('says of an open failure that it is open', () => {
    expect(textOf({ ...failed, recovered_at: null })).toContain('It has not recovered yet');
  });

  it('says what no evidence means, by what would be known', () => {
    expect(textOf(quiet)).toContain('no incident, no rollback, no revert and no hotfix');
    expect(textOf({ ...quiet, failure_basis: 'reverts-and-rollbacks' })).toContain('Without incidents, only');
    expect(textOf({ ...quiet, failure_basis: 'none' })).toContain('Whether it failed is unknown');
  });

  it('shows who is to be believed: a ruling and its reason', () => {
    const ruling: OverrideRow = {
      repo: 'local/shop',
      kind: 'failure',
      entity: quiet.deployment_id,
      ruling: 'no',
      reason: 'The alarm was false',
      ruled_at: opened,
      by_key: 'k',
    };
    const text = textOf({ ...quiet, evidence: 'override', confidence: 'high' }, [ruling]);
    expect(text).toContain('A person ruled that it did not fail.');
    expect(text).toContain('Ruled on 2026-01-10 12:00:00 UTC: no failure. Reason: The alarm was false');
  });
});
