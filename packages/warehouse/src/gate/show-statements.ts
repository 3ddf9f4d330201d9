import type { Role } from '@bellwether/core';
import { accessDenied } from './refusals.ts';
import { canReadDatabase, canReadTable } from './rights.ts';
import { quoteName, quoteString } from './sql-tokens.ts';
import { canSeeSystemTable } from './system-tables.ts';
import type { TableName, TokenReader } from './token-reader.ts';

/** `sql` runs as it is; `select` has to be examined like any other query, for strangers' expressions stand in it. */
export type ShowPlan = { sql: string } | { select: string };

/**
 * SHOW, DESCRIBE and EXISTS. The syntax tree of most of them leaves out what stands behind WHERE and LIMIT, so nothing
 * is taken from it: the words are read one by one, and what lists things becomes a query of what the role may see.
 *
 * @throws QueryError
 */
export function planShow(reader: TokenReader, role: Role, database: string): ShowPlan {
  if (reader.take('SHOW DATABASES')) return listing(reader, 'system.databases', 'name');
  if (reader.take('SHOW TABLES')) return showTables(reader, database);
  if (reader.take('SHOW CREATE')) return showCreate(reader, role, database);
  if (reader.take('DESCRIBE TABLE')) return describe(reader, role, database);
  if (reader.take('EXISTS')) return exists(reader, role, database);
  if (reader.take('SHOW FUNCTIONS')) {
    return { select: `SELECT name FROM system.functions${likeOf(reader, 'name')} ORDER BY name ASC` };
  }
  for (const words of ['SHOW', 'SHOW FULL', 'SHOW EXTENDED', 'SHOW EXTENDED FULL']) {
    if (reader.take(`${words} COLUMNS FROM`)) return showColumns(reader, words, role, database);
  }
  throw reader.unsupported();
}

function listing(reader: TokenReader, from: string, column: string): ShowPlan {
  const where = likeOf(reader, column);
  const limit = limitOf(reader);
  reader.end();
  return { select: `SELECT ${column} FROM ${from}${where} ORDER BY ${column} ASC${limit}` };
}

/** ` WHERE name LIKE '…'` or nothing. */
function likeOf(reader: TokenReader, column: string): string {
  for (const operator of ['LIKE', 'NOT LIKE', 'ILIKE', 'NOT ILIKE']) {
    if (reader.take(operator)) return ` WHERE ${column} ${operator} ${reader.token('string')}`;
  }
  return '';
}

function limitOf(reader: TokenReader): string {
  return reader.take('LIMIT') ? ` LIMIT ${reader.token('number')}` : '';
}

function showTables(reader: TokenReader, wanted: string): ShowPlan {
  const database = reader.take('FROM') ? reader.name() : wanted;
  // An operator sees the engine's own `default`, where listing tables would list files.
  const inDatabase = `database = ${quoteString(database === 'default' ? wanted : database)}`;
  let condition = likeOf(reader, 'name').replace(' WHERE ', ' AND ');
  let limit: string;
  if (condition === '' && reader.take('WHERE')) {
    // To the end, LIMIT included: that is examined with the rest of the query.
    const [expression, rows] = splitLimit(reader);
    condition = ` AND (${expression})`;
    limit = rows;
  } else {
    limit = limitOf(reader);
    reader.end();
  }
  return {
    select: `SELECT name FROM system.tables WHERE ${inDatabase}${condition} ORDER BY name ASC${limit}`,
  };
}

function splitLimit(reader: TokenReader): [expression: string, limit: string] {
  const { tokens, at } = reader;
  const limit = tokens.findIndex(
    (token, index) => index > at && token.depth === 0 && token.kind === 'word' && token.text === 'LIMIT',
  );
  if (limit < 0) return [reader.rest(), ''];
  const begin = tokens[at]!.from;
  const expression = reader.sql.slice(begin, tokens[limit]!.from);
  reader.at = limit;
  const rows = limitOf(reader);
  reader.end();
  return [expression, rows];
}

function showCreate(reader: TokenReader, role: Role, database: string): ShowPlan {
  if (reader.take('DATABASE')) {
    const name = reader.name();
    reader.end();
    if (!canReadDatabase(role, name)) throw accessDenied(`SHOW DATABASES ON ${name}.*`);
    return { sql: `SHOW CREATE DATABASE ${quoteName(name)}` };
  }
  const what = ['TABLE', 'VIEW'].find((word) => reader.take(word));
  if (what === undefined) throw reader.unsupported();
  return { sql: `SHOW CREATE ${what} ${visible(reader.table(database), reader, role)}` };
}

function showColumns(reader: TokenReader, words: string, role: Role, database: string): ShowPlan {
  const table = reader.name();
  const from = { table, database: reader.take('FROM') ? reader.name() : database };
  const like = likeOf(reader, '').replace(' WHERE ', ' ').replace('  ', ' ');
  const limit = limitOf(reader);
  visible(from, reader, role);
  return {
    sql: `${words} COLUMNS FROM ${quoteName(table)} FROM ${quoteName(from.database)}${like}${limit}`,
  };
}

function describe(reader: TokenReader, role: Role, database: string): ShowPlan {
  const [first, second] = [reader.tokens[reader.at], reader.tokens[reader.at + 1]];
  if (first?.text === '(' || second?.text === '(') return { select: reader.sql };
  return { sql: `DESCRIBE TABLE ${visible(reader.table(database), reader, role)}` };
}

function exists(reader: TokenReader, role: Role, database: string): ShowPlan {
  if (reader.take('DATABASE')) {
    const name = reader.name();
    reader.end();
    if (!canReadDatabase(role, name)) throw accessDenied(`SHOW DATABASES ON ${name}.*`);
    return { sql: `EXISTS DATABASE ${quoteName(name)}` };
  }
  const what = ['TABLE', 'VIEW'].find((word) => reader.take(word));
  if (what === undefined) throw reader.unsupported();
  return { sql: `EXISTS ${what} ${visible(reader.table(database), reader, role)}` };
}

/** The name in full, at the end of the statement. */
function visible({ database, table }: TableName, reader: TokenReader, role: Role): string {
  reader.end();
  if (!canReadTable(role, database, table) && !canSeeSystemTable(role, database, table)) {
    throw accessDenied(`SHOW COLUMNS ON ${database}.${table}`);
  }
  return `${quoteName(database)}.${quoteName(table)}`;
}
