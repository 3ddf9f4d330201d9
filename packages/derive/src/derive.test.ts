import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import {
  buildFacts,
  changeDeployments,
  changes,
  commitDeployments,
  commits,
  type CommitRow,
  deploymentAttempts,
  deploymentOutcomes,
  type DeploymentRow,
  cursors,
  deployments,
  derivations,
  findings,
  type IncidentRow,
  incidents,
  migrate,
  openWarehouse,
  overrides,
  type PullRequestRow,
  pullRequestFacts,
  pullRequests,
  repositories,
  repositoryFacts,
  services,
  teamMembers,
  type Table,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveRules } from './compute/facts.ts';
import { deriveChanged, staleRepositories } from './derive.ts';
import { brokenAtWrite } from './testing/broken-warehouse.ts';
import { commit, day, hour, pullRequest, release, sha, start } from './testing/snapshot.ts';

// So few people that every team would be withheld.
const rules = deriveRules(Config.parse({ privacy: { minimumGroupSize: 1 } }));
const factTables = [
  changes,
  commitDeployments,
  changeDeployments,
  deploymentOutcomes,
  deploymentAttempts,
  repositoryFacts,
  pullRequestFacts,
  buildFacts,
  findings,
];

let folder: string;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'derive-'));
  warehouse = await openWarehouse({ path: join(folder, 'data') });
  await migrate(warehouse, { views: [] });
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, { recursive: true });
});

/** Puts a small history with a failed release into the domain tables, as a collector would. */
async function collect(repo: string, mark: string): Promise<void> {
  await warehouse.insert(derivations, [{ repo, side: 'domain', mark }]);
  const history = [
    commit({ name: 'root' }),
    commit({ name: 'a', parents: ['root'], at: start + day, number: 1 }),
    commit({ name: 'b', parents: ['a'], at: start + 2 * day, number: 2, reverts_number: 1 }),
  ];
  const releases = [
    release(`${repo}/v1`, 'root', start),
    release(`${repo}/v2`, 'a', start + day),
    release(`${repo}/v3`, 'b', start + 2 * day),
  ];
  await warehouse.insert(repositories, [
    {
      repo,
      default_branch: 'main',
      head_sha: sha('b'),
      is_shallow: false,
      has_paths: false,
      repo_id: '',
      visibility: '',
      is_fork: false,
      is_archived: false,
      is_gone: false,
      created_at: null,
      pushed_at: null,
      primary_language: '',
    },
  ]);
  await warehouse.insert(
    commits,
    history.map((each): CommitRow => ({ ...each, repo, author_key: 'k', paths: [] })),
  );
  await warehouse.insert(
    deployments,
    releases.map((each): DeploymentRow => ({
      ...each,
      repo,
      status: 'success',
      started_at: null,
    })),
  );
}

function derive(through = warehouse, config = rules): ReturnType<typeof deriveChanged> {
  return deriveChanged({
    warehouse: through,
    rules: config,
    talk: silentTalk,
    signal: new AbortController().signal,
  });
}

async function storedFacts(repo: string): Promise<unknown[][]> {
  const stored: unknown[][] = [];
  for (const table of factTables as Table[]) {
    const rows = await warehouse.readRows(table, Object.keys(table.columns), {
      sql: 'repo = {repo:String}',
      params: { repo },
    });
    stored.push(rows.map((row) => JSON.stringify({ ...row, repo: '' }).replaceAll(repo, 'REPO')).sort());
  }
  return stored;
}

