import { Config } from '@bellwether/core';
import type { IncidentFactRow } from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import type { DomainSnapshot } from '../domain-snapshot.ts';
import { commit, day, hour, incident, release, snapshot, start } from '../testing/snapshot.ts';
import { computeFacts, deriveRules } from './facts.ts';

// Business hours are 9 to 17, Monday to Friday, UTC; `start` is a Monday, 0:00.
const rules = deriveRules(Config.parse({ incidents: { windowHours: 24 } }));

function incidentOf(input: ReturnType<typeof incident>, rest: Partial<DomainSnapshot> = {}): IncidentFactRow {
  const facts = computeFacts(
    snapshot({
      head: 'm',
      commits: [commit({ name: 'root' }), commit({ name: 'm', parents: ['root'], at: start + day })],
      deployments: [release('v1', 'root', start), release('v2', 'm', start + 2 * day)],
      incidents: [input],
      hasIncidentSource: true,
      ...rest,
    }),
    rules,
  );
  const [row] = facts.incidents;
  if (row === undefined) throw new Error('no incident');
  return row;
}

describe('the clocks of an incident', () => {
  it('run by the wall and by business hours', () => {
    // Monday 16:00 to 16:30, and to Tuesday 10:00: one hour on Monday, one on Tuesday.
    const row = incidentOf(
      incident('i', start + 16 * hour, {
        acknowledged_at: start + 16.5 * hour,
        resolved_at: start + day + 10 * hour,
      }),
    );
    expect(row).toMatchObject({
      acknowledge_seconds: 1800,
      acknowledge_business_seconds: 1800,
      acknowledge_gap: '',
      resolve_seconds: 18 * 3600,
      resolve_business_seconds: 2 * 3600,
      resolve_gap: '',
      is_out_of_hours: false,
    });
  });

  it('are null with the reason where an end is missing or lies before the beginning', () => {
    const gaps = ({ acknowledge_gap, resolve_gap, resolve_seconds }: IncidentFactRow) => [
      acknowledge_gap,
      resolve_gap,
      resolve_seconds,
    ];
    const opened = start + 3 * day;
    expect(gaps(incidentOf(incident('open', opened)))).toEqual(['open', 'open', null]);
    const quiet = incident('quiet', opened, { resolved_at: opened + hour });
    expect(gaps(incidentOf(quiet))).toEqual(['not-recorded', '', 3600]);
    const back = incident('back', opened, { resolved_at: opened - 1, acknowledged_at: opened - 1 });
    expect(gaps(incidentOf(back))).toEqual(['negative', 'negative', null]);
  });

  it('say whether it opened out of hours', () => {
    const isOut = (at: number): boolean => incidentOf(incident('i', at)).is_out_of_hours;
    // Tuesday 8:59, 9:00, 16:59, 17:00; Saturday noon.
    const times = [
      day + 9 * hour - 1,
      day + 9 * hour,
      day + 17 * hour - 1,
      day + 17 * hour,
      5 * day + 12 * hour,
    ];
    expect(times.map((time) => isOut(start + time))).toEqual([true, false, false, true, true]);
  });
});

describe('whether a change caused it', () => {
  const causeOf = (input: ReturnType<typeof incident>, rest: Partial<DomainSnapshot> = {}) => {
    const { is_change_caused, cause_gap, evidence, deployment_id } = incidentOf(input, rest);
    return [is_change_caused, cause_gap, evidence, deployment_id];
  };

  it('is told by a ruling, by the incident, or by the window', () => {
    const at = start + 2 * day + hour;
    expect(causeOf(incident('i', at, { caused_by: 'v1' }))).toEqual([true, '', 'incident', 'v1']);
    expect(causeOf(incident('i', at, { ruled_cause: 'v1' }))).toEqual([true, '', 'override', 'v1']);
    expect(causeOf(incident('i', at, { ruled_cause: '' }))).toEqual([false, '', 'override', '']);
    expect(causeOf(incident('i', at))).toEqual([true, '', 'incident-window', 'v2']);
    // Nothing was deployed in the 24 hours before.
    expect(causeOf(incident('i', at + 2 * day))).toEqual([false, '', 'incident-window', '']);
  });

  it('is unknown where nothing can tell', () => {
    const at = start + 2 * day + hour;
    expect(causeOf(incident('i', at, { caused_by: 'v9' }))).toEqual([null, 'no-cause-found', '', '']);
    expect(causeOf(incident('i', at, { service: 'other' }))).toEqual([null, 'no-cause-found', '', '']);
    expect(causeOf(incident('i', start - day))).toEqual([null, 'no-deployment-known', '', '']);
    expect(causeOf(incident('i', at), { deployments: [] })).toEqual([null, 'no-deployment-known', '', '']);
  });

  it('gives it the service and environment of the cause', () => {
    const row = incidentOf(incident('i', start + 2 * day + hour));
    expect([row.service, row.environment]).toEqual(['app', 'production']);
  });
});
