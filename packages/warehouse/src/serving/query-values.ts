import { randomBytes } from 'node:crypto';
import { placeholdersOf } from '../gate/parameters.ts';
import { applyEdits, quoteString } from '../gate/sql-tokens.ts';

/** Nobody can guess it, so no statement of a user can name the values of another's. */
const PREFIX = `v${randomBytes(12).toString('hex')}`;

/**
 * Gives the placeholders of a statement names of our own, and the SET that gives these their values on the connection
 * that runs it. Values that were set cannot be taken back: under its own name one would stay for the next user of the
 * connection. chDB's bound values are no way either; they are global, so queries with values would wait for each other.
 *
 * @param params in the escaping of the HTTP interface, which the engine takes off itself. One that is missing keeps its
 *   name, and the engine says so (456)
 */
export function bindValues(
  sql: string,
  params: Readonly<Record<string, string>>,
): { sql: string; assignments: string[] } {
  if (!sql.includes('{')) return { sql, assignments: [] };
  const names = new Map<string, string>();
  const assignments: string[] = [];
  const edits = placeholdersOf(sql).flatMap(({ name, type, from, to }) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return [];
    let own = names.get(name);
    if (own === undefined) {
      own = `${PREFIX}_${String(names.size)}`;
      names.set(name, own);
      assignments.push(`param_${own} = ${quoteString(value)}`);
    }
    return [{ from, to, text: `{${own}:${type}}` }];
  });
  return { sql: applyEdits(sql, edits), assignments };
}

/** The name that the user gave, where the engine's message has ours. */
export function withUserNames(message: string, sql: string): string {
  if (!message.includes(PREFIX)) return message;
  const names = [...new Set(placeholdersOf(sql).map(({ name }) => name))];
  return message.replace(new RegExp(`${PREFIX}_(\\d+)`, 'g'), (_, at: string) => names[Number(at)] ?? '?');
}
