import {
  commits,
  type CommitRow,
  cursors,
  deployments,
  type DeploymentRow,
  derivations,
  incidents,
  type IncidentRow,
  overrides,
  records,
  repositories,
  type RepositoryRow,
  services,
  truncations,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestWarehouse, readAll, type TestWarehouse } from '../testing/test-warehouse.ts';
import { mortalWarehouse } from '../testing/watched-warehouse.ts';
import { moveRepository } from './move-repository.ts';

const OLD = 'github.com/acme/app';
const NEW = 'github.com/acme-labs/application';

let test: TestWarehouse;
beforeAll(async () => {
  test = await openTestWarehouse();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await test.clear();
});

function commit(repo: string, sha: string): CommitRow {
  return {
    repo,
    sha,
    parents: [],
    author_key: 'someone',
    author_is_bot: false,
    authored_at: 1_000_000_000_000,
    committed_at: 1_000_000_000_000,
    subject: `See ${OLD}#1`,
    number: null,
    head_branch: null,
    reverts_sha: null,
    reverts_number: null,
    cherry_picked_from: null,
    has_paths: false,
    paths: [],
  };
}

const repository: RepositoryRow = {
  repo: OLD,
  default_branch: 'main',
  head_sha: 'c1',
  is_shallow: false,
  has_paths: true,
  repo_id: 'github.com:R_1',
  visibility: 'private',
  is_fork: false,
  is_archived: false,
  is_gone: false,
  created_at: 1_000_000_000_000,
  pushed_at: null,
  primary_language: 'Go',
};

const deployment: DeploymentRow = {
  deployment_id: `${OLD}@run:7`,
  repo: OLD,
  service: 'app',
  environment: 'production',
  environment_kind: 'production',
  signal: 'workflow_run',
  is_counted: true,
  sha: 'c1',
  ref: 'main',
  status: 'success',
  is_planned: true,
  started_at: 1_000_000_000_000,
  finished_at: 1_000_000_000_000,
  finished_at_is_exact: true,
  url: `https://${OLD}/actions/runs/7`,
};

const incident: IncidentRow = {
  repo: OLD,
  incident_id: `${OLD}#12`,
  service: 'checkout',
  environment: '',
  severity: 'high',
  title: `${OLD}#12 is a title`,
  opened_at: 1_000_000_000_000,
  acknowledged_at: null,
  resolved_at: null,
  caused_by: `${OLD}@run:7`,
  labels: [],
  url: 'http://github.com:8443/acme/app/issues/12',
};

async function store(warehouse: Warehouse): Promise<void> {
  await warehouse.insert(repositories, [repository]);
  await warehouse.insert(commits, [
    commit(OLD, 'c1'),
    commit(OLD, 'c2'),
    commit('github.com/acme/apple', 'c1'),
  ]);
  await warehouse.insert(deployments, [deployment]);
  await warehouse.insert(incidents, [incident]);
  await warehouse.insert(overrides, [
    {
      repo: OLD,
      kind: 'attribution',
      entity: `${OLD}#12`,
      ruling: `${OLD}@run:7`,
      reason: 'seen',
      ruled_at: 1_000_000_000_000,
      by_key: '',
    },
  ]);
  await warehouse.insert(truncations, [
    {
      repo: OLD,
      source: 'github',
      stream: 'builds',
      entity: `${OLD}@run:1`,
      reason: 'out-of-reach',
      detail: '',
    },
  ]);
  await warehouse.insert(records, [
    { source: 'github', repo: OLD, stream: 'builds', key: '7', fetched_at: 1_000_000_000_000, payload: '{}' },
  ]);
  await warehouse.insert(cursors, [
    { source: 'github', stream: 'builds', key: OLD, cursor: '{"at":1}' },
    { source: 'git', stream: 'tags', key: OLD, cursor: '{"at":2}' },
  ]);
}

const move = { from: OLD, to: NEW };

