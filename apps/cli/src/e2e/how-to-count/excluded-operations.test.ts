import {
  botFindings,
  branchRules,
  codeOwners,
  collectorRuns,
  cursors,
  lintReports,
} from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { smallCompany } from './small-company.ts';
import { at, DAY, HOUR } from './when.ts';

const company = smallCompany();

describe('incidents', () => {
  const shop = company.repository('incidents', ({ repo, commit, deploy, incident }) => {
    commit('root', '2026-03-01 00:00');
    deploy('v1', 'root', '2026-03-02 12:00');
    // Before any deployment; within the window after one, at a quarter past one in the afternoon; long after it, on a
    // Saturday; one that blames what nobody knows.
    incident('1', '2026-03-01 10:00');
    incident('2', '2026-03-02 13:15', {
      acknowledged_at: at('2026-03-02 13:25'),
      resolved_at: at('2026-03-02 15:15'),
      severity: 'sev1',
    });
    incident('3', '2026-03-14 10:00', { resolved_at: at('2026-03-14 14:00') });
    incident('4', '2026-03-16 10:00', {
      caused_by: `${repo}!unknown`,
      acknowledged_at: at('2026-03-16 10:30'),
    });
  });

  it('time to acknowledge: what nobody acknowledged is counted without a value', async () => {
    // {10, 30} min → 20 min; the first is open, the third was resolved and nobody wrote it down.
    expect(await shop.figure('incident_acknowledge_time')).toMatchObject({
      value: 20 * 60,
      n: 2,
      total: 4,
      gaps: { open: 1, 'not-recorded': 1 },
    });
  });

  it('time to resolve: what is open is counted without a value', async () => {
    // {2, 4} h → 3 h
    const figure = await shop.figure('incident_resolve_time');
    expect(figure).toMatchObject({ value: 3 * HOUR, n: 2, total: 4, gaps: { open: 2 } });
  });

  it('change-caused: what nothing could judge is counted without a value', async () => {
    // The second within 24 h of v1, the third not; before the first deployment, and with an unknown cause, nobody knows.
    expect(await shop.figure('change_caused_incident_rate')).toMatchObject({
      value: 1 / 2,
      n: 2,
      total: 4,
      gaps: { 'no-deployment-known': 1, 'no-cause-found': 1 },
    });
    expect(await shop.findings()).toEqual(
      expect.arrayContaining(['incident-before-any-deployment', 'unresolved-incident-cause']),
    );
  });

  it('all are incidents; two of four began out of hours', async () => {
    expect(await shop.figure('incidents')).toMatchObject({ value: 4 });
    // The 1st is a Sunday and the 14th a Saturday; Monday at 13:15 and Monday at 10:00 are business hours.
    expect(await shop.figure('out_of_hours_incident_rate')).toMatchObject({ value: 1 / 2, total: 4 });
  });
});

describe('an incident about several repositories', () => {
  for (const name of ['shared/one', 'shared/two']) {
    company.repository(name, ({ service, commit, deploy }) => {
      service('checkout');
      commit('root', '2026-03-01 00:00');
      deploy('v1', 'root', '2026-03-02 12:00', { service: 'checkout' });
    });
  }
  company.repository('shared/operations', ({ commit, incident }) => {
    commit('root', '2026-03-01 00:00');
    incident('1', '2026-03-10 10:00', { service: 'checkout', resolved_at: at('2026-03-10 11:00') });
  });

  it('has a row for each, and is one incident', async () => {
    const shared = { filters: { organisation: ['github.com/shared'] } };
    expect(await company.figure('incidents', shared)).toMatchObject({ value: 1, total: 1 });
    expect(await company.figure('incident_resolve_time', shared)).toMatchObject({
      value: HOUR,
      n: 1,
      total: 1,
    });
    for (const repo of ['github.com/shared/one', 'github.com/shared/two']) {
      expect(await company.figure('incidents', { filters: { repo: [repo] } }), repo).toMatchObject({
        value: 1,
      });
    }
  });
});

