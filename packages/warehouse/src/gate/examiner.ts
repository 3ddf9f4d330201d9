import { EngineError } from '../engine-errors.ts';
import type { Engine } from '../engine.ts';
import { QueryError } from '../serving/query-error.ts';
import type { QueryParams } from '../warehouse.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type FunctionCatalogue, readFunctionCatalogue } from './function-catalogue.ts';
import { checkStatement, TABLE_FUNCTIONS } from './node-rules.ts';
import { notAllowed, syntaxError } from './refusals.ts';
import { nameOf, readTokens } from './sql-tokens.ts';
import { shapeOf } from './statement-shape.ts';
import type { Examiner } from './statements.ts';
import { fingerprint, parseSyntaxTree, type SyntaxNode } from './syntax-tree.ts';

/**
 * One canonical statement without comments, from whatever a user wrote.
 *
 * @throws QueryError 62, also for several statements in one
 */
export async function canonicalText(engine: Engine, sql: string): Promise<string> {
  if (sql.includes('\0')) throw syntaxError('The statement holds a NUL character');
  // The text as it is, by the format that takes the engine least.
  return ask(engine, 'SELECT formatQuerySingleLine({q:String})', 'RawBLOB', { q: sql });
}

const KNOWN_SHAPES = 1000;
const LONGEST_SHAPE = 32 * 1024;

export function createExaminer(engine: Engine): Examiner {
  const prints = new Map<string, Promise<string>>();
  /** Of statements that passed. */
  const shapes = new BoundedCache<true>(KNOWN_SHAPES);
  const treeOf = async (sql: string): Promise<SyntaxNode> =>
    parseSyntaxTree(await ask(engine, `EXPLAIN AST ${sql}`, 'TSVRaw'));
  const printOf = (rows: string): Promise<string> => {
    const known = prints.get(rows);
    if (known) return known;
    const reading = treeOf(`SELECT * FROM ${rows}`).then(printOfSubquery);
    prints.set(rows, reading);
    reading.catch(() => prints.delete(rows));
    return reading;
  };
  return {
    async checkCalls(sql) {
      const functions = await functionsOf(engine);
      for (const name of calledNames(sql)) {
        if (!isHarmlessCall(name, functions)) throw notAllowed(`The function ${name} may not be used here`);
      }
    },
    async checkTree(sql, role, ownRows, isCommand) {
      // Nothing of ours stands in it that would have to be told from the user's, and it only reads.
      const isPlain = ownRows.length === 0 && !isCommand && sql.length <= LONGEST_SHAPE;
      const shape = isPlain ? `${role} ${shapeOf(sql)}` : null;
      if (shape !== null && shapes.get(shape)) return;
      const [tree, functions, ...trusted] = await Promise.all([
        treeOf(sql),
        functionsOf(engine),
        ...ownRows.map(printOf),
      ]);
      checkStatement(tree, { role, functions, trusted: new Set(trusted), isCommand });
      if (shape !== null) shapes.set(shape, true);
    },
  };
}

/** What may be called is read once, so a function that somebody makes later is never among it. */
const catalogues = new WeakMap<Engine, Promise<FunctionCatalogue>>();

function functionsOf(engine: Engine): Promise<FunctionCatalogue> {
  const known = catalogues.get(engine);
  if (known) return known;
  const reading = readFunctionCatalogue(engine);
  catalogues.set(engine, reading);
  reading.catch(() => catalogues.delete(engine));
  return reading;
}

/** Names with a bracket behind them. A second look beside the syntax tree, which leaves out parts of some statements. */
function calledNames(sql: string): string[] {
  const tokens = readTokens(sql);
  return tokens.flatMap((token, at) => {
    const name = nameOf(token);
    const isCalled = tokens[at + 1]?.text === '(' && tokens[at - 1]?.text !== '.';
    return name !== undefined && isCalled ? [name] : [];
  });
}

function isHarmlessCall(name: string, functions: FunctionCatalogue): boolean {
  if (functions.isRefused(name)) return TABLE_FUNCTIONS.has(name.toLowerCase());
  if (!functions.isTableFunction(name)) return true;
  return TABLE_FUNCTIONS.has(name.toLowerCase()) || functions.isAllowed(name);
}

function printOfSubquery(tree: SyntaxNode): string {
  const subquery = subqueryIn(tree);
  if (!subquery) throw new Error('What stands for a table of the system is no subquery');
  return fingerprint(subquery);
}

function subqueryIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind === 'Subquery') return node;
  for (const child of node.children) {
    const found = subqueryIn(child);
    if (found) return found;
  }
  return undefined;
}

async function ask(
  engine: Engine,
  question: string,
  format: 'RawBLOB' | 'TSVRaw',
  params?: QueryParams,
): Promise<string> {
  try {
    const bytes = await engine.run(question, { lane: 'text', format, params });
    return Buffer.from(bytes).toString().trimEnd();
  } catch (error) {
    throw error instanceof EngineError ? inClickHouseWords(error) : error;
  }
}

/** The engine helps with names that are much like the wrong one, those that the user may not know included. */
export function withoutHints(message: string): string {
  return message.replace(/[.:,;]?\s*(?:Maybe you meant|Did you mean|Similar|Available)\b.*$/is, '');
}

/** The engine's number and words, without what it says about our own question around the user's. */
export function inClickHouseWords({ code, message }: EngineError): QueryError {
  const name = /\(([A-Z][A-Z_0-9]+)\)\W*$/.exec(message)?.[1] ?? 'UNKNOWN_EXCEPTION';
  const words = message
    .replace(/^Code: \d+\. DB::Exception: /, '')
    .replace(/: In scope SELECT formatQuerySingleLine.*$/s, '')
    // Some eighty keywords help nobody.
    .replace(/\. Expected one of: .*$/s, '')
    .replace(/\.? *\([A-Z][A-Z_0-9]+\)\W*$/, '');
  return new QueryError(code, name, withoutHints(words));
}
