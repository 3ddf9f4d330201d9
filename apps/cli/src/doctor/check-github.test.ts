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
          'change_fail_rate, deployment_rework_rate, failed_deployment_recovery_time',
        next: 'Give the token "Issues: read", if you want it',
      },
    ]);
  });

  it('is content where nothing is missing, and says so of what no metric needs', () => {
    expect(checkScopes({ missing: [], isPublicOnly: false })).toMatchObject([{ status: 'ok' }]);
    const missing = [{ scope: 'read:org', streams: ['teams'] }];
    expect(checkScopes({ missing, isPublicOnly: true })).toMatchObject([
      { status: 'warning', found: expect.stringContaining('no metric needs it yet') as string },
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
