import type { Role } from '@bellwether/core';
import type { Admitted } from '../serving/served-warehouse.ts';
import { takeClauses } from './clauses.ts';
import { COMMANDS, planCommand } from './command-statements.ts';
import type { NameSpace } from './databases.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { planInsert } from './insert-statement.ts';
import { withoutParameters } from './parameters.ts';
import { notAllowed, notImplemented, outfileRefused } from './refusals.ts';
import { canReadDatabase, RIGHTS } from './rights.ts';
import { planShow } from './show-statements.ts';
import { hasWords } from './sql-tokens.ts';
import { TokenReader } from './token-reader.ts';
import { withDatabase, withServerName, withVisibleTables } from './visible-text.ts';

/** A canonical statement, its names filled in. */
export interface Question {
  sql: string;
  role: Role;
  names: NameSpace;
}

/** Asks the engine what a statement is made of, and refuses what the role may not. */
export interface Examiner {
  /** Refuses calls of functions that are not allowed wherever they stand, by their words alone. */
  checkCalls(sql: string): Promise<void>;
  /**
   * @param sql parses without parameters
   * @param ownRows subqueries in it that are ours
   */
  checkTree(sql: string, role: Role, ownRows: readonly string[], isCommand: boolean): Promise<void>;
}

/** @throws QueryError */
export async function decide(asked: Question, examiner: Examiner): Promise<Admitted> {
  const sql = withServerName(asked.sql);
  const question = { ...asked, sql };
  const reader = new TokenReader(sql);
  const { tokens } = reader;
  if ([...tokens.keys()].some((at) => hasWords(tokens, at, 'INTO OUTFILE'))) throw outfileRefused();
  const word = tokens[0]?.kind === 'word' ? tokens[0].text : (tokens[0]?.text ?? '');
  await examiner.checkCalls(sql);
  if (word === 'SELECT' || word === 'WITH' || word === '(') return decideSelect(question, examiner);
  if (word === 'SHOW' || word === 'DESCRIBE' || word === 'EXISTS') return decideShow(question, examiner);
  if (word === 'INSERT') return decideInsert(question, reader, examiner);
  if (COMMANDS.some((words) => hasWords(tokens, 0, words))) return decideCommand(question, reader, examiner);
  if (/^(?:SET|USE|BEGIN|COMMIT|ROLLBACK)$/.test(word)) {
    throw notImplemented(`${word} needs a session, and there are none here`);
  }
  throw notAllowed(`${word} is no statement that only reads`);
}

async function decideSelect(
  { sql, role, names }: Question,
  examiner: Examiner,
  kind: 'select' | 'show' = 'select',
): Promise<Admitted> {
  const { sql: bare, format, settings } = takeClauses(sql);
  const harmless = harmlessSettings(settings);
  // The connection cannot be in a database of which the role may read a part only.
  const isWhole = canReadDatabase(role, names.database);
  const qualified = isWhole ? bare : withDatabase(bare, role, names.database);
  const { sql: visible, rows } = withVisibleTables(qualified, role);
  await examiner.checkTree(withoutParameters(visible), role, rows, false);
  return admitted({ kind, sql: visible, format, settings: harmless }, names);
}

async function decideShow(question: Question, examiner: Examiner): Promise<Admitted> {
  const { sql, role, names } = question;
  const { sql: bare, format, settings } = takeClauses(sql);
  const plan = planShow(new TokenReader(bare), role, names.database);
  if ('sql' in plan) {
    return admitted({ kind: 'show', sql: plan.sql, format, settings: harmlessSettings(settings) }, names);
  }
  const select = await decideSelect({ ...question, sql: plan.select }, examiner, 'show');
  return { ...select, format, settings: harmlessSettings(settings) };
}

async function decideInsert(
  { role, names }: Question,
  reader: TokenReader,
  examiner: Examiner,
): Promise<Admitted> {
  const plan = planInsert(reader, role, names.database);
  if ('sql' in plan) {
    await examiner.checkTree(withoutParameters(plan.select), role, [], false);
    return admitted({ kind: 'command', sql: plan.sql }, names);
  }
  const { table, columns, format, settings } = plan.rows;
  const insert = { table, columns, data: null };
  return { ...admitted({ kind: 'insert', sql: reader.sql, format, settings }, names), insert };
}

async function decideCommand(
  { role, names }: Question,
  reader: TokenReader,
  examiner: Examiner,
): Promise<Admitted> {
  const words = COMMANDS.find((each) => hasWords(reader.tokens, 0, each)) ?? '';
  if (!RIGHTS[role].isOperator) throw notAllowed(`${words} is no statement that only reads`);
  const sql = planCommand(reader, names.database);
  // Settings at its end would be applied to the question about it; they have been looked at.
  await examiner.checkTree(withoutParameters(takeClauses(sql).sql), role, [], true);
  return admitted({ kind: 'command', sql }, names);
}

function admitted(
  part: Pick<Admitted, 'kind' | 'sql'> & Partial<Admitted>,
  { connection }: NameSpace,
): Admitted {
  return { format: null, settings: {}, insert: null, database: connection, ...part };
}
