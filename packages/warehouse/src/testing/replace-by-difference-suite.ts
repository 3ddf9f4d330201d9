import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitDeploymentRow, commitRow } from './rows.ts';
import { STAGE_FROM_ROWS } from '../staged-insert.ts';
import {
  type CommitDeploymentRow,
  type CommitRow,
  commitDeployments,
  commits,
  deployments,
} from '../tables/index.ts';
import type { TestedWarehouse } from './tested-warehouse.ts';

/** A scope is replaced, and only what differs is written. */
export function describeReplaceByDifference(database: TestedWarehouse): void {
  const replace = (repo: string, rows: readonly CommitRow[]) =>
    database.warehouse.replaceByDifference(commits, { repo }, rows);

  const columns = Object.keys(commits.columns) as (keyof CommitRow)[];
  const read = (repo: string) =>
    database.warehouse.readRows(commits, columns, {
      sql: 'repo = {repo:String} ORDER BY sha',
      params: { repo },
    });

  const newest = () => database.warehouse.query('SELECT max(_version) AS version FROM domain.commits');

  describe('replaceByDifference', () => {
    it('makes the scope equal the rows, and leaves every other scope alone', async () => {
      const repo = 'local/basic';
      const other = commitRow({ repo: 'local/other', sha: 'a' });
      await replace('local/other', [other]);
      const [a, b, c] = ['a', 'b', 'c'].map((sha) => commitRow({ repo, sha })) as [
        CommitRow,
        CommitRow,
        CommitRow,
      ];

      expect(await replace(repo, [b, a])).toEqual({ written: 2, removed: 0 });
      expect(await read(repo)).toEqual([a, b]);
      const changed = { ...b, subject: 'changed', paths: ['x'], number: 7, authored_at: -5 };
      expect(await replace(repo, [changed, c])).toEqual({ written: 2, removed: 1 });
      expect(await read(repo)).toEqual([changed, c]);
      expect(await replace(repo, [a, b, c])).toEqual({ written: 2, removed: 0 });
      expect(await read(repo)).toEqual([a, b, c]);
      expect(await replace(repo, [])).toEqual({ written: 0, removed: 3 });
      expect(await read(repo)).toEqual([]);
      expect(await read('local/other')).toEqual([other]);
    });

    it('takes several scopes at once', async () => {
      const repos = ['local/several-1', 'local/several-2'];
      const [first, second] = repos.map((repo) => commitRow({ repo, sha: 'a' })) as [CommitRow, CommitRow];
      const replaceAll = (rows: readonly CommitRow[]) =>
        database.warehouse.replaceByDifference(commits, { repo: repos }, rows);
      expect(await replaceAll([first, second])).toEqual({ written: 2, removed: 0 });
      const changed = { ...second, subject: 'changed' };
      expect(await replaceAll([changed])).toEqual({ written: 1, removed: 1 });
      expect([await read(repos[0]!), await read(repos[1]!)]).toEqual([[], [changed]]);
      await expect(replaceAll([commitRow({ repo: 'local/elsewhere', sha: 'a' })])).rejects.toThrow(
        'outside the scope',
      );
    });

    it('writes nothing when nothing differs', async () => {
      const repo = 'local/same';
      const rows = Array.from({ length: 1000 }, (_, at) =>
        commitRow({
          repo,
          sha: String(at),
          subject: `"${String(at)}" a/b\u2028`,
          authored_at: at,
          parents: ['p'],
          number: at,
        }),
      );
      await replace(repo, rows);
      const before = await newest();
      expect(await replace(repo, rows.toReversed())).toEqual({ written: 0, removed: 0 });
      expect(await newest()).toEqual(before);
    });

    it('announces a difference before it writes, and only then', async () => {
      const repo = 'local/announced';
      const announced: unknown[] = [];
      const beforeWrite = async (): Promise<void> => void announced.push(await read(repo));
      const rows = [commitRow({ repo, sha: 'a' })];
      await database.warehouse.replaceByDifference(commits, { repo }, rows, { beforeWrite });
      await database.warehouse.replaceByDifference(commits, { repo }, rows, { beforeWrite });
      expect(announced).toEqual([[]]);
    });

    it('refuses rows that contradict each other or the scope: bugs of the caller', async () => {
      const repo = 'local/bugs';
      const row = commitRow({ repo, sha: 'a' });
      await expect(replace(repo, [row, { ...row, subject: 'x' }])).rejects.toThrow('two rows have the key');
      await expect(replace(repo, [commitRow({ repo: 'local/elsewhere', sha: 'a' })])).rejects.toThrow(
        'outside the scope',
      );
      await expect(
        database.warehouse.replaceByDifference(commits, { nonsense: 1 } as Partial<CommitRow>, []),
      ).rejects.toThrow('no column nonsense');
      expect(await read(repo)).toEqual([]);
    });

    it('takes scopes of several columns, of null, and of everything', async () => {
      const { warehouse } = database;
      const rows = ['web', 'api'].flatMap((service) =>
        ['a', 'b'].map((sha) => commitDeploymentRow({ repo: 'local/scopes', service, sha })),
      );
      await warehouse.insert(commitDeployments, rows);
      const scope = { repo: 'local/scopes', service: 'web' };
      expect(await warehouse.replaceByDifference(commitDeployments, scope, [])).toEqual({
        written: 0,
        removed: 2,
      });
      expect(await warehouse.replaceByDifference(commitDeployments, {}, [])).toEqual({
        written: 0,
        removed: 2,
      });
      expect(
        await warehouse.replaceByDifference(deployments, { repo: 'local/scopes', sha: null }, []),
      ).toEqual({
        written: 0,
        removed: 0,
      });
    });

    it('agrees with a plain map, whatever comes after whatever', async () => {
      const repo = 'local/model';
      const row = fc.record({
        repo: fc.constant(repo),
        sha: fc.constantFrom('a', 'b', 'c', 'ü', '"', '\u2028', ''),
        subject: fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 5 })),
        parents: fc.array(fc.string({ unit: 'grapheme', maxLength: 3 }), { maxLength: 2 }),
        authored_at: fc.option(fc.integer({ min: -1e12, max: 4e12 })),
        number: fc.option(fc.nat()),
        head_branch: fc.option(fc.string({ maxLength: 3 })),
        author_is_bot: fc.boolean(),
      });
      const state = fc.uniqueArray(row, { selector: ({ sha }) => sha, maxLength: 6 });
      let before = new Map<string, string>();
      await fc.assert(
        fc.asyncProperty(state, async (partial) => {
          const rows = partial.map((each) => commitRow(each));
          const after = new Map(rows.map((each) => [each.sha, JSON.stringify(each)]));
          expect(await replace(repo, rows)).toEqual({
            written: rows.filter((each) => before.get(each.sha) !== JSON.stringify(each)).length,
            removed: [...before.keys()].filter((sha) => !after.has(sha)).length,
          });
          const stored = await read(repo);
          expect(new Map(stored.map((each) => [each.sha, each]))).toEqual(
            new Map(rows.map((each) => [each.sha, each])),
          );
          before = after;
        }),
        { numRuns: 40 },
      );
    });
  });

  describe('more rows than one insert should hold', () => {
    const repo = 'local/large';
    const COUNT = STAGE_FROM_ROWS + 1_000;
    const large = (deployment_id: string): CommitDeploymentRow[] =>
      Array.from({ length: COUNT }, (_, at) => commitDeploymentRow({ repo, sha: String(at), deployment_id }));
    const counts = async () =>
      database.warehouse.query<{ id: string; n: number }>(
        'SELECT deployment_id AS id, count() AS n FROM facts.commit_deployments FINAL WHERE repo = {repo:String} GROUP BY id',
        { repo },
      );

    it('become visible together, and leave nothing behind', async () => {
      const { warehouse } = database;
      // On a ClickHouse server nothing is staged, and nothing swept.
      if (warehouse.kind !== 'server') {
        await warehouse.command(
          'CREATE TABLE ops.staging_left_behind (a String) ENGINE = MergeTree ORDER BY a',
        );
      }
      await warehouse.replaceByDifference(commitDeployments, { repo }, large('first'));
      const seen = new Set<string>();
      let isDone = false;
      const watch = async (): Promise<void> => {
        while (!isDone) seen.add(JSON.stringify(await counts()));
      };
      const watching = watch();
      await warehouse.replaceByDifference(commitDeployments, { repo }, large('second'));
      isDone = true;
      await watching;
      const whole = (id: string): string => JSON.stringify([{ id, n: COUNT }]);
      expect([...seen].filter((text) => text !== whole('first') && text !== whole('second'))).toEqual([]);
      expect(JSON.stringify(await counts())).toBe(whole('second'));
      expect(
        await warehouse.query(
          "SELECT name FROM system.tables WHERE database = 'ops' AND startsWith(name, 'staging')",
        ),
      ).toEqual([]);
      expect(await warehouse.replaceByDifference(commitDeployments, { repo }, [])).toEqual({
        written: 0,
        removed: COUNT,
      });
      expect(await counts()).toEqual([]);
    });
  });
}
