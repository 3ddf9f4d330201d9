import { type BellwetherError, usageError } from '@bellwether/core';
import { EngineError } from './engine-errors.ts';
import type { Engine } from './engine.ts';
import { type FunctionCatalogue, readFunctionCatalogue } from './function-catalogue.ts';
import { parseSyntaxTree, type SyntaxNode, walk } from './syntax-tree.ts';
import type { QueryParams } from './warehouse.ts';

/**
 * Admits a user's SQL, or refuses it. What is admitted reads the warehouse and the system tables and nothing else; it
 * is to be run on a read-only engine all the same.
 *
 * The user's own text is only ever a bound value here. `formatQuerySingleLine` makes one canonical statement of it,
 * without comments; from there on that statement is what is examined, and what is returned to be run.
 *
 * @param engine read-only
 * @throws BellwetherError `query-invalid` (does not parse), `query-refused`
 */
export async function admitQuery(engine: Engine, sql: string, params?: QueryParams): Promise<string> {
  const ask = async (question: string, values?: QueryParams): Promise<string> => {
    const bytes = await engine.run(question, { lane: 'text', format: 'TSVRaw', params: values });
    return Buffer.from(bytes).toString().trimEnd();
  };
  try {
    const canonical = await ask('SELECT formatQuerySingleLine({q:String})', { q: sql });
    refuseClauses(canonical);
    const tree = parseSyntaxTree(await ask(`EXPLAIN AST ${canonical}`, params));
    refuseNodes(tree, await readFunctionCatalogue(engine));
    return canonical;
  } catch (error) {
    throw error instanceof EngineError ? explainRefusal(error) : error;
  }
}

/** What the engine says about a user's statement, on the way through the gate or when it runs. */
export function explainRefusal(error: EngineError): BellwetherError {
  // 164 READONLY: settings, for one, are refused by the connection before we see them.
  if (error.code === 164) return refused('it would change something', ONLY_READING);
  if (error.message.includes('Multi-statements')) {
    return refused('it holds more than one statement', 'Run one statement at a time.');
  }
  const message = error.message
    .replace(/: In scope SELECT formatQuerySingleLine.*$/s, '')
    // Some eighty keywords help nobody.
    .replace(/\. Expected one of: .*$/s, '');
  return usageError('query-invalid', `The query is not valid: ${message} (code ${error.code})`, HELP);
}

const ONLY_READING =
  'Only SELECT, SHOW, DESCRIBE and EXISTS run here, on the databases of the warehouse and `system`.';
const HELP = 'bellwether query "SHOW TABLES FROM metrics"   (then: DESCRIBE metrics.<name>)';

function refused(because: string, next: string): BellwetherError {
  return usageError('query-refused', `The query is refused: ${because}.`, next);
}

