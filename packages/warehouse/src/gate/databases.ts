import type { Role } from '@bellwether/core';
import { unknownDatabase } from './refusals.ts';
import { canReadDatabase, canSeeDatabase } from './rights.ts';

export interface NameSpace {
  /** What a name without a database stands for. */
  database: string;
  /** The database that the connection has to be in: the role may read all of it, so a name missed can harm nobody. */
  connection: string;
}

/** What clients call the database that they did not choose. */
const UNCHOSEN = new Set(['', 'default']);
const HOME = 'metrics';

/** @throws QueryError 81, the same whether there is no such database or it is not for the role */
export function nameSpace(role: Role, wanted: string): NameSpace {
  const database = UNCHOSEN.has(wanted) ? HOME : wanted;
  if (!canSeeDatabase(role, database)) throw unknownDatabase(database);
  return { database, connection: canReadDatabase(role, database) ? database : HOME };
}
