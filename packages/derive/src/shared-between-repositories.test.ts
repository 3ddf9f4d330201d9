import {
  changes,
  cursors,
  deployments,
  derivations,
  type IncidentRow,
  incidents,
  overrides,
  type PullRequestRow,
  pullRequests,
  services,
  teamMembers,
} from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { staleRepositories } from './derive.ts';
import { collect, derive, outcomesOf, rules } from './testing/collected-history.ts';
import { day, hour, pullRequest, release, sha, start } from './testing/snapshot.ts';
import { testWarehouse } from './testing/test-warehouse.ts';

const opened = testWarehouse();
/** A pull request of `ann`, squashed as the commit `a`. */
function pullRequestRow(repo: string): PullRequestRow {
  return {
    ...pullRequest({ number: 1, merge: 'a', commits: { w: start + hour }, merged_at: start + day }),
    repo,
    node_id: '',
    state: 'merged',
    is_draft: false,
    head_sha: sha('w'),
    created_at: start + hour,
    ready_at: start + hour,
    closed_at: start + day,
    updated_at: start + day,
    merged_by_key: '',
    is_in_merge_queue: false,
    additions: 0,
    deletions: 0,
    review_count: 0,
    event_count: 0,
    comment_count: 0,
    commit_author_keys: ['ann'],
    file_additions: [],
    file_deletions: [],
    labels: [],
  };
}

function incidentRow(row: Partial<IncidentRow> & Pick<IncidentRow, 'repo' | 'incident_id'>): IncidentRow {
  return {
    service: '',
    environment: '',
    severity: '',
    title: '',
    opened_at: start + day + hour,
    acknowledged_at: null,
    resolved_at: null,
    caused_by: null,
    labels: [],
    url: '',
    ...row,
  };
}

const stale = (): Promise<string[]> => staleRepositories(opened.current, rules);

describe('what repositories share', () => {
  it('makes those stale whose authors changed their team, and nobody else', async () => {
    await opened.current.insert(teamMembers, [
      { team: 'acme/blue', person_key: 'zoe', valid_from: 0, valid_to: null },
    ]);
    await collect(opened.current, 'local/moved', 'm1');
    await collect(opened.current, 'local/stays', 'm1');
    await opened.current.insert(pullRequests, [pullRequestRow('local/moved')]);
    await derive(opened.current);
    const membership = { team: 'acme/red', person_key: 'ann', valid_from: 0, valid_to: null };
    await opened.current.insert(teamMembers, [membership]);
    expect(await stale()).toEqual(['local/moved']);
    await derive(opened.current);
    const teamOf = async (): Promise<string[]> =>
      (await opened.current.readRows(changes, ['team'], { sql: "change_id = 'local/moved#1'" })).map(
        ({ team }) => team,
      );
    expect(await teamOf()).toEqual(['acme/red']);
    expect(await stale()).toEqual([]);

    await opened.current.insert(teamMembers, [{ ...membership, valid_to: start }]);
    expect(await stale()).toEqual(['local/moved']);
    await derive(opened.current);
    expect(await teamOf()).toEqual(['']);
  });

  it('starts the clock of a squash at the first commit of its pull request', async () => {
    const rows = await opened.current.readRows(changes, ['first_authored_at', 'starts_at', 'title'], {
      sql: "change_id = 'local/moved#1'",
    });
    expect(rows).toEqual([
      { first_authored_at: start + hour, starts_at: 'first_commit', title: 'Title of 1' },
    ]);
  });

  it('brings an incident of another repository to the one whose service it names', async () => {
    await opened.current.insert(services, [
      {
        service: 'app',
        repo: 'acme/shop',
        path_globs: [],
        release_names: [],
        owner_team: '',
        tier: '',
      },
    ]);
    await collect(opened.current, 'acme/shop', 'm1');
    await derive(opened.current);
    await opened.current.insert(incidents, [
      incidentRow({ repo: 'acme/ops', incident_id: 'acme/ops#1', service: 'app' }),
    ]);
    expect(await stale()).toEqual(['acme/shop']);
    await derive(opened.current);
    // v2 finished an hour before; it is reverted as well, and that is the stronger evidence.
    expect(await outcomesOf(opened.current, 'acme/shop')).toEqual({
      v1: '  incidents',
      v2: 'revert  incidents',
      v3: '  incidents',
    });

    const ruling = {
      repo: 'acme/ops',
      kind: 'attribution',
      reason: '',
      ruled_at: start,
      by_key: '',
    } as const;
    await opened.current.insert(overrides, [{ ...ruling, entity: 'acme/ops#1', ruling: 'acme/shop/v3' }]);
    expect(await stale()).toEqual(['acme/shop']);
    await derive(opened.current);
    expect(await outcomesOf(opened.current, 'acme/shop')).toMatchObject({
      v3: 'incident acme/ops#1 incidents',
    });
    expect(await stale()).toEqual([]);
  });

  it('brings an incident to the deployment that it names by an id of its own', async () => {
    await collect(opened.current, 'far/away', 'm1');
    await opened.current.insert(deployments, [
      {
        ...release('DEPLOY-77', 'b', start + 5 * day, { signal: 'deployment' }),
        repo: 'far/away',
        status: 'success',
        started_at: null,
      },
    ]);
    await derive(opened.current);
    const named = incidentRow({ repo: 'near/ops', incident_id: 'near/ops#1', caused_by: 'DEPLOY-77' });
    await opened.current.insert(incidents, [{ ...named, opened_at: start + 6 * day }]);
    expect(await stale()).toEqual(['far/away']);
    await derive(opened.current);
    expect(await outcomesOf(opened.current, 'far/away')).toMatchObject({
      'DEPLOY-77': 'incident near/ops#1 incidents',
    });
  });

  it('takes silence for no incidents only where the owner writes incidents down', async () => {
    await collect(opened.current, 'acme/quiet', 'm1');
    await collect(opened.current, 'nobody/quiet', 'm1');
    await derive(opened.current);
    expect(await outcomesOf(opened.current, 'acme/quiet')).toMatchObject({ v1: '  reverts-and-rollbacks' });
    const read = { source: 'github', stream: 'incidents', cursor: '{}' };
    await opened.current.insert(cursors, [
      { ...read, key: 'acme/quiet' },
      { ...read, key: 'nobody/quiet' },
    ]);
    expect(await stale()).toEqual(['acme/quiet']);
    await derive(opened.current);
    expect(await outcomesOf(opened.current, 'acme/quiet')).toMatchObject({ v1: '  incidents' });
    expect(await outcomesOf(opened.current, 'nobody/quiet')).toMatchObject({ v1: '  reverts-and-rollbacks' });
  });

  it('keeps no person among the marks', async () => {
    const marks = await opened.current.readRows(derivations, ['mark'], { sql: "side = 'authors'" });
    expect(marks.some(({ mark }) => /^[0-9a-f]{8}( [0-9a-f]{8})*$/.test(mark))).toBe(true);
    expect(marks.some(({ mark }) => mark.split(' ').includes('ann'))).toBe(false);
  });
});
