import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, silentTalk } from '@bellwether/core';
import {
  changeDeployments,
  changes,
  commitDeployments,
  commits,
  type CommitRow,
  deploymentOutcomes,
  type DeploymentRow,
  deployments,
  derivations,
  findings,
  migrate,
  openWarehouse,
  repositories,
  type Table,
  type Warehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveRules } from './compute/facts.ts';
import { deriveChanged, staleRepositories } from './derive.ts';
import { commit, day, release, sha, start } from './testing/snapshot.ts';

const rules = deriveRules(Config.parse({}));
const factTables = [changes, commitDeployments, changeDeployments, deploymentOutcomes, findings];

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
    { repo, default_branch: 'main', head_sha: sha('b'), is_shallow: false, has_paths: false },
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
      is_counted: true,
      status: 'success',
      is_planned: true,
      started_at: null,
      url: '',
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
    // v2 is no failure any more, and no row of the revert's deployment stays; v1 and the changes are as they were.
    expect({ written, removed }).toEqual({ written: 2, removed: 3 });
  });

  it.each([1, 2, 3, 4, 5, 6])('gives the same facts after being cut off at write %i', async (broken) => {
    const repo = `local/cut-${String(broken)}`;
    await collect('local/whole', `whole-${String(broken)}`);
    await collect(repo, 'm1');
    let writes = 0;
    const failing = new Proxy(warehouse, {
      get: (target, name: keyof Warehouse) => {
        const member = target[name];
        if ((name !== 'replaceByDifference' && name !== 'insert') || typeof member !== 'function') {
          return typeof member === 'function' ? member.bind(target) : member;
        }
        return (...args: unknown[]) => {
          writes += 1;
          if (writes === broken) throw new Error('the plug was pulled');
          return (member as (...all: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    await expect(derive(failing)).rejects.toThrow('the plug was pulled');
    await derive();
    expect(await storedFacts(repo)).toEqual(await storedFacts('local/whole'));
  });

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
