import { describe, expect, it } from 'vitest';
import { checkClock, checkScopes } from './check-github.ts';

describe('checkScopes', () => {
  it('says which metrics a missing scope costs', () => {
    const missing = [{ scope: 'Issues: read', streams: ['incidents'] }];
    expect(checkScopes({ missing, isPublicOnly: false })).toEqual([
      {
        name: 'GitHub scopes',
        status: 'warning',
        found:
          '"Issues: read" is missing, so incidents cannot be read; without it these lack data: ' +
          'change_caused_incident_rate, change_fail_rate, deployment_rework_rate, failed_deployment_recovery_time, ' +
          'incident_acknowledge_time, incident_attribution_rate, incident_resolve_time, incidents, ' +
          'out_of_hours_incident_rate',
        next: 'Give the token "Issues: read", if you want it',
      },
    ]);
  });

  it('counts metrics where there are too many to name, and says in which parts of the catalogue', () => {
    const missing = [{ scope: 'Pull requests: read', streams: ['pull-requests'] }];
    const [check] = checkScopes({ missing, isPublicOnly: false });
    expect(check?.found).toMatch(/without it \d\d metrics lack data \(dora, flow, review\)$/);
  });

  it('is content where nothing is missing', () => {
    expect(checkScopes({ missing: [], isPublicOnly: false })).toMatchObject([{ status: 'ok' }]);
  });

  it('says what teams are for, and that private repositories are out of sight', () => {
    const missing = [{ scope: 'read:org', streams: ['teams'] }];
    const byTeam = 'without it every figure by team is missing, and these lack data: team_attribution_rate';
    expect(checkScopes({ missing, isPublicOnly: true })).toMatchObject([
      { status: 'warning', found: expect.stringContaining(byTeam) as string },
      { status: 'warning', found: expect.stringContaining('public repositories only') as string },
    ]);
  });
});

it.each([
  [59, 'ok', 'agrees'],
  [7_200, 'warning', '120 min behind'],
  [-180, 'warning', '3 min ahead of'],
])('calls a clock that is %d s behind %s', (clockBehindSeconds, status, found) => {
  expect(checkClock({ clockBehindSeconds })).toMatchObject([
    { status, found: expect.stringContaining(found) as string },
  ]);
});
