import { pullRequests, type RecordRow, records, type Table, type Warehouse } from '@bellwether/warehouse';
import type { TableKeys, TableRows } from '../../source.ts';
import { childKeys, type ChildName, childNames, childTables, isWhole } from './children.ts';
import type { MappedPullRequest } from './mapper.ts';
import type { ListName } from './overflow.ts';
import type { StoredState } from './stored-state.ts';

/** One pull request as it was read. */
export interface ReadPullRequest {
  readonly mapped: MappedPullRequest;
  readonly record: RecordRow;
  /** The lists that were not read to their end. */
  readonly cut: readonly ListName[];
}

/** What has to be written. */
export interface Difference {
  readonly rows: TableRows[];
  readonly removals: TableKeys[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * What makes the warehouse hold these pull requests as they were read: rows that are new or different, and the keys
 * of children that are no more. Of those that nobody knew, everything, and without a question to the warehouse.
 */
export async function differenceOf(
  pulls: readonly ReadPullRequest[],
  state: StoredState,
  stored: Pick<Warehouse, 'readRows'>,
): Promise<Difference> {
  const known = pulls.filter(({ mapped }) => state.known.has(mapped.pullRequest.number));
  const [heads, payloads, ...children] = await Promise.all([
    differentHeads(pulls, known, state),
    differentRecords(pulls, known, state, stored),
    ...childNames.map((name) => differentChildren(name, pulls, known, state)),
  ]);
  return {
    rows: [heads, ...children.map(({ changed }) => changed), payloads],
    removals: children.map(({ gone }) => gone),
  };
}

async function differentHeads(
  pulls: readonly ReadPullRequest[],
  known: readonly ReadPullRequest[],
  state: StoredState,
): Promise<TableRows> {
  const before = await state.readRows(pullRequests, columnsOf(pullRequests), numbersOf(known));
  const rows = pulls.map(({ mapped }) => mapped.pullRequest);
  return { table: pullRequests, rows: different(pullRequests, rows, before, state) };
}

async function differentChildren(
  name: ChildName,
  pulls: readonly ReadPullRequest[],
  known: readonly ReadPullRequest[],
  state: StoredState,
): Promise<{ changed: TableRows; gone: TableKeys }> {
  const { table, key } = childTables[name];
  const before: readonly Row[] = await state.readRows<Table, string>(
    table,
    columnsOf(table),
    numbersOf(known),
  );
  const rows = pulls.flatMap(({ mapped }): readonly Row[] => mapped[name]);
  const gone = known.flatMap(({ mapped, cut }) => {
    if (!isWhole(name, cut)) return [];
    const { repo, number } = mapped.pullRequest;
    const there = new Set<unknown>(childKeys(mapped)[name]);
    const earlier = new Set<unknown>(state.givenOf(number)?.[name]);
    for (const row of before) if (row['number'] === number) earlier.add(row[key]);
    return [...earlier].filter((id) => !there.has(id)).map((id) => ({ repo, number, [key]: id }));
  });
  return {
    changed: { table, rows: different(table, rows, before, state) },
    gone: { table, keys: gone },
  };
}

async function differentRecords(
  pulls: readonly ReadPullRequest[],
  known: readonly ReadPullRequest[],
  state: StoredState,
  stored: Pick<Warehouse, 'readRows'>,
): Promise<TableRows> {
  const rows = pulls.map(({ record }) => record);
  const sample = known[0]?.record;
  if (sample === undefined) return { table: records, rows };
  const before = await stored.readRows(records, ['key', 'payload'], {
    sql: 'source = {source:String} AND repo = {repo:String} AND stream = {stream:String} AND key IN {keys:Array(String)}',
    params: {
      source: sample.source,
      repo: sample.repo,
      stream: sample.stream,
      keys: known.map(({ record }) => record.key),
    },
  });
  const payloads = new Map(before.map(({ key, payload }) => [key, payload]));
  const isNew = ({ mapped, record }: ReadPullRequest): boolean =>
    payloads.get(record.key) !== record.payload || state.givenOf(mapped.pullRequest.number) !== null;
  return { table: records, rows: pulls.filter(isNew).map(({ record }) => record) };
}

/** Rows that the warehouse does not hold just so. What it may not show yet is given again. */
function different(
  table: Table,
  rows: readonly Row[],
  before: readonly Row[],
  state: StoredState,
): readonly Row[] {
  if (before.length === 0) return rows;
  const columns = Object.keys(table.columns);
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column]));
  const texts = new Set(before.map(textOf));
  return rows.filter((row) => !texts.has(textOf(row)) || state.givenOf(Number(row['number'])) !== null);
}

function columnsOf<T extends Table>(table: T): (keyof T['columns'] & string)[] {
  return Object.keys(table.columns);
}

function numbersOf(pulls: readonly ReadPullRequest[]): number[] {
  return pulls.map(({ mapped }) => mapped.pullRequest.number);
}
