import type { Role } from '@bellwether/core';
import { ENGINES } from './command-statements.ts';
import type { FunctionCatalogue } from './function-catalogue.ts';
import { accessDenied, notAllowed, notImplemented, outfileRefused, readonlySetting } from './refusals.ts';
import { canReadTable } from './rights.ts';
import { fingerprint, type SyntaxNode } from './syntax-tree.ts';
import { canReadSystemTable } from './system-tables.ts';

export interface NodeRules {
  role: Role;
  functions: FunctionCatalogue;
  /** Whether it is a statement that changes something, with parts that no query has. */
  isCommand: boolean;
  /** Fingerprints of what stands for the system's tables: ours, whatever they read. */
  trusted: ReadonlySet<string>;
}

/** Everything that a query may be made of. `Set` (SETTINGS) and `ColumnsApplyTransformer` (`* APPLY(file)`) are not. */
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

/** What commands are made of beside that; their names and settings are looked at in `command-statements.ts`. */
const COMMAND_PARTS = new Set([
  'AlterCommand',
  'Assignment',
  'ColumnDeclaration',
  'Columns',
  'DataType',
  'Index',
  'Partition',
  'Partition_ID',
  'Set',
  'Storage',
  'TTLElement',
]);

const ALTERATIONS = new Set([
  'ADD_COLUMN',
  'COMMENT_COLUMN',
  'DELETE',
  'DROP_COLUMN',
  'DROP_PARTITION',
  'MATERIALIZE_TTL',
  'MODIFY_COLUMN',
  'MODIFY_TTL',
  'RENAME_COLUMN',
  'REPLACE_PARTITION',
  'UPDATE',
]);

const CODECS = new Set(['Default', 'Delta', 'DoubleDelta', 'Gorilla', 'LZ4', 'LZ4HC', 'NONE', 'T64', 'ZSTD']);

/** Make rows from nothing or from a subquery, and so reach nowhere. */
export const TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'generate_series',
  'generateseries',
  'numbers',
  'numbers_mt',
  'values',
  'view',
  'zeros',
  'zeros_mt',
]);

const ROOTS = new Set(['SelectWithUnionQuery', 'SelectIntersectExceptQuery']);
const COMMAND_ROOTS = new Set(
  ['Alter', 'Create', 'Delete', 'Drop', 'Optimize', 'Truncate'].map((command) => `${command}Query`),
);

/**
 * Refuses a statement unless it is of a kind that the role may use, and all that stands in it is known to be harmless.
 *
 * @throws QueryError
 */
export function checkStatement(tree: SyntaxNode, rules: NodeRules): void {
  if (rules.isCommand || tree.kind === 'DescribeQuery') {
    if (rules.isCommand && !COMMAND_ROOTS.has(tree.kind)) throw unknownPart(tree);
    for (const child of tree.children) checkNodes(child, tree, rules);
    return;
  }
  if (!ROOTS.has(tree.kind)) throw unknownPart(tree);
  checkNodes(tree, { kind: '', name: '', line: '', children: [tree] }, rules);
}

/**
 * Refuses a part of a statement unless all that stands in it is known to be harmless for the role.
 */
function checkNodes(node: SyntaxNode, parent: SyntaxNode, rules: NodeRules): void {
  const { kind } = node;
  if (!PARTS.has(kind) && !isCommandPart(node, parent, rules)) throw unknownPart(node);
  if (kind === 'Subquery' && rules.trusted.has(fingerprint(node))) return;
  // Beside the selects of a query stand a file to write, a format and settings.
  if (kind === 'SelectWithUnionQuery' && node.children.some((child) => child.kind !== 'ExpressionList')) {
    throw node.children.some((child) => child.kind === 'Literal') ? outfileRefused() : nestedClause();
  }
  if (kind === 'TableIdentifier') checkTable(node.name, rules.role);
  if (rules.isCommand && kind === 'Function' && isOfTable(node, parent)) return;
  if (kind === 'Function') checkFunction(node, parent, rules);
  // `arrayMap(file, […])` calls a function by its bare name.
  if (kind === 'Identifier' && rules.functions.isRefused(node.name)) throw functionDenied(node.name, HINT);
  for (const child of node.children) checkNodes(child, node, rules);
}

