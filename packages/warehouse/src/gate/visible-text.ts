import type { Role } from '@bellwether/core';
import { notImplemented } from './refusals.ts';
import { isEngineDatabase } from './rights.ts';
import { applyEdits, type Edit, nameOf, quoteName, readTokens, type Token } from './sql-tokens.ts';
import { canSeeSystemTable, OWN, visibleRows } from './system-tables.ts';

/** Refuses names that could stand for ours. */
export function refuseOwnName(sql: string): void {
  if (sql.toLowerCase().includes(OWN)) throw notImplemented(`Names with ${OWN} in them are not supported`);
}

/** Clients ask for the server's name when they connect; the engine would tell the machine's. */
export function withServerName(sql: string): string {
  const tokens = readTokens(sql);
  const edits = tokens.flatMap(({ text, from }, at) => {
    const [open, close, next] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
    const isCall = text.toLowerCase() === 'displayname' && open?.text === '(' && close?.text === ')';
    if (!isCall || tokens[at - 1]?.text === '.') return [];
    const alias = next?.text === 'AS' ? '' : ` AS ${quoteName(`${text}()`)}`;
    return [{ from, to: close.to, text: `'bellwether'${alias}` }];
  });
  return applyEdits(sql, edits);
}

/**
 * Puts what the role may see in the place of the system's tables, wherever one is named in a query. A place that is
 * missed here still names the table itself, and is refused with it.
 *
 * @returns also the subqueries that were put there
 */
export function withVisibleTables(sql: string, role: Role): { sql: string; rows: string[] } {
  const tokens = readTokens(sql);
  const used = new Set<string>();
  const edits: Edit[] = [];
  const aliases = aliasesOf(tokens);
  for (let at = 0; at + 2 < tokens.length; at++) {
    const found = systemTableAt(tokens, at);
    if (!found) continue;
    const [database, table] = found;
    const rows = visibleRows(role, database, table);
    if (rows === undefined) continue;
    used.add(rows);
    const [first, name, next] = [tokens[at]!, tokens[at + 2]!, tokens[at + 3]];
    if (next?.text === '.') {
      // `system.columns.name` is a column of what is called `columns` from now on, or was given another name.
      const alias = aliases.get(`${database}.${table}`);
      edits.push({ from: first.from, to: name.to, text: alias ?? name.text });
    } else {
      const isTable = ['FROM', 'JOIN', ','].includes(tokens[at - 1]?.text ?? '');
      const alias = isTable && next?.text !== 'AS' ? ` AS ${quoteName(table)}` : '';
      edits.push({ from: first.from, to: name.to, text: rows + alias });
    }
    at += 2;
  }
  return { sql: applyEdits(sql, edits), rows: [...used] };
}

/** By tables of the system: how the statement calls them. JDBC gives them names and uses both. */
function aliasesOf(tokens: readonly Token[]): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const at of tokens.keys()) {
    const found = systemTableAt(tokens, at);
    const alias = tokens[at + 4];
    if (!found || tokens[at + 3]?.text !== 'AS' || nameOf(alias) === undefined) continue;
    if (['FROM', 'JOIN', ','].includes(tokens[at - 1]?.text ?? '')) aliases.set(found.join('.'), alias!.text);
  }
  return aliases;
}

function systemTableAt(tokens: readonly Token[], at: number): [database: string, table: string] | undefined {
  const [database, table] = [nameOf(tokens[at]), nameOf(tokens[at + 2])];
  if (database === undefined || table === undefined || tokens[at + 1]?.text !== '.') return undefined;
  if (tokens[at - 1]?.text === '.' || !isEngineDatabase(database)) return undefined;
  return [database, table];
}

/**
 * Gives names behind FROM and JOIN their database, for one that cannot be the connection's: there every name would
 * have to be readable. A name that is missed here stands for a table of the connection's database instead.
 */
export function withDatabase(sql: string, role: Role, database: string): string {
  const tokens = readTokens(sql);
  const ownNames = new Set(
    tokens
      .filter((_, at) => tokens[at + 1]?.text === 'AS' && tokens[at + 2]?.text === '(')
      .map((token) => nameOf(token)),
  );
  const edits: Edit[] = [];
  tokens.forEach((token, at) => {
    const name = nameOf(token);
    const next = tokens[at + 1]?.text;
    if (name === undefined || !['FROM', 'JOIN'].includes(tokens[at - 1]?.text ?? '')) return;
    if (next === '.' || next === '(' || ownNames.has(name)) return;
    if (isEngineDatabase(database) && !canSeeSystemTable(role, database, name)) return;
    edits.push({ from: token.from, to: token.from, text: `${quoteName(database)}.` });
  });
  return applyEdits(sql, edits);
}
