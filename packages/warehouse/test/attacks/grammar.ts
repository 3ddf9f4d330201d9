import fc from 'fast-check';

/** Pieces of statements, harmless and not, put together by ClickHouse's grammar as far as it matters to the gate. */

const word = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom(...words);

const literal = word(
  "'x'",
  '1',
  '0',
  "'@canary'",
  "'@url'",
  "'metrics'",
  'NULL',
  '[1, 2]',
  "('a', 1)",
  '{p:String}',
);

const column = word(
  'repo',
  'value',
  'sha',
  'subject',
  'name',
  'database',
  'table',
  '*',
  'number',
  'a',
  'x',
  'system.tables.name',
  'identities.name',
  't.name',
);

const harmless = word(
  'upper',
  'length',
  'toString',
  'concat',
  'count',
  'any',
  'groupArray',
  'hex',
  'sumIf',
  'toTypeName',
);
const dangerous = word(
  'file',
  'FILE',
  '`file`',
  'url',
  'dictGet',
  'joinGet',
  'sleep',
  'hostName',
  'getSetting',
  'formatRow',
  'catboostEvaluate',
  'hasColumnInTable',
  'filesystemAvailable',
);
const alias = word(
  'a',
  'x',
  'database',
  'name',
  'table',
  'file',
  'tables',
  'columns',
  '`bellwether_visible`',
  't',
  '"q q"',
  'system',
);

const harmlessTable = word(
  'metrics.example',
  'example',
  '`metrics`."example"',
  'numbers(3)',
  'system.one',
  "values('a String, b UInt8', ('x', 1))",
);
const halfTable = word(
  'system.tables',
  'system.columns',
  'system.databases',
  '`system`.tables',
  'information_schema.tables',
);
const dangerousTable = word(
  'domain.commits',
  'domain.people',
  'private.identities',
  '"private".`identities`',
  'private . identities',
  'raw.records',
  'ops.cursors',
  'ops.staging_private_1',
  'default.plain',
  'plain',
  '`@canary`',
  'system.processes',
  'system.parts',
  'identities',
  '`private.identities`',
  "file('@canary', 'LineAsString')",
  "url('@url', 'LineAsString')",
  "merge('private', '.*')",
  "remote('127.0.0.1:@port', private, identities)",
  "executable('cat @canary', 'TSV', 'a String')",
  'loop(private, identities)',
  "values('a String DEFAULT file(\\'@canary\\')', ('x'))",
);

function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

interface Grammar {
  expression: string;
  table: string;
  select: string;
}

const { expression, select } = fc.letrec<Grammar>((tie: fc.LetrecTypedTie<Grammar>) => {
  const part = tie('expression');
  const query = tie('select');
  const call = fc
    .tuple(harmless, fc.array(part, { maxLength: 2 }))
    .map(([name, values]) => `${name}(${values.join(', ')})`);
  /** One of these in a statement, and it should be refused: few, so that the others get further. */
  const trap = fc.oneof(
    fc.tuple(dangerous, part).map(([name, value]) => `arrayMap(${name}, [${value}])`),
    fc.tuple(dangerous, part).map(([name, value]) => `${name}(${value})`),
    word(
      'file',
      '* APPLY(file)',
      "COLUMNS('a') APPLY(toString)",
      "* REPLACE(file('@canary') AS name)",
      '(SELECT 1 SETTINGS max_threads = 1)',
    ),
  );
  const compound = fc.oneof(
    call,
    call,
    fc.tuple(part, word('=', '<', 'AND', 'OR', '+', 'LIKE'), part).map((each) => `(${each.join(' ')})`),
    fc.tuple(part, alias).map(([value, name]) => `(${value} AS ${name})`),
    fc.tuple(part, word('IN', 'NOT IN', 'GLOBAL IN'), tie('table')).map((each) => each.join(' ')),
    query.map((each) => `(${each})`),
    query.map((each) => `EXISTS(${each})`),
    part.map((value) => `arrayMap(y -> ${value}, [1])`),
    fc.tuple(part, part).map(([first, second]) => `if(${first}, ${second}, 1)`),
    part.map((value) => `CAST(${value} AS String)`),
    fc.tuple(part, part).map(([value, by]) => `count(${value}) OVER (PARTITION BY ${by})`),
  );
  const join = fc.oneof(
    fc.tuple(word(' JOIN ', ' LEFT JOIN '), tie('table'), word(' ON 1', ' USING (name)')),
    fc.tuple(word(', '), tie('table')),
  );
  const clauses = fc
    .tuple(
      rarely(part.map((value) => ` WHERE ${value}`)),
      rarely(part.map((value) => ` GROUP BY ${value}`)),
      rarely(part.map((value) => ` ORDER BY ${value}`)),
      rarely(
        fc.oneof(
          word(' LIMIT 3'),
          part.map((value) => ` LIMIT length(toString(${value}))`),
        ),
      ),
    )
    .map((each) => each.map((clause) => clause ?? ''));
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      { weight: 30, arbitrary: column },
      { weight: 20, arbitrary: literal },
      { weight: 30, arbitrary: compound },
      { weight: 1, arbitrary: trap },
    ),
    table: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      { weight: 40, arbitrary: harmlessTable },
      { weight: 30, arbitrary: halfTable },
      { weight: 1, arbitrary: dangerousTable },
      { weight: 10, arbitrary: query.map((each) => `(${each})`) },
      { weight: 1, arbitrary: query.map((each) => `view(${each})`) },
      { weight: 2, arbitrary: fc.tuple(tie('table'), alias).map((each) => each.join(' AS ')) },
    ),
    select: fc
      .tuple(
        rarely(fc.tuple(alias, query, fc.boolean())),
        fc.array(part, { minLength: 1, maxLength: 3 }),
        tie('table'),
        rarely(join),
        clauses,
        rarely(query),
      )
      .map(([cte, columns, from, joined, ends, union]) => {
        const before = cte
          ? cte[2]
            ? `WITH ${cte[0]} AS (${cte[1]}) `
            : `WITH (${cte[1]}) AS ${cte[0]} `
          : '';
        const after = union === null ? '' : ` UNION ALL ${union}`;
        return `${before}SELECT ${columns.join(', ')} FROM ${from}${joined?.join('') ?? ''}${ends.join('')}${after}`;
      }),
  };
});

