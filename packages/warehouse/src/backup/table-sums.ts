import { z } from 'zod';
import { botFindings, cursors, lintReports } from '../tables/index.ts';
import type { Warehouse } from '../warehouse.ts';
import { BACKED_UP } from './backup-statement.ts';

/** What a table holds, so that it can be told whether all of it came back. */
export interface TableSum {
  /** `domain.commits` */
  table: string;
  rows: number;
  /** Over every column of every current row, in any order. */
  sum: string;
}

/** Where the sums of a backup travel with it; `key` is the table. */
const NOTE = { source: 'bellwether', stream: 'backup' } as const;

const Note = z.object({ rows: z.int(), sum: z.string() });

/** Bots store what they find at any time, so of these a backup may hold more than was there a moment before. */
const GROWING: ReadonlySet<string> = new Set([botFindings.qualified, lintReports.qualified]);

/** Reads every row once: as slow as the backup itself, and as sure. */
export async function readTableSums(warehouse: Pick<Warehouse, 'query'>): Promise<TableSum[]> {
  const names = await warehouse.query<{ name: string }>(
    `SELECT concat(database, '.', name) AS name FROM system.tables
     WHERE database IN {databases:Array(String)} AND engine LIKE '%MergeTree' AND NOT startsWith(name, 'staging_')
     ORDER BY name`,
    { databases: BACKED_UP },
  );
  const sums: TableSum[] = [];
  for (const { name } of names) {
    // The note itself is written after the sums.
    const others = name === cursors.qualified ? ` WHERE NOT (${IS_NOTE})` : '';
    const [row] = await warehouse.query<{ rows: number; sum: string }>(
      `SELECT count() AS rows, toString(sum(cityHash64(toString(tuple(*))))) AS sum FROM ${name} FINAL${others}`,
    );
    sums.push({ table: name, rows: row?.rows ?? 0, sum: row?.sum ?? '' });
  }
  return sums;
}

const IS_NOTE = `source = '${NOTE.source}' AND stream = '${NOTE.stream}'`;

/** Puts the sums where the backup that follows takes them along. */
export async function noteTableSums(
  warehouse: Pick<Warehouse, 'replaceByDifference'>,
  sums: readonly TableSum[],
): Promise<void> {
  const rows = sums.map(({ table, ...note }) => ({ ...NOTE, key: table, cursor: JSON.stringify(note) }));
  await warehouse.replaceByDifference(cursors, NOTE, rows);
}

/**
 * Compares what is stored with what was noted down before the backup.
 *
 * @returns the tables that lack something or hold something else; undefined where nothing was noted
 */
export async function differingTables(
  warehouse: Pick<Warehouse, 'query' | 'readRows'>,
): Promise<{ tables: number; rows: number; differing: string[] } | undefined> {
  const notes = await warehouse.readRows(cursors, ['key', 'cursor'], { sql: IS_NOTE });
  if (notes.length === 0) return undefined;
  const stored = new Map((await readTableSums(warehouse)).map((sum) => [sum.table, sum]));
  const differing = notes.filter(({ key, cursor }) => {
    const noted = Note.parse(JSON.parse(cursor));
    const found = stored.get(key);
    if (!found) return true;
    return GROWING.has(key) ? found.rows < noted.rows : found.rows !== noted.rows || found.sum !== noted.sum;
  });
  const rows = [...stored.values()].reduce((total, each) => total + each.rows, 0);
  return { tables: stored.size, rows, differing: differing.map(({ key }) => key) };
}
