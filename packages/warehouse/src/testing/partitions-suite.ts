import { describe, expect, it } from 'vitest';
import { STAGE_FROM_ROWS } from '../staged-insert.ts';
import { type ReviewFactRow, reviewFacts } from '../tables/index.ts';
import type { TestedWarehouse } from './tested-warehouse.ts';

/** Tables with partitions are written, replaced and tidied like any other. */
export function describePartitions(database: TestedWarehouse): void {
  /** A review on New Year's Eve, noon, of a year. */
  function review(repo: string, year: number, number: number): ReviewFactRow {
    return {
      repo,
      number,
      review_id: `r${String(number)}`,
      change_id: `${repo}#${String(number)}`,
      reviewer_key: 'somebody',
      team: '',
      team_group: '',
      service: '',
      services: [],
      is_bot: false,
      submitted_at: Date.UTC(year, 11, 31, 12),
      waiting_since: null,
      basis: 'ready',
      response_seconds: null,
      response_business_seconds: null,
      response_gap: '',
      state: 'approved',
      comment_count: 0,
      is_cross_team: null,
    };
  }

  const replace = (repo: string, rows: readonly ReviewFactRow[]) =>
    database.warehouse.replaceByDifference(reviewFacts, { repo }, rows);

  /** Numbers of the reviews that a repository has, by the year they were submitted in. */
  async function byYear(repo: string): Promise<[number, number][]> {
    const rows = await database.warehouse.query<{ year: number; n: number }>(
      'SELECT toYear(submitted_at) AS year, count() AS n FROM facts.reviews FINAL WHERE repo = {repo:String} GROUP BY year ORDER BY year',
      { repo },
    );
    return rows.map(({ year, n }) => [year, n]);
  }

  describe('a table with a partition for each year', () => {
    it('is replaced by difference like any other, over several years at once', async () => {
      const repo = 'host/owner/several';
      const [old, young, youngest] = [review(repo, 2019, 1), review(repo, 2023, 2), review(repo, 2024, 3)];
      expect(await replace(repo, [old, young])).toEqual({ written: 2, removed: 0 });
      expect(await replace(repo, [old, young])).toEqual({ written: 0, removed: 0 });
      expect(await replace(repo, [{ ...old, comment_count: 5 }, youngest])).toEqual({
        written: 2,
        removed: 1,
      });
      expect(await byYear(repo)).toEqual([
        [2019, 1],
        [2024, 1],
      ]);
      expect(await replace(repo, [])).toEqual({ written: 0, removed: 2 });
      expect(await byYear(repo)).toEqual([]);
    });

    it('moves a row whose year was corrected, and leaves none behind', async () => {
      const repo = 'host/owner/corrected';
      await replace(repo, [review(repo, 2020, 1)]);
      expect(await replace(repo, [review(repo, 2021, 1)])).toEqual({ written: 1, removed: 1 });
      expect(await byYear(repo)).toEqual([[2021, 1]]);
    });

    it('takes more years than the engine takes by default in one insert', async () => {
      const repo = 'host/owner/long';
      const years = Array.from({ length: 120 }, (_, index) => 1971 + index);
      await replace(
        repo,
        years.map((year) => review(repo, year, year)),
      );
      expect(await byYear(repo)).toEqual(years.map((year) => [year, 1]));
    });

    it('takes what is staged, and tombstones of all years', { timeout: 60_000 }, async () => {
      const repo = 'host/owner/staged';
      const rows = Array.from({ length: STAGE_FROM_ROWS + 3 }, (_, index) =>
        review(repo, 2020 + (index % 3), index),
      );
      expect(await replace(repo, rows)).toEqual({ written: rows.length, removed: 0 });
      // 200,003 = 3 · 66,667 + 2
      expect(await byYear(repo)).toEqual([
        [2020, 66_668],
        [2021, 66_668],
        [2022, 66_667],
      ]);
      expect(await replace(repo, rows.slice(0, 1))).toEqual({ written: 0, removed: rows.length - 1 });
      expect(await byYear(repo)).toEqual([[2020, 1]]);
    });

    it('takes the rows of a query', async () => {
      const repo = 'host/owner/queried';
      const [old, young] = [review(repo, 2019, 1), review(repo, 2023, 2)];
      await replace(repo, [old, young]);
      const sql =
        'SELECT * REPLACE (comment_count + 1 AS comment_count) FROM facts.reviews FINAL WHERE repo = {r:String}';
      const source = { sql, params: { r: repo } };
      const counts = await database.warehouse.replaceByQuery(reviewFacts, { repo }, source);
      expect(counts).toEqual({ written: 2, removed: 0 });
      const stored = await database.warehouse.readRows(reviewFacts, ['submitted_at', 'comment_count'], {
        sql: 'repo = {repo:String} ORDER BY submitted_at',
        params: { repo },
      });
      expect(stored).toEqual([
        { submitted_at: old.submitted_at, comment_count: 1 },
        { submitted_at: young.submitted_at, comment_count: 1 },
      ]);
    });
  });

  describe('tidy', () => {
    it('merges the partitions that need it, and changes nothing that a reader sees', async () => {
      const repo = 'host/owner/untidy';
      await replace(repo, []);
      await database.warehouse.tidy([reviewFacts]);
      for (const count of [1, 2, 3]) {
        // The review of 1960 is in a partition of its own, and written once.
        const rows = Array.from({ length: count }, (_, index) => review(repo, 2030 + index, index));
        await replace(repo, [review(repo, 1960, 99), ...rows]);
      }
      const before = await byYear(repo);
      await database.warehouse.tidy([reviewFacts]);
      expect(await byYear(repo)).toEqual(before);
      expect(before).toEqual([
        [1960, 1],
        [2030, 1],
        [2031, 1],
        [2032, 1],
      ]);
      const scattered = await database.warehouse.query(
        `SELECT partition FROM system.parts WHERE active AND database = 'facts' AND table = 'reviews'
       GROUP BY partition HAVING count() > 1`,
      );
      // A ClickHouse server merges by itself, and has other work to do.
      if (database.warehouse.kind !== 'server') expect(scattered).toEqual([]);
    });

    it('does nothing where there is nothing to do', async () => {
      expect(await database.warehouse.tidy([reviewFacts], 1_000_000)).toBe(0);
      await database.warehouse.tidy([reviewFacts]);
      expect(await database.warehouse.tidy([reviewFacts])).toBe(0);
    });
  });
}