function isCommandPart({ kind, name }: SyntaxNode, parent: SyntaxNode, { isCommand }: NodeRules): boolean {
  if (!isCommand || !COMMAND_PARTS.has(kind)) return false;
  // What a query sets is nowhere looked at.
  if (kind === 'Set') return parent.kind === 'Storage' || parent.kind === 'AlterQuery';
  return kind !== 'AlterCommand' || ALTERATIONS.has(name);
}

/** Engines, codecs and kinds of indexes look like functions. */
function isOfTable({ name, children }: SyntaxNode, parent: SyntaxNode): boolean {
  const args = children[0]?.children ?? [];
  if (parent.kind === 'Storage' && ENGINES.has(name)) return args.every(({ kind }) => kind === 'Identifier');
  if (parent.kind === 'Index' && name === 'minmax') return args.length === 0;
  const isCodec = parent.kind === 'ColumnDeclaration' && name === 'CODEC';
  return isCodec && args.every((codec) => codec.kind === 'Function' && CODECS.has(codec.name));
}

const HINT = '. Where it is the name of a column, write <table>.<column>';

function checkFunction(node: SyntaxNode, parent: SyntaxNode, { role, functions }: NodeRules): void {
  const { name } = node;
  if (parent.kind === 'TableExpression') {
    if (!TABLE_FUNCTIONS.has(name.toLowerCase())) {
      throw notAllowed(`The table function ${name} may not be used here`);
    }
    refuseStructure(node);
    return;
  }
  if (!functions.isAllowed(name)) throw functionDenied(name, '');
  // `x IN database.table` reads a table, though its name looks like a column's.
  if (!/^(?:global)?(?:not)?(?:null)?in(?:ignoreset)?$/i.test(name)) return;
  const [, set] = node.children[0]?.children ?? [];
  if (set?.kind === 'Identifier') checkTable(set.name, role);
}

/**
 * `values('a String DEFAULT file(…)', …)`: an expression in a text is seen by nobody, and a text that is computed or
 * bound is not known yet. Names and types need none of these words.
 */
function refuseStructure({ name, children }: SyntaxNode): void {
  if (name.toLowerCase() !== 'values') return;
  const [first] = children[0]?.children ?? [];
  const isKnown = first?.kind === 'Literal' || (first?.kind === 'Function' && first.name === 'tuple');
  const words = /\b(?:default|materialized|alias|ephemeral|codec|ttl|settings|statistics)\b/i;
  if (isKnown && !words.test(first.name)) return;
  throw notImplemented('Columns of the table function values have a literal name and type, and nothing else');
}

/**
 * A name without a database is a CTE's, or a table of the connection's database, which the role may read as a whole.
 */
function checkTable(name: string, role: Role): void {
  const dot = name.indexOf('.');
  if (dot < 0) return;
  const [database, table] = [name.slice(0, dot), name.slice(dot + 1)];
  if (canReadTable(role, database, table) || canReadSystemTable(role, database, table)) return;
  throw accessDenied(`SELECT ON ${name}`);
}

function functionDenied(name: string, hint: string): Error {
  return notAllowed(`The function ${name} may not be used here${hint}`);
}

function nestedClause(): Error {
  return notImplemented('FORMAT and SETTINGS can stand at the end of the statement only');
}

function unknownPart({ kind }: SyntaxNode): Error {
  if (kind === 'Set') return readonlySetting('SETTINGS of a subquery');
  if (kind === 'ColumnsApplyTransformer') return notImplemented('APPLY is not supported');
  return notImplemented(`${kind} is not supported here`);
}
