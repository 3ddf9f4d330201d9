import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitDeploymentRow, commitRow } from './rows.ts';
import { collectorRuns, commitDeployments, commits, identities } from '../tables/index.ts';
import type { TestedWarehouse } from './tested-warehouse.ts';

/** Whatever is stored comes back as it went in. */
export function describeRoundTrip(database: TestedWarehouse): void {
  /** Stores one commit and reads it back, through each of the three ways that rows come out. */
  async function subjectsBack(
    subjects: readonly string[],
  ): Promise<{ sha: string; subject: string; paths: string[] }[]> {
    const rows = subjects.map((subject, at) =>
      commitRow({ repo: 'local/text', sha: String(at), subject, paths: [subject] }),
    );
    await database.warehouse.insert(commits, rows);
    const read = await database.warehouse.readRows(commits, ['sha', 'subject', 'paths'], {
      sql: 'repo = {repo:String} ORDER BY toUInt32(sha)',
      params: { repo: 'local/text' },
    });
    const queried = await database.warehouse.query(
      "SELECT sha, subject, paths FROM domain.commits FINAL WHERE repo = 'local/text' ORDER BY toUInt32(sha)",
    );
    expect(queried).toEqual(read);
    // Nothing differs: the comparison sees the same text.
    const again = await database.warehouse.replaceByDifference(commits, { repo: 'local/text' }, rows);
    expect(again).toEqual({ written: 0, removed: 0 });
    await database.warehouse.replaceByDifference(commits, { repo: 'local/text' }, []);
    return read as { sha: string; subject: string; paths: string[] }[];
  }

  describe('text comes back as it went in:', () => {
    it.each([
      ['tabs and line ends', 'a\tb\nc\r\nd\u2028e\u2029f\u0085g'],
      ['quotes and backslashes', `'"\`\\ \\' \\n \\N \\x41 '' {a:String} \${b}`],
      ['control characters', '\u0000\u0001\b\f\u001b\u007f\u009f'],
      ['emoji and combining characters', '😀👩‍👩‍👧‍👦 é e\u0301 ﷺ 你好'],
      ['what looks like null, numbers or JSON', 'NULL'],
      ['JSON', '["a",{"b":null}]'],
      ['slashes', 'https://example.org/</script>'],
      ['nothing', ''],
      ['a byte order mark and the highest characters', '\ufeff\uffff\u{10ffff}\ufffd'],
      ['something long', 'x'.repeat(300_000)],
    ])('%s', async (_, subject) => {
      expect(await subjectsBack([subject])).toEqual([{ sha: '0', subject, paths: [subject] }]);
    });

    it('half of a surrogate pair, which has no UTF-8, becomes the replacement character', async () => {
      const [row] = await subjectsBack(['a\ud800b\udc00 \\ud800']);
      expect(row?.subject).toBe('a\ufffdb\ufffd \\ud800');
    });

    it('anything at all', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 50 }),
          async (subjects) => {
            const back = await subjectsBack(subjects);
            expect(back.map(({ subject }) => subject)).toEqual(subjects);
          },
        ),
        { numRuns: 15 },
      );
    });

    it('bound values too, alone and in arrays', async () => {
      const text = '\t\n\'"\\\u0000😀 {b:String}';
      const [row] = await database.warehouse.query('SELECT {a:String} AS a, {b:Array(String)} AS b', {
        a: text,
        b: [text, ''],
      });
      expect(row).toEqual({ a: text, b: [text, ''] });
    });

    it('in a key, where a row has to be found again', async () => {
      const rows = ['\u2028', '/', '"', '\\', '\u007f', 'ÿ', '\u0001'].map((identity) => ({
        person_key: 'k',
        identity,
        name: '',
        email: '',
      }));
      await database.warehouse.replaceByDifference(identities, { person_key: 'k' }, rows);
      expect(await database.warehouse.replaceByDifference(identities, { person_key: 'k' }, rows)).toEqual({
        written: 0,
        removed: 0,
      });
      expect(
        await database.warehouse.replaceByDifference(identities, { person_key: 'k' }, rows.slice(1)),
      ).toEqual({
        written: 0,
        removed: 1,
      });
    });
  });

  describe('instants', () => {
    // 0 and small numbers could be taken for seconds or years, and weeks before 1970 are folded.
    const instants = [
      0, 1, 999, 1000, 1970, 2024, 20_240_101, 1e9, 1_700_000_000_123, 4_102_444_800_000, -1, -1500, -1e11,
      -2_208_988_800_000,
    ];

    it('are whole milliseconds both ways, before 1970 too', async () => {
      await database.warehouse.insert(
        commitDeployments,
        instants.map((deployed_at, at) =>
          commitDeploymentRow({ repo: 'local/time', sha: String(at), deployed_at }),
        ),
      );
      const rows = await database.warehouse.readRows(commitDeployments, ['sha', 'deployed_at'], {
        sql: "repo = 'local/time'",
      });
      const bySha = new Map(rows.map(({ sha, deployed_at }) => [Number(sha), deployed_at]));
      expect(instants.map((_, at) => bySha.get(at))).toEqual(instants);
    });

    it('come out of any query as milliseconds, whatever their precision and zone', async () => {
      const [row] = await database.warehouse.query(`
      SELECT toDateTime('2024-03-01 12:00:00', 'UTC') AS seconds,
        toDateTime64('2024-03-01 12:00:00.123456', 6, 'UTC') AS micros,
        toDateTime64('2024-03-01 12:00:00', 3, 'Europe/Berlin') AS berlin,
        [toDateTime64('1969-12-31 23:59:59.250', 3, 'UTC')] AS list,
        CAST(NULL, 'Nullable(DateTime64(3))') AS none,
        toDate('2024-03-01') AS day`);
      expect(row).toEqual({
        seconds: Date.UTC(2024, 2, 1, 12),
        micros: Date.UTC(2024, 2, 1, 12, 0, 0, 123),
        berlin: Date.UTC(2024, 2, 1, 11),
        list: [-750],
        none: null,
        day: '2024-03-01',
      });
    });

    it('inside maps and tuples are refused and not handed out in seconds', async () => {
      await expect(database.warehouse.query("SELECT map('a', now()) AS m")).rejects.toThrow(
        'toUnixTimestamp64Milli',
      );
    });

    it('that are no whole number are refused: the engine would read 1.5 as seconds', async () => {
      const rows = [commitDeploymentRow({ sha: 'fraction', deployed_at: 1.5 })];
      await expect(database.warehouse.insert(commitDeployments, rows)).rejects.toThrow('deployed_at');
    });
  });

  describe('numbers', () => {
    it('of 64 bits are numbers, and booleans booleans', async () => {
      const run = {
        run_id: 'numbers',
        source: 'git',
        target: '',
        started_at: 1,
        finished_at: null,
        status: 'ok' as const,
        row_count: 2 ** 40,
        error_code: '',
      };
      await database.warehouse.insert(collectorRuns, [run]);
      const columns = Object.keys(collectorRuns.columns) as (keyof typeof run)[];
      expect(await database.warehouse.readRows(collectorRuns, columns)).toEqual([run]);
      expect(
        await database.warehouse.query(
          'SELECT toInt64(-5) AS a, sum(number) AS b, true AS c, 0.1 AS d FROM numbers(3)',
        ),
      ).toEqual([{ a: -5, b: 3, c: true, d: 0.1 }]);
    });

    it('that are none are null: no data is never zero', async () => {
      expect(await database.warehouse.query('SELECT avg(number) AS a, 1 / 0 AS b FROM numbers(0)')).toEqual([
        { a: null, b: null },
      ]);
    });

    it.each([
      ['too large for their column', { number: 2 ** 32 }],
      ['no whole numbers', { number: 1.5 }],
      ['negative where there is no sign', { number: -1 }],
      ['not exact any more', { authored_at: 2 ** 53 }],
      ['none at all', { number: NaN }],
      ['no numbers', { number: '7' as unknown as number }],
    ])('that are %s are refused: the engine would store another one', async (_, row) => {
      const rows = [commitRow({ repo: 'local/numbers', sha: 'a', ...row })];
      await expect(database.warehouse.insert(commits, rows)).rejects.toThrow(
        /^domain\.commits\.\w+ cannot hold/,
      );
      await expect(database.warehouse.replaceByDifference(commits, {}, rows)).rejects.toThrow('cannot hold');
    });

    it('missing where a column needs one are an error and not a zero', async () => {
      const row = commitDeploymentRow({ sha: 'null' });
      const broken = { ...row, deployment_id: null } as unknown as typeof row;
      await expect(database.warehouse.insert(commitDeployments, [broken])).rejects.toThrow(
        /facts\.commit_deployments.*row 1/,
      );
    });

    it('of a column that knows null keep it', async () => {
      const row = { sha: 'null', number: null, authored_at: null, head_branch: null };
      await database.warehouse.insert(commits, [commitRow({ repo: 'local/null', ...row })]);
      const read = await database.warehouse.readRows(
        commits,
        ['sha', 'number', 'authored_at', 'head_branch'],
        {
          sql: "repo = 'local/null'",
        },
      );
      expect(read).toEqual([row]);
    });
  });

  describe('a failed insert', () => {
    it('never quotes the row: rows can hold names and addresses', async () => {
      const row = {
        person_key: 'k',
        identity: 'git:jane@example.org',
        name: 'Jane',
        email: null as unknown as string,
      };
      const error: unknown = await database.warehouse.insert(identities, [row]).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      expect(JSON.stringify([String(error), (error as Error).stack, (error as Error).cause])).not.toMatch(
        /jane/i,
      );
    });
  });
}