/** Clauses that go with any kind of statement. Canonical text spells them in capitals; quoted text is left out. */
function refuseClauses(canonical: string): void {
  const bare = canonical.replace(/'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"/g, "''");
  // Before its FORMAT is found, which every INSERT has.
  if (/^INSERT\b/.test(bare)) throw refused('it writes', ONLY_READING);
  if (/\bINTO OUTFILE\b/.test(bare)) {
    throw refused('INTO OUTFILE writes a file', 'bellwether query "<sql>" > <file>');
  }
  if (/\bFORMAT \w+ *(?:SETTINGS|$)/.test(bare)) {
    throw refused(
      'the format is not part of the query here',
      'bellwether query "<sql without FORMAT>" --format <name>',
    );
  }
  if (/\bSETTINGS\b/.test(bare)) throw refused('settings are fixed here', 'Leave the SETTINGS clause out.');
}

const STATEMENTS = new Set([
  'SelectWithUnionQuery',
  'DescribeQuery',
  'ExistsDatabaseQuery',
  'ExistsTableQuery',
  'ExistsViewQuery',
  'ShowColumns',
  'ShowCreateDatabaseQuery',
  'ShowCreateTableQuery',
  'ShowCreateViewQuery',
  'ShowFunctions',
  'ShowTables',
]);

/** Everything that may stand below them. `Set` (SETTINGS) and `ColumnsApplyTransformer` (`* APPLY(file)`) do not. */
const PARTS = new Set([
  'ArrayJoin',
  'Asterisk',
  'ColumnsExceptTransformer',
  'ColumnsListMatcher',
  'ColumnsRegexpMatcher',
  'ColumnsReplaceTransformer',
  'ColumnsReplaceTransformer::Replacement',
  'ColumnsTransformerList',
  'ExpressionList',
  'Function',
  'Identifier',
  'InterpolateElement',
  'Literal',
  'OrderByElement',
  'QualifiedAsterisk',
  'QualifiedColumnsListMatcher',
  'QualifiedColumnsRegexpMatcher',
  'SampleRatio',
  'SelectIntersectExceptQuery',
  'SelectQuery',
  'SelectWithUnionQuery',
  'Subquery',
  'TableExpression',
  'TableIdentifier',
  'TableJoin',
  'TablesInSelectQuery',
  'TablesInSelectQueryElement',
  'WindowDefinition',
  'WindowListElement',
  'WithElement',
]);

/** Make rows from nothing or from a subquery, and so reach nowhere. */
const TABLE_FUNCTIONS = new Set([
  'generate_series',
  'generateseries',
  'numbers',
  'numbers_mt',
  'values',
  'view',
  'zeros',
  'zeros_mt',
]);

/** `private` says who people are, `raw` holds what sources sent, and in chDB's `default` a table is a file. */
const DATABASES = new Set(['domain', 'facts', 'metrics', 'ops', 'system', 'information_schema']);

function refuseNodes(query: SyntaxNode, functions: FunctionCatalogue): void {
  if (!STATEMENTS.has(query.kind)) throw refused('it is not a query that only reads', ONLY_READING);
  // Beside the selects stand a file to write, a format and settings. They were looked for in the text before.
  if (query.kind === 'SelectWithUnionQuery' && query.children.some(({ kind }) => kind !== 'ExpressionList')) {
    throw refused(
      'it says where or how its result is to be written',
      'bellwether query "<sql>" --format <name>',
    );
  }
  const named =
    query.kind === 'ExistsDatabaseQuery' || query.kind === 'ShowCreateDatabaseQuery' ? [] : query.children;
  const [database, table] = named.filter(({ kind }) => kind === 'Identifier');
  if (database && table && STATEMENTS.has(query.kind)) refuseDatabase(database.name);
  for (const { node, parent } of walk(query)) if (parent) refusePart(node, parent, functions);
}

function refusePart(node: SyntaxNode, parent: SyntaxNode, functions: FunctionCatalogue): void {
  const { kind, name } = node;
  if (!PARTS.has(kind)) {
    throw refused(`${kind === 'Set' ? 'settings' : kind} cannot be checked`, ONLY_READING);
  }
  if (kind === 'TableIdentifier') refuseTable(name);
  if (kind === 'Function') {
    const isTable = parent.kind === 'TableExpression';
    const isAllowed = isTable ? TABLE_FUNCTIONS.has(name.toLowerCase()) : functions.isAllowed(name);
    if (!isAllowed) {
      throw refused(
        `${isTable ? 'the table function' : 'the function'} ${name} may not be used here`,
        ONLY_READING,
      );
    }
    // `x IN database.table` reads a table, though its name looks like a column's.
    const [, set] = /^(?:global)?(?:not)?(?:null)?in(?:ignoreset)?$/i.test(name)
      ? (node.children[0]?.children ?? [])
      : [];
    if (set?.kind === 'Identifier') refuseTable(set.name);
  }
  // `arrayMap(file, […])` calls a function by its bare name.
  if (kind === 'Identifier' && functions.isRefused(name)) {
    throw refused(
      `${name} is the name of a function that may not be used here`,
      'Where it is a column, write <table>.<column>.',
    );
  }
}

/** Without a database a name is a CTE's, or a table of `system`, the database of read-only connections. */
function refuseTable(name: string): void {
  const dot = name.indexOf('.');
  if (dot >= 0) refuseDatabase(name.slice(0, dot));
}

function refuseDatabase(database: string): void {
  if (DATABASES.has(database.toLowerCase())) return;
  throw refused(`the database ${database} cannot be read here`, `Readable are ${[...DATABASES].join(', ')}.`);
}