describe('repositories', () => {
  const observed = { pushed_at: at('2026-03-02 08:00') };
  const whole = { filters: { organisation: ['github.com/standards'] } };
  const kept = company.repository('standards/kept', ({ repo, about, commit, put }) => {
    about(observed);
    commit('root', '2026-03-01 00:00');
    put(codeOwners, { repo, line: 1, pattern: '*', owners: ['team:standards/all'] });
    put(branchRules, { repo, rule_id: '1', includes: ['~DEFAULT_BRANCH'], enforcement: 'active' });
    put(lintReports, { repo, report_id: '1', collected_at: at('2026-03-02 08:00'), is_adopted: true });
    const finding = { repo, number: 1, rule: 'no-any', found_at: at('2026-03-02 08:00') };
    put(botFindings, { ...finding, finding_id: '1' });
    put(botFindings, { ...finding, finding_id: '2', rule: 'require-test', resolution: 'fixed' });
  });
  const broken = company.repository('standards/broken', ({ repo, about, commit, put }) => {
    about(observed);
    commit('root', '2026-03-01 00:00');
    for (const stream of ['code-owners', 'branch-rules']) {
      put(cursors, { source: 'github', stream, key: repo, cursor: '{}' });
    }
    put(branchRules, { repo, rule_id: '1', includes: ['~DEFAULT_BRANCH'], enforcement: 'evaluate' });
    put(lintReports, { repo, report_id: '1', collected_at: at('2026-03-02 08:00'), is_adopted: true });
    put(lintReports, { repo, report_id: '2', collected_at: at('2026-04-02 08:00'), is_adopted: false });
  });
  company.repository('standards/unread', ({ about, commit }) => {
    about(observed);
    commit('root', '2026-03-01 00:00');
  });
  for (const state of ['is_fork', 'is_archived'] as const) {
    company.repository(`standards/${state}`, ({ repo, about, commit, put }) => {
      about({ ...observed, [state]: true });
      commit('root', '2026-03-01 00:00');
      put(lintReports, { repo, report_id: '1', collected_at: at('2026-03-02 08:00'), is_adopted: true });
    });
  }

  it('archived ones and forks are left out, and what nobody has read is no zero', async () => {
    for (const metric of ['code_owner_coverage', 'branch_protection_coverage']) {
      expect(await company.figure(metric, whole), metric).toMatchObject({
        value: 1 / 2,
        n: 2,
        total: 3,
        gaps: { 'not-collected': 1 },
      });
    }
    // At the end of the year the second has given it up; before its report of April both had it.
    expect(await company.figure('lint_adoption', whole)).toMatchObject({
      value: 1 / 2,
      n: 2,
      total: 3,
      gaps: { 'never-reported': 1 },
    });
    const spring = { ...whole, until: '2026-04-01 00:00' };
    expect(await company.figure('lint_adoption', spring)).toMatchObject({ value: 1, n: 2 });
  });

  it('the bot’s findings: a repository that it does not look at has no row, and not zero', async () => {
    expect(await kept.valuesBy('bot_findings', 'rule')).toEqual({ 'no-any': 1, 'require-test': 1 });
    expect(await broken.figure('bot_findings')).toMatchObject({ value: null, total: 0 });
  });

  const tried = company.repository('tried', ({ repo, commit, put }) => {
    commit('root', '2026-03-01 00:00');
    const run = (id: string, day: string, status: 'ok' | 'failed' | 'cancelled' | 'running'): void =>
      put(collectorRuns, {
        run_id: `${repo} ${id}`,
        source: 'github',
        target: repo,
        started_at: at(`${day} 07:00`),
        finished_at: status === 'running' ? null : at(`${day} 08:00`),
        status,
      });
    run('1', '2026-03-02', 'ok');
    run('2', '2026-03-04', 'failed');
    run('3', '2026-03-05', 'cancelled');
    run('4', '2026-03-05', 'running');
  });

  it('freshness: a run that failed, was cancelled or never ended made nothing fresher', async () => {
    // At 08:00 on the 6th the last good run is four days old.
    const figure = await tried.figure('source_freshness', { until: '2026-03-06 08:00' });
    expect(figure).toMatchObject({ value: 1, ageSeconds: 4 * DAY });
  });
});
