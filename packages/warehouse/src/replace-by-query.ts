import type { Engine } from './engine.ts';
import { decodeResult, type Row, VERSION_COLUMNS } from './row-codec.ts';
import { whereScope } from './scope.ts';
import { withStaging } from './staged-insert.ts';
import type { Table } from './table.ts';
import type { QueryParams } from './warehouse.ts';

export interface QueryReplacement {
  engine: Engine;
  table: Table;
  scope: Row;
  /** Gives the columns of the table by name, for the rows that the scope should hold. */
  source: { sql: string; params: QueryParams };
  /** A version above everything that the scope holds. */
  nextVersion: () => Promise<number>;
}

/**
 * See `Warehouse.replaceByQuery`. No row passes through this program: the fresh rows go to a table beside the real one,
 * those that are stored alike are left out by a hash over all columns, and what remains becomes visible together.
 */
export async function replaceByQuery(work: QueryReplacement): Promise<{ written: number; removed: number }> {
  const version = await work.nextVersion();
  if (work.engine.kind === 'server') return replaceInPlace(work, version);
  return withStaging(work.engine, work.table.qualified, async (fresh, attach) => {
    const { sql, params } = work.source;
    await fill(work, fresh, `SELECT ${columnsOf(work)}, ${String(version)}, 0 FROM (${sql})`, params);
    if (!(await holdsRows(work))) return attachIfAny(work, fresh, attach);
    return withStaging(work.engine, work.table.qualified, async (difference) => {
      await fillDifference(work, { into: difference, from: fresh, version, params: {} });
      return attachIfAny(work, difference, attach);
    });
  });
}

/** A table beside the real one would have to exist on every replica, so here the query runs twice, row by row visible. */
async function replaceInPlace(
  work: QueryReplacement,
  version: number,
): Promise<{ written: number; removed: number }> {
  const { table, source, scope } = work;
  await fillDifference(work, {
    into: table.qualified,
    from: `(${source.sql})`,
    version,
    params: source.params,
  });
  const stored = whereScope(table, { ...scope });
  const isNew = `${stored.sql === '' ? ' WHERE' : `${stored.sql} AND`} _version = ${String(version)}`;
  return counted(work, `${table.qualified}${isNew}`, stored.params);
}

/** However many partitions the rows lie in, a year of nonsense included: by default a hundred are too many. */
const ANY_PARTITIONS = 'SETTINGS max_partitions_per_insert_block = 0';

interface Difference {
  into: string;
  /** What the rows should be: a table, or a query in brackets. */
  from: string;
  version: number;
  params: QueryParams;
}

async function fillDifference(work: QueryReplacement, difference: Difference): Promise<void> {
  const { table } = work;
  const { into, from, version } = difference;
  const key = table.key.join(', ');
  const stored = whereScope(table, work.scope);
  const params = { ...difference.params, ...stored.params };
  const held = `${table.qualified} FINAL${stored.sql}`;
  const [columns, hash] = [columnsOf(work), rowHash(work)];
  await fill(
    work,
    into,
    `SELECT ${columns}, ${String(version)}, 0 FROM ${from}
     WHERE (${key}, ${hash}) NOT IN (SELECT ${key}, ${hash} FROM ${held})`,
    params,
  );
  const gone = `(${key}) NOT IN (SELECT ${key} FROM ${from})`;
  const condition = stored.sql === '' ? ` WHERE ${gone}` : ` AND ${gone}`;
  await run(
    work,
    `INSERT INTO ${into} (${key}, ${VERSION_COLUMNS.join(', ')}) ${ANY_PARTITIONS}
     SELECT ${key}, ${String(version)}, 1 FROM ${held}${condition}`,
    params,
  );
}

function fill(work: QueryReplacement, into: string, select: string, params: QueryParams): Promise<void> {
  return run(
    work,
    `INSERT INTO ${into} (${columnsOf(work)}, ${VERSION_COLUMNS.join(', ')}) ${ANY_PARTITIONS} ${select}`,
    params,
  );
}

async function attachIfAny(
  work: QueryReplacement,
  from: string,
  attach: (from: string) => Promise<void>,
): Promise<{ written: number; removed: number }> {
  const counts = await counted(work, from, {});
  if (counts.written + counts.removed > 0) await attach(from);
  return counts;
}

async function counted(
  { engine }: QueryReplacement,
  from: string,
  params: QueryParams,
): Promise<{ written: number; removed: number }> {
  const format = 'JSONCompactEachRowWithNamesAndTypes';
  const sql = `SELECT countIf(_deleted = 0) AS written, countIf(_deleted = 1) AS removed FROM ${from}`;
  const [row] = decodeResult(await engine.run(sql, { lane: 'rows', format, params }));
  return { written: Number(row?.['written'] ?? 0), removed: Number(row?.['removed'] ?? 0) };
}

async function holdsRows({ engine, table, scope }: QueryReplacement): Promise<boolean> {
  const where = whereScope(table, scope);
  const sql = `SELECT 1 FROM ${table.qualified}${where.sql} LIMIT 1`;
  return (await engine.run(sql, { lane: 'rows', format: 'TSV', params: where.params })).length > 0;
}

async function run({ engine }: QueryReplacement, sql: string, params: QueryParams): Promise<void> {
  await engine.run(sql, { lane: 'write', format: 'TSV', params });
}

function columnsOf({ table }: QueryReplacement): string {
  return Object.keys(table.columns).join(', ');
}

/** Over the text of a tuple: there a null is a value of its own, where it would make the whole hash null. */
function rowHash(work: QueryReplacement): string {
  return `cityHash64(toString(tuple(${columnsOf(work)})))`;
}
