import { silentTalk } from '@bellwether/core';
import {
  buildFacts,
  changeDeployments,
  changes,
  commitDeployments,
  deploymentAttempts,
  deploymentOutcomes,
  deployments,
  findings,
  pullRequestFacts,
  repositoryFacts,
  type Table,
} from '@bellwether/warehouse';
import { describe, expect, it } from 'vitest';
import { deriveChanged, staleRepositories } from './derive.ts';
import { brokenAtWrite } from './testing/broken-warehouse.ts';
import { collect, derive, outcomesOf, rules } from './testing/collected-history.ts';
import { day, release, start } from './testing/snapshot.ts';
import { testWarehouse } from './testing/test-warehouse.ts';

const opened = testWarehouse();
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

async function storedFacts(repo: string): Promise<unknown[][]> {
  const stored: unknown[][] = [];
  for (const table of factTables as Table[]) {
    const rows = await opened.current.readRows(table, Object.keys(table.columns), {
      sql: 'repo = {repo:String}',
      params: { repo },
    });
    stored.push(rows.map((row) => JSON.stringify({ ...row, repo: '' }).replaceAll(repo, 'REPO')).sort());
  }
  return stored;
}

describe('deriveChanged', () => {
  it('computes what changed, and nothing when nothing did', async () => {
    await collect(opened.current, 'local/once', 'm1');
    const first = await derive(opened.current);
    expect(first.repositories).toBe(1);
    expect(first.written).toBeGreaterThan(0);
    expect(await derive(opened.current)).toEqual({ repositories: 0, written: 0, removed: 0 });
  });

  it('writes only the difference when a repository is computed again', async () => {
    await collect(opened.current, 'local/again', 'm1');
    await derive(opened.current);
    await collect(opened.current, 'local/again', 'm2');
    expect(await derive(opened.current)).toEqual({ repositories: 1, written: 0, removed: 0 });

    await collect(opened.current, 'local/again', 'm3');
    await opened.current.remove(deployments, [{ repo: 'local/again', deployment_id: 'local/again/v3' }]);
    const { written, removed } = await derive(opened.current);
    // v2 is no failure any more, the revert waits again, and no row of its deployment stays, nor of the attempt.
    expect({ written, removed }).toEqual({ written: 3, removed: 4 });
  });

  it.each([1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 14, 15])(
    'gives the same facts after being cut off at write %i',
    async (broken) => {
      const repo = `local/cut-${String(broken)}`;
      await collect(opened.current, 'local/whole', `whole-${String(broken)}`);
      await collect(opened.current, repo, 'm1');
      await expect(derive(brokenAtWrite(opened.current, broken))).rejects.toThrow('the plug was pulled');
      await derive(opened.current);
      expect(await storedFacts(repo)).toEqual(await storedFacts('local/whole'));
    },
  );

  it('computes again when the rules change', async () => {
    await collect(opened.current, 'local/rules', 'm1');
    await derive(opened.current);
    const others = { ...rules, hotfixBranches: ['urgent/**'] };
    expect((await derive(opened.current, others)).repositories).toBeGreaterThan(0);
    expect((await derive(opened.current, others)).repositories).toBe(0);
  });

  it('keeps to the repositories that are named, and tells which others wait', async () => {
    await derive(opened.current);
    await collect(opened.current, 'local/named', 'm1');
    await collect(opened.current, 'local/waiting', 'm1');
    const options = {
      warehouse: opened.current,
      rules,
      talk: silentTalk,
      signal: new AbortController().signal,
    };
    expect((await deriveChanged({ ...options, only: ['local/named'] })).repositories).toBe(1);
    expect(await staleRepositories(opened.current, rules)).toEqual(['local/waiting']);
  });

  it('stops between repositories when asked to, and goes on later', async () => {
    await collect(opened.current, 'local/stop', 'm1');
    const controller = new AbortController();
    controller.abort();
    await expect(
      deriveChanged({ warehouse: opened.current, rules, talk: silentTalk, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled', exitCode: 5 });
    expect((await derive(opened.current)).repositories).toBeGreaterThan(0);
  });
});

describe('the order of signals', () => {
  it('takes effect without collecting again', async () => {
    await collect(opened.current, 'local/signals', 'm1');
    const tag = release('local/signals/v2', 'a', start + day);
    await opened.current.insert(deployments, [
      {
        ...tag,
        deployment_id: 'local/signals/d2',
        signal: 'deployment',
        repo: 'local/signals',
        status: 'success',
        started_at: null,
      },
    ]);
    await derive(opened.current);
    // v3 comes after the first deployment that was recorded.
    expect(Object.keys(await outcomesOf(opened.current, 'local/signals')).sort()).toEqual(['d2', 'v1']);
    await derive(opened.current, { ...rules, signals: ['tag'] });
    expect(Object.keys(await outcomesOf(opened.current, 'local/signals')).sort()).toEqual(['v1', 'v2', 'v3']);
  });
});
