import { describe, expect, it } from 'vitest';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { columnType, type Table } from './table.ts';
import * as tables from './tables/index.ts';

const database = temporaryWarehouse();
const declared: Table[] = Object.values(tables);

/**
 * Instants that never change for the same thing: beginnings of memberships and settings, of builds and pull requests, of
 * calendar periods, the submission of a review. When a job begins does, once: its migration says what becomes of it.
 */
const immutableTimes = new Set([
  'domain.team_members.valid_from',
  'domain.team_settings.valid_from',
  'facts.build_jobs.began_at',
  'facts.builds.created_at',
  'facts.pull_requests.created_at',
  'facts.path_knowledge.quarter_start',
  'facts.review_load.period_start',
  'facts.reviews.submitted_at',
]);

/** One insert must become one part, so that readers see all of it or nothing; why these may differ, their migrations say. */
const partitionKeys = new Map([
  ['facts.build_jobs', 'toStartOfQuarter(began_at)'],
  ['facts.builds', 'toStartOfQuarter(created_at)'],
  ['facts.pull_requests', 'toYear(created_at)'],
  ['facts.reviews', 'toYear(submitted_at)'],
]);

/** What begins the sorting key before its columns. */
const sortedFirstBy = new Map([['facts.pull_requests', 'toYear(created_at)']]);

describe('what the migrations make is what is declared:', () => {
  it.each(declared.map((table) => [table.qualified, table] as const))('%s', async (_, table) => {
    const columns = await database.warehouse.query<{ name: string; type: string }>(
      'SELECT name, type FROM system.columns WHERE database = {d:String} AND table = {t:String} ORDER BY position',
      { d: table.database, t: table.name },
    );
    const expected = Object.entries(table.columns).map(([name, type]) => ({ name, type: columnType(type) }));
    expect(columns).toEqual([
      ...expected,
      { name: '_version', type: 'UInt64' },
      { name: '_deleted', type: 'UInt8' },
    ]);

    const [engine] = await database.warehouse.query(
      `SELECT engine, engine_full, replaceRegexpOne(sorting_key, '^[(](.*)[)]$', '\\\\1') AS sorting_key, partition_key
       FROM system.tables WHERE database = {d:String} AND name = {t:String}`,
      { d: table.database, t: table.name },
    );
    expect(engine).toMatchObject({
      engine: 'ReplacingMergeTree',
      engine_full: expect.stringContaining('ReplacingMergeTree(_version, _deleted)') as string,
      sorting_key: [...[sortedFirstBy.get(table.qualified) ?? []].flat(), ...table.key].join(', '),
      partition_key: partitionKeys.get(table.qualified) ?? '',
    });
    // An acknowledged row survives a power cut.
    expect(engine).toHaveProperty('engine_full', expect.stringContaining('fsync_after_insert = 1'));
  });

  it('nothing is in the database that is not declared', async () => {
    const made = await database.warehouse.query<{ name: string }>(
      `SELECT concat(database, '.', name) AS name FROM system.tables
       WHERE database IN ('raw', 'domain', 'facts', 'metrics', 'ops', 'private') ORDER BY name`,
    );
    expect(made.map(({ name }) => name)).toEqual(declared.map(({ qualified }) => qualified).sort());
  });

  it('keys consist of columns, and times stand in none', () => {
    for (const { qualified, key, columns } of declared) {
      for (const column of key) {
        if (immutableTimes.has(`${qualified}.${column}`)) continue;
        expect(columnType(columns[column] ?? ''), `${qualified}.${column}`).toMatch(
          /^(LowCardinality\()?String|^UInt32$/,
        );
      }
    }
  });
});