const name = fc.oneof(harmlessTable, halfTable, dangerousTable);
const show = fc.oneof(
  fc
    .tuple(word('DESCRIBE', 'EXISTS', 'SHOW CREATE TABLE', 'DESCRIBE TABLE'), name)
    .map((each) => each.join(' ')),
  fc
    .tuple(word('metrics', 'private', 'ops', 'default', 'system'), fc.option(expression))
    .map(([from, where]) => `SHOW TABLES FROM ${from}${where === null ? '' : ` WHERE ${where}`}`),
  fc.tuple(word('SHOW COLUMNS FROM'), name).map((each) => each.join(' ')),
  select.map((each) => `DESCRIBE (${each})`),
  word('SHOW DATABASES', 'SHOW PROCESSLIST', 'SHOW FUNCTIONS'),
);
const change = fc.oneof(
  fc.tuple(word('INSERT INTO', 'INSERT INTO FUNCTION'), name, select).map((each) => each.join(' ')),
  fc
    .tuple(word('DROP TABLE', 'TRUNCATE TABLE', 'OPTIMIZE TABLE', 'ALTER TABLE'), name)
    .map((each) => each.join(' ')),
  fc
    .tuple(
      word(
        'CREATE VIEW metrics.v AS',
        'CREATE TABLE ops.staging_x ENGINE = Memory AS',
        'EXPLAIN AST',
        'EXPLAIN',
      ),
      select,
    )
    .map((each) => each.join(' ')),
);

/** Spelled as nobody would: comments, case, line ends, a second statement. */
const disguise = fc.oneof(
  { weight: 12, arbitrary: fc.constant((sql: string) => sql) },
  { weight: 1, arbitrary: fc.constant((sql: string) => sql.replaceAll(' ', ' /* ; */ ')) },
  { weight: 1, arbitrary: fc.constant((sql: string) => sql.replaceAll(' ', '\n--x\n')) },
  {
    weight: 1,
    arbitrary: fc.constant((sql: string) =>
      sql.replace(/\b(?:select|from|where|as|in)\b/gi, (each) => each.toLowerCase()),
    ),
  },
  { weight: 1, arbitrary: fc.constant((sql: string) => `${sql}; DROP TABLE ops.cursors`) },
  { weight: 1, arbitrary: fc.constant((sql: string) => `(${sql})`) },
);

export const statement: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: select },
      { weight: 2, arbitrary: show },
      { weight: 1, arbitrary: change },
    ),
    rarely(
      word(' SETTINGS max_threads = 1', ' FORMAT JSON', " INTO OUTFILE '@out'", ' SETTINGS readonly = 0'),
    ),
    disguise,
  )
  .map(([sql, end, spell]) => spell(`${sql}${end ?? ''}`));