describe('deriveChanged', () => {
  it('computes what changed, and nothing when nothing did', async () => {
    await collect('local/once', 'm1');
    const first = await derive();
    expect(first.repositories).toBe(1);
    expect(first.written).toBeGreaterThan(0);
    expect(await derive()).toEqual({ repositories: 0, written: 0, removed: 0 });
  });

  it('writes only the difference when a repository is computed again', async () => {
    await collect('local/again', 'm1');
    await derive();
    await collect('local/again', 'm2');
    expect(await derive()).toEqual({ repositories: 1, written: 0, removed: 0 });

    await collect('local/again', 'm3');
    await warehouse.remove(deployments, [{ repo: 'local/again', deployment_id: 'local/again/v3' }]);
    const { written, removed } = await derive();
    // v2 is no failure any more, the revert waits again, and no row of its deployment stays, nor of the attempt.
    expect({ written, removed }).toEqual({ written: 3, removed: 4 });
  });

  it.each([1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 14, 15])(
    'gives the same facts after being cut off at write %i',
    async (broken) => {
      const repo = `local/cut-${String(broken)}`;
      await collect('local/whole', `whole-${String(broken)}`);
      await collect(repo, 'm1');
      await expect(derive(brokenAtWrite(warehouse, broken))).rejects.toThrow('the plug was pulled');
      await derive();
      expect(await storedFacts(repo)).toEqual(await storedFacts('local/whole'));
    },
  );

  it('computes again when the rules change', async () => {
    await collect('local/rules', 'm1');
    await derive();
    const others = { ...rules, hotfixBranches: ['urgent/**'] };
    expect((await derive(warehouse, others)).repositories).toBeGreaterThan(0);
    expect((await derive(warehouse, others)).repositories).toBe(0);
  });

  it('keeps to the repositories that are named, and tells which others wait', async () => {
    await derive();
    await collect('local/named', 'm1');
    await collect('local/waiting', 'm1');
    const options = { warehouse, rules, talk: silentTalk, signal: new AbortController().signal };
    expect((await deriveChanged({ ...options, only: ['local/named'] })).repositories).toBe(1);
    expect(await staleRepositories(warehouse, rules)).toEqual(['local/waiting']);
  });

  it('stops between repositories when asked to, and goes on later', async () => {
    await collect('local/stop', 'm1');
    const controller = new AbortController();
    controller.abort();
    await expect(
      deriveChanged({ warehouse, rules, talk: silentTalk, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled', exitCode: 5 });
    expect((await derive()).repositories).toBeGreaterThan(0);
  });
});

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

const stale = (): Promise<string[]> => staleRepositories(warehouse, rules);

async function outcomesOf(repo: string): Promise<Record<string, string>> {
  const rows = await warehouse.readRows(
    deploymentOutcomes,
    ['deployment_id', 'evidence', 'incident_id', 'failure_basis'],
    { sql: 'repo = {repo:String}', params: { repo } },
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.deployment_id.replace(`${repo}/`, ''),
      [row.evidence, row.incident_id, row.failure_basis].join(' '),
    ]),
  );
}

describe('what repositories share', () => {
  it('makes those stale whose authors changed their team, and nobody else', async () => {
    await warehouse.insert(teamMembers, [
      { team: 'acme/blue', person_key: 'zoe', valid_from: 0, valid_to: null },
    ]);
    await collect('local/moved', 'm1');
    await collect('local/stays', 'm1');
    await warehouse.insert(pullRequests, [pullRequestRow('local/moved')]);
    await derive();
    const membership = { team: 'acme/red', person_key: 'ann', valid_from: 0, valid_to: null };
    await warehouse.insert(teamMembers, [membership]);
    expect(await stale()).toEqual(['local/moved']);
    await derive();
    const teamOf = async (): Promise<string[]> =>
      (await warehouse.readRows(changes, ['team'], { sql: "change_id = 'local/moved#1'" })).map(
        ({ team }) => team,
      );
    expect(await teamOf()).toEqual(['acme/red']);
    expect(await stale()).toEqual([]);

    await warehouse.insert(teamMembers, [{ ...membership, valid_to: start }]);
    expect(await stale()).toEqual(['local/moved']);
    await derive();
    expect(await teamOf()).toEqual(['']);
  });

  it('starts the clock of a squash at the first commit of its pull request', async () => {
    const rows = await warehouse.readRows(changes, ['first_authored_at', 'starts_at', 'title'], {
      sql: "change_id = 'local/moved#1'",
    });
    expect(rows).toEqual([
      { first_authored_at: start + hour, starts_at: 'first_commit', title: 'Title of 1' },
    ]);
  });

  it('brings an incident of another repository to the one whose service it names', async () => {
    await warehouse.insert(services, [
      {
        service: 'app',
        repo: 'acme/shop',
        path_globs: [],
        release_names: [],
        owner_team: '',
        tier: '',
      },
    ]);
    await collect('acme/shop', 'm1');
    await derive();
    await warehouse.insert(incidents, [
      incidentRow({ repo: 'acme/ops', incident_id: 'acme/ops#1', service: 'app' }),
    ]);
    expect(await stale()).toEqual(['acme/shop']);
    await derive();
    // v2 finished an hour before; it is reverted as well, and that is the stronger evidence.
    expect(await outcomesOf('acme/shop')).toEqual({
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
    await warehouse.insert(overrides, [{ ...ruling, entity: 'acme/ops#1', ruling: 'acme/shop/v3' }]);
    expect(await stale()).toEqual(['acme/shop']);
    await derive();
    expect(await outcomesOf('acme/shop')).toMatchObject({ v3: 'incident acme/ops#1 incidents' });
    expect(await stale()).toEqual([]);
  });

  it('brings an incident to the deployment that it names by an id of its own', async () => {
    await collect('far/away', 'm1');
    await warehouse.insert(deployments, [
      {
        ...release('DEPLOY-77', 'b', start + 5 * day, { signal: 'deployment' }),
        repo: 'far/away',
        status: 'success',
        started_at: null,
      },
    ]);
    await derive();
    const named = incidentRow({ repo: 'near/ops', incident_id: 'near/ops#1', caused_by: 'DEPLOY-77' });
    await warehouse.insert(incidents, [{ ...named, opened_at: start + 6 * day }]);
    expect(await stale()).toEqual(['far/away']);
    await derive();
    expect(await outcomesOf('far/away')).toMatchObject({ 'DEPLOY-77': 'incident near/ops#1 incidents' });
  });

  it('takes silence for no incidents only where the owner writes incidents down', async () => {
    await collect('acme/quiet', 'm1');
    await collect('nobody/quiet', 'm1');
    await derive();
    expect(await outcomesOf('acme/quiet')).toMatchObject({ v1: '  reverts-and-rollbacks' });
    const read = { source: 'github', stream: 'incidents', cursor: '{}' };
    await warehouse.insert(cursors, [
      { ...read, key: 'acme/quiet' },
      { ...read, key: 'nobody/quiet' },
    ]);
    expect(await stale()).toEqual(['acme/quiet']);
    await derive();
    expect(await outcomesOf('acme/quiet')).toMatchObject({ v1: '  incidents' });
    expect(await outcomesOf('nobody/quiet')).toMatchObject({ v1: '  reverts-and-rollbacks' });
  });

  it('keeps no person among the marks', async () => {
    const marks = await warehouse.readRows(derivations, ['mark'], { sql: "side = 'authors'" });
    expect(marks.some(({ mark }) => /^[0-9a-f]{8}( [0-9a-f]{8})*$/.test(mark))).toBe(true);
    expect(marks.some(({ mark }) => mark.split(' ').includes('ann'))).toBe(false);
  });
});

describe('the order of signals', () => {
  it('takes effect without collecting again', async () => {
    await collect('local/signals', 'm1');
    const tag = release('local/signals/v2', 'a', start + day);
    await warehouse.insert(deployments, [
      {
        ...tag,
        deployment_id: 'local/signals/d2',
        signal: 'deployment',
        repo: 'local/signals',
        status: 'success',
        started_at: null,
      },
    ]);
    await derive();
    // v3 comes after the first deployment that was recorded.
    expect(Object.keys(await outcomesOf('local/signals')).sort()).toEqual(['d2', 'v1']);
    await derive(warehouse, { ...rules, signals: ['tag'] });
    expect(Object.keys(await outcomesOf('local/signals')).sort()).toEqual(['v1', 'v2', 'v3']);
  });
});
