import type { Engine } from '../engine.ts';

/** Which functions a user's query may call. Compared without case, as some functions are. */
export interface FunctionCatalogue {
  isAllowed(name: string): boolean;
  /** Names some function of the engine that is not allowed. */
  isRefused(name: string): boolean;
  /** Names some table function of the engine. */
  isTableFunction(name: string): boolean;
}

/**
 * Categories of `system.functions` whose members compute from their arguments alone. Everything else is refused
 * unless it stands below: files, servers, dictionaries, introspection, machine learning, and what a later engine adds.
 */
const CATEGORIES = new Set([
  'Aggregate Functions',
  'Arithmetic',
  'Arrays',
  'Bit',
  'Bitmap',
  'Comparison',
  'Conditional',
  'Dates and Times',
  'Distance',
  'Encoding',
  'Financial',
  'Hash',
  'IP Address',
  'JSON',
  'Logical',
  'Map',
  'Mathematical',
  'Null',
  'Random Number',
  'Rounding',
  'String',
  'String Replacement',
  'String Search',
  'String Splitting',
  'Time Window',
  'Tuple',
  'Type Conversion',
  'URL',
  'UUID',
]);

/** Harmless members of mixed categories, what the parser makes of words, and `_CAST`, which it makes of bound values. */
const ALSO = new Set(
  `_CAST bar byteSize caseWithExpression countDigits currentDatabase currentUser dense_rank digits exists finalizeAggregation
   formatQuerySingleLine formatReadableDecimalSize formatReadableQuantity formatReadableSize formatReadableTimeDelta grouping identity lambda
   materialize neighbor parseReadableSize parseTimeDelta revision rowNumberInAllBlocks rowNumberInBlock
   runningDifference toColumnTypeName toTypeName transform untuple uptime variantElement variantType version
   visibleWidth`
    .toLowerCase()
    .split(/\s+/),
);

/**
 * Write in a format by name, and formats can name files; look into the program; fail on purpose. The distances take
 * the product of two lengths for each row, and the engine looks at limits and cancellation between blocks only.
 */
const NOT = new Set(
  `formatRow formatRowNoNewline groupFormat flameGraph aggThrow chdb editDistance editDistanceUTF8 levenshteinDistance
   levenshteinDistanceUTF8 damerauLevenshteinDistance jaroSimilarity jaroWinklerSimilarity arrayLevenshteinDistance
   arrayLevenshteinDistanceWeighted arraySimilarity`
    .toLowerCase()
    .split(/\s+/),
);

interface FunctionRow {
  name: string;
  alias_to: string;
  is_aggregate: number;
  categories: string;
  origin: string;
}

export async function readFunctionCatalogue(engine: Engine): Promise<FunctionCatalogue> {
  const functions = await readRows<FunctionRow>(
    engine,
    'SELECT name, alias_to, is_aggregate, categories, origin FROM system.functions',
  );
  const combinators = await readRows<{ name: string }>(
    engine,
    'SELECT name FROM system.aggregate_function_combinators',
  );
  const tables = await readRows<{ name: string }>(engine, 'SELECT name FROM system.table_functions');
  const namesOf = (rows: readonly { name: string }[]): string[] => rows.map(({ name }) => name.toLowerCase());
  return functionCatalogue(functions, namesOf(combinators), new Set(namesOf(tables)));
}

function functionCatalogue(
  functions: readonly FunctionRow[],
  combinators: readonly string[],
  tables: ReadonlySet<string>,
): FunctionCatalogue {
  const byName = new Map(functions.map((each) => [each.name, each]));
  const known = new Set(functions.map(({ name }) => name.toLowerCase()));
  const aggregates = new Set<string>();
  const allowed = new Set(ALSO);
  for (const each of functions) {
    const { name, is_aggregate, categories, origin } = byName.get(each.alias_to) ?? each;
    const isHarmless = is_aggregate === 1 || CATEGORIES.has(categories) || ALSO.has(name.toLowerCase());
    if (origin !== 'System' || !isHarmless || NOT.has(name.toLowerCase())) continue;
    allowed.add(each.name.toLowerCase());
    if (is_aggregate === 1) aggregates.add(each.name.toLowerCase());
  }

  /** `sumOrNullIf` is `sum` with two combinators; the engine does not list such names. */
  const isCombined = (name: string): boolean =>
    combinators.some((combinator) => {
      if (!name.endsWith(combinator)) return false;
      const base = name.slice(0, -combinator.length);
      return aggregates.has(base) || isCombined(base);
    });

  return {
    isAllowed: (name) => allowed.has(name.toLowerCase()) || isCombined(name.toLowerCase()),
    isRefused: (name) => known.has(name.toLowerCase()) && !allowed.has(name.toLowerCase()),
    isTableFunction: (name) => tables.has(name.toLowerCase()),
  };
}

async function readRows<Row>(engine: Engine, sql: string): Promise<Row[]> {
  const bytes = await engine.run(sql, { lane: 'text', format: 'JSONEachRow' });
  const lines = Buffer.from(bytes).toString().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Row);
}
