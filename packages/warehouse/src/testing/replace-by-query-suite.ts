import { describe, expect, it } from 'vitest';
import { commitDeployments, type CommitDeploymentRow, commits } from '../tables/index.ts';
import { commitDeploymentRow, commitRow } from './rows.ts';
import type { TestedWarehouse } from './tested-warehouse.ts';

const columns = Object.keys(commitDeployments.columns) as (keyof CommitDeploymentRow)[];

/** One row per commit, the subject of which stands for the deployment. */
const source = {
  sql: `SELECT sha, repo, 'app' AS service, 'production' AS environment, subject AS deployment_id,
        assumeNotNull(committed_at) AS deployed_at
        FROM domain.commits FINAL WHERE repo IN {repos:Array(String)} AND subject != {without:String}`,
};

/** A scope is made equal to the result of a query. */
export function describeReplaceByQuery(database: TestedWarehouse): void {
  describe('replaceByQuery', () => {
    it('makes the scope equal the result, writes only what differs, and leaves the rest alone', async () => {
      const { warehouse } = database;
      const commit = (repo: string, sha: string, subject: string) =>
        commitRow({ repo, sha, subject, committed_at: 1000 });
      const replace = (repos: string[], without = '') =>
        warehouse.replaceByQuery(
          commitDeployments,
          { repo: repos },
          { ...source, params: { repos, without } },
        );
      const read = async () =>
        (await warehouse.readRows(commitDeployments, columns, { sql: '1 ORDER BY repo, sha' })).map(
          ({ repo, sha, deployment_id }) => [repo, sha, deployment_id].join(' '),
        );
      await warehouse.insert(commitDeployments, [
        commitDeploymentRow({ repo: 'z', sha: '9', deployment_id: 'other', deployed_at: 5 }),
      ]);

      await warehouse.insert(commits, [
        commit('a', '1', 'one'),
        commit('a', '2', 'two'),
        commit('b', '3', 'three'),
      ]);
      expect(await replace(['a', 'b'])).toEqual({ written: 3, removed: 0 });
      expect(await read()).toEqual(['a 1 one', 'a 2 two', 'b 3 three', 'z 9 other']);
      expect(await replace(['a', 'b'])).toEqual({ written: 0, removed: 0 });

      await warehouse.insert(commits, [commit('a', '1', 'uno')]);
      expect(await replace(['a'], 'two')).toEqual({ written: 1, removed: 1 });
      expect(await read()).toEqual(['a 1 uno', 'b 3 three', 'z 9 other']);
      expect(await replace(['a', 'b'])).toEqual({ written: 1, removed: 0 });
      expect(await read()).toEqual(['a 1 uno', 'a 2 two', 'b 3 three', 'z 9 other']);

      // A scope that begins somewhere: what lies before it stays, though the query does not give it.
      await warehouse.insert(commits, [
        commitRow({ repo: 'b', sha: '4', subject: 'late', committed_at: 9000 }),
      ]);
      expect(await replace(['b'])).toEqual({ written: 1, removed: 0 });
      const late = { repo: ['b'], sha: { from: '4' } };
      const nothing = { sql: `SELECT * FROM (${source.sql}) WHERE 0`, params: { repos: ['b'], without: '' } };
      expect(await warehouse.replaceByQuery(commitDeployments, late, nothing)).toEqual({
        written: 0,
        removed: 1,
      });
      expect(await read()).toEqual(['a 1 uno', 'a 2 two', 'b 3 three', 'z 9 other']);
    });

    it('leaves no table behind when the query fails', async () => {
      const { warehouse } = database;
      const broken = { sql: 'SELECT throwIf(1) AS sha', params: {} };
      await expect(warehouse.replaceByQuery(commitDeployments, { repo: 'a' }, broken)).rejects.toThrow();
      const left = await warehouse.query("SELECT name FROM system.tables WHERE name LIKE 'stag%'");
      expect(left).toEqual([]);
    });
  });
}