describe('moveRepository', () => {
  it('puts every row under the new name, ids and addresses included', async () => {
    const { warehouse } = test;
    await store(warehouse);
    // 1 repository, 2 commits, 1 deployment, 1 incident, 1 override, 1 truncation, 1 record, 2 cursors.
    expect(await moveRepository({ warehouse, move })).toBe(10);
    expect(await readAll(warehouse, repositories)).toEqual([{ ...repository, repo: NEW }]);
    expect((await readAll(warehouse, commits)).map(({ repo, sha, subject }) => [repo, sha, subject])).toEqual(
      [
        [NEW, 'c1', `See ${OLD}#1`],
        [NEW, 'c2', `See ${OLD}#1`],
        ['github.com/acme/apple', 'c1', `See ${OLD}#1`],
      ],
    );
    expect(await readAll(warehouse, deployments)).toEqual([
      {
        ...deployment,
        repo: NEW,
        deployment_id: `${NEW}@run:7`,
        service: 'application',
        url: `https://${NEW}/actions/runs/7`,
      },
    ]);
    expect(await readAll(warehouse, incidents)).toEqual([
      {
        ...incident,
        repo: NEW,
        incident_id: `${NEW}#12`,
        caused_by: `${NEW}@run:7`,
        url: 'http://github.com:8443/acme-labs/application/issues/12',
      },
    ]);
    expect(await readAll(warehouse, overrides)).toMatchObject([
      { repo: NEW, entity: `${NEW}#12`, ruling: `${NEW}@run:7` },
    ]);
    expect(await readAll(warehouse, truncations)).toMatchObject([{ repo: NEW, entity: `${NEW}@run:1` }]);
    expect(await readAll(warehouse, records)).toMatchObject([{ repo: NEW, key: '7' }]);
    expect((await readAll(warehouse, cursors)).map(({ source, key }) => [source, key])).toEqual([
      ['git', NEW],
      ['github', NEW],
    ]);
  });

  it('marks both names, so that the facts of the old one go', async () => {
    const { warehouse } = test;
    await store(warehouse);
    await moveRepository({ warehouse, move });
    const marks = await readAll(warehouse, derivations);
    expect(marks.map(({ repo, side }) => [repo, side])).toEqual([
      [NEW, 'domain'],
      [OLD, 'domain'],
    ]);
  });

  it('keeps the name of a service that the catalogue knows, and the catalogue itself', async () => {
    const { warehouse } = test;
    await store(warehouse);
    const service = {
      service: 'app',
      repo: OLD,
      path_globs: [],
      release_names: [],
      owner_team: '',
      tier: '',
    };
    await warehouse.insert(services, [service]);
    await moveRepository({ warehouse, move });
    expect((await readAll(warehouse, deployments)).map((row) => row.service)).toEqual(['app']);
    expect(await readAll(warehouse, services)).toEqual([service]);
  });

  it('lets the cursor stand that a clone has under the new name', async () => {
    const { warehouse } = test;
    await store(warehouse);
    await warehouse.insert(cursors, [{ source: 'git', stream: 'tags', key: NEW, cursor: '{"at":9}' }]);
    await moveRepository({ warehouse, move });
    expect((await readAll(warehouse, cursors)).map(({ source, cursor }) => [source, cursor])).toEqual([
      ['git', '{"at":9}'],
      ['github', '{"at":1}'],
    ]);
  });

  it('moves back under a name that holds tombstones', async () => {
    const { warehouse } = test;
    await store(warehouse);
    const before = await test.dump();
    await moveRepository({ warehouse, move });
    await moveRepository({ warehouse, move: { from: NEW, to: OLD } });
    expect(await test.dump()).toEqual(before);
  });

  it('comes to the same rows when killed before any write and called again', async () => {
    const { warehouse } = test;
    await store(warehouse);
    await moveRepository({ warehouse, move });
    const undisturbed = await test.dump();
    const storedCursors = await readAll(warehouse, cursors);
    await test.clear();
    await store(warehouse);
    let kills = 0;
    for (let diesAt = 1; diesAt < 100; diesAt++) {
      const isDone = await moveRepository({ warehouse: mortalWarehouse(warehouse, diesAt), move }).then(
        () => true,
        () => false,
      );
      if (isDone) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(5);
    expect(await test.dump()).toEqual(undisturbed);
    expect(await readAll(warehouse, cursors)).toEqual(storedCursors);
  });
});
