import { randomUUID } from 'node:crypto';
import * as everything from '@bellwether/warehouse';
import { columnType, cursors, type RowOf, services, type Table, type Warehouse } from '@bellwether/warehouse';
import { DirtyMark } from './dirty-mark.ts';

/** A repository that has another name now: `<host>/<owner>/<name>`. */
export interface RepositoryMove {
  readonly from: string;
  readonly to: string;
}

export interface MoveOptions {
  readonly warehouse: Warehouse;
  readonly move: RepositoryMove;
  /** A new unique text at each call. */
  readonly makeRunId?: () => string;
}

type Row = Record<string, unknown>;

/** Rows of one piece; payloads of `raw` weigh some kilobytes each. */
const PIECE = 10_000;
const PIECE_OF_RAW = 2_000;

/**
 * Puts all rows of a repository under its new name, ids that begin with the old name included, and marks both names,
 * so that the facts of the old one go. Each piece is stored under the new name before it is removed under the old one:
 * killed anywhere and called again with the same names, it comes to the same rows.
 *
 * Before a move, nothing may stand under the new name but what is of the same repository, as when a clone of it was
 * collected since. What the catalogue says is left alone: it is the configuration's.
 *
 * @returns the number of rows that were moved
 */
export async function moveRepository({
  warehouse,
  move,
  makeRunId = randomUUID,
}: MoveOptions): Promise<number> {
  const marks = [move.from, move.to].map((repo) => new DirtyMark(warehouse, repo, makeRunId()));
  for (const mark of marks) await mark.raise();
  const context = await readNaming(warehouse, move);
  let count = 0;
  for (const table of movedTables) count += await moveRows(warehouse, table, context);
  count += await moveCursors(warehouse, move);
  for (const mark of marks) await mark.settle();
  return count;
}

/** Every table that says whose rows it holds; the catalogue is the configuration's, and aliases are the map itself. */
const movedTables: readonly Table[] = Object.values(everything as Readonly<Record<string, unknown>>)
  .filter(isTable)
  .filter(({ database, name }) => database === 'raw' || database === 'domain' || name === 'truncations')
  .filter(({ qualified }) => qualified !== services.qualified && qualified !== 'domain.repository_aliases')
  .filter(({ columns }) => 'repo' in columns);

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'qualified' in value;
}

async function moveRows(warehouse: Warehouse, table: Table, naming: Naming): Promise<number> {
  const columns = Object.keys(table.columns) as never[];
  const limit = table.database === 'raw' ? PIECE_OF_RAW : PIECE;
  const where = {
    sql: 'repo = {repo:String} LIMIT {limit:UInt32}',
    params: { repo: naming.from, limit },
  };
  let count = 0;
  for (;;) {
    const rows: Row[] = await warehouse.readRows(table, columns, where);
    if (rows.length === 0) return count;
    const renamed = rows.map((row) => renameRow(table, row, naming) as RowOf<Table>);
    await warehouse.insert(table, renamed);
    await warehouse.remove(
      table,
      rows.map((row) => keyOf(table, row)),
    );
    count += rows.length;
    if (rows.length < limit) return count;
  }
}

/** A cursor that already stands under the new name has read under it: it stays. */
async function moveCursors(warehouse: Warehouse, { from, to }: RepositoryMove): Promise<number> {
  const stored = await warehouse.readRows(cursors, ['source', 'stream', 'key', 'cursor'], {
    sql: 'key IN {keys:Array(String)}',
    params: { keys: [from, to] },
  });
  const nameOf = (row: { source: string; stream: string }): string => `${row.source} ${row.stream}`;
  const taken = new Set(stored.filter(({ key }) => key === to).map(nameOf));
  const old = stored.filter(({ key }) => key === from);
  await warehouse.insert(
    cursors,
    old.filter((row) => !taken.has(nameOf(row))).map((row) => ({ ...row, key: to })),
  );
  await warehouse.remove(
    cursors,
    old.map(({ source, stream, key }) => ({ source, stream, key })),
  );
  return old.length;
}

/** What decides how values change. */
export interface Naming extends RepositoryMove {
  /** Whether the service of the repository's own last name stands in the catalogue, and so keeps its name. */
  readonly isServiceNamed: boolean;
}

async function readNaming(warehouse: Warehouse, move: RepositoryMove): Promise<Naming> {
  const named = await warehouse.readRows(services, ['service'], {
    sql: 'repo IN {repos:Array(String)} AND service = {service:String}',
    params: { repos: [move.from, move.to], service: lastPart(move.from) },
  });
  return { ...move, isServiceNamed: named.length > 0 };
}

/**
 * The row as it stands under the new name. Ids begin with the repository (`<repo>#12`, `<repo>@run:5`), addresses hold
 * it, and a release without a name of its own goes by the repository's last part.
 */
function renameRow(table: Table, row: Row, naming: Naming): Row {
  const { from, to } = naming;
  const renamed: Row = { ...row };
  for (const [column, type] of Object.entries(table.columns)) {
    const value = row[column];
    if (typeof value !== 'string' || !columnType(type).includes('String')) continue;
    if (column === 'repo') renamed[column] = to;
    else if (holdsId(column)) renamed[column] = renameId(value, naming);
    else if (column === 'url') renamed[column] = renameAddress(value, naming);
    else if (isOwnService(table, column) && value === lastPart(from) && !naming.isServiceNamed) {
      renamed[column] = lastPart(to);
    }
  }
  return renamed;
}

/** An incident's service is what somebody wrote on it, never the repository's name. */
function isOwnService(table: Table, column: string): boolean {
  return column === 'service' && table.name !== 'incidents';
}

function holdsId(column: string): boolean {
  return column.endsWith('_id') || ['entity', 'key', 'caused_by', 'ruling'].includes(column);
}

function renameId(id: string, { from, to }: RepositoryMove): string {
  const isOurs = id.startsWith(`${from}#`) || id.startsWith(`${from}@`);
  return isOurs ? `${to}${id.slice(from.length)}` : id;
}

/** The host may stand there with a port. */
function renameAddress(url: string, { from, to }: RepositoryMove): string {
  const [, scheme = '', host = '', port = '', path = ''] =
    /^(https?:\/\/)([^/:]+)(:\d+)?(\/.*)?$/.exec(url) ?? [];
  const address = `${host}${path}`;
  if (address !== from && !address.startsWith(`${from}/`)) return url;
  const [newHost = ''] = to.split('/', 1);
  return `${scheme}${newHost}${port}${to.slice(newHost.length)}${address.slice(from.length)}`;
}

function lastPart(repo: string): string {
  return repo.slice(repo.lastIndexOf('/') + 1);
}

function keyOf(table: Table, row: Row): Partial<RowOf<Table>> {
  return Object.fromEntries(table.key.map((column) => [column, row[column]])) as Partial<RowOf<Table>>;
}
