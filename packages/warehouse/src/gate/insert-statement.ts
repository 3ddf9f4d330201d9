import type { Role } from '@bellwether/core';
import { readSettings, takeClauses } from './clauses.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { accessDenied, notAllowed } from './refusals.ts';
import { canInsert, RIGHTS } from './rights.ts';
import { quoteName } from './sql-tokens.ts';
import type { TokenReader } from './token-reader.ts';

export type InsertPlan =
  | { rows: { table: string; columns: string[]; format: string; settings: Record<string, string> } }
  | { sql: string; select: string };

/**
 * INSERT into a table, with rows that follow or with those of a query. Its words are read one by one: a file or a
 * function in the place of the table has no place here.
 *
 * @throws QueryError
 */
export function planInsert(reader: TokenReader, role: Role, database: string): InsertPlan {
  reader.take('INSERT INTO');
  if (reader.take('FUNCTION')) throw notAllowed('Rows can be inserted into tables only');
  const target = reader.table(database);
  if (!canInsert(role, target.database, target.table)) {
    throw accessDenied(`INSERT ON ${target.database}.${target.table}`);
  }
  const table = `${quoteName(target.database)}.${quoteName(target.table)}`;
  const columns = columnsOf(reader);
  const settings = settingsOf(reader);
  if (reader.take('FORMAT')) {
    const format = reader.token('word');
    reader.end();
    return { rows: { table: `${target.database}.${target.table}`, columns, format, settings } };
  }
  const [next] = reader.rest().split(/[ (]/, 1);
  if (next !== 'SELECT' && next !== 'WITH' && next !== '') throw reader.unsupported();
  // Whoever may add rows to a table may not fill it with whatever else can be read.
  if (!RIGHTS[role].isOperator) throw accessDenied(`INSERT SELECT ON ${target.database}.${target.table}`);
  const { sql: select, format, settings: own } = takeClauses(reader.rest());
  if (format !== null) throw reader.unsupported();
  const all = harmlessSettings({ ...settings, ...own });
  const list = columns.length === 0 ? '' : ` (${columns.map(quoteName).join(', ')})`;
  return { sql: `INSERT INTO ${table}${list}${settingsText(all)} ${select}`, select };
}

function columnsOf(reader: TokenReader): string[] {
  const columns: string[] = [];
  if (reader.take('(')) {
    do columns.push(reader.name());
    while (reader.take(','));
    if (!reader.take(')')) throw reader.unsupported();
  }
  return columns;
}

function settingsOf(reader: TokenReader): Record<string, string> {
  if (!reader.take('SETTINGS')) return {};
  const list = readSettings(reader.tokens, reader.at);
  if (!list) throw reader.unsupported();
  reader.at = list.next;
  return harmlessSettings(list.settings);
}

/** Of a command the settings stay in its text: the connections that write are shared. */
function settingsText(settings: Readonly<Record<string, string>>): string {
  const list = Object.entries(settings).map(
    ([name, value]) => `${name} = ${/^\d+$/.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`}`,
  );
  return list.length === 0 ? '' : ` SETTINGS ${list.join(', ')}`;
}
