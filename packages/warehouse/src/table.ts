import type { Instant } from '@bellwether/core';

/**
 * A table, declared once: its columns as ClickHouse types. The row type and the column list derive from it, and a
 * test compares it with what the migrations really create.
 */
export interface Table<Columns extends ColumnTypes = ColumnTypes> {
  readonly database: Database;
  readonly name: string;
  /** `database.name`, ready for SQL. */
  readonly qualified: string;
  /** The sorting key: one row per key survives. */
  readonly key: readonly string[];
  /** Without `_version` and `_deleted`, which the writer adds. */
  readonly columns: Columns;
}

export type Database = 'raw' | 'domain' | 'facts' | 'metrics' | 'ops' | 'private';

type ColumnTypes = Readonly<Record<string, string | Words<string>>>;

/** A column of few known words: `LowCardinality(String)` in the table, a union in TypeScript. */
export interface Words<Word extends string> {
  readonly type: 'LowCardinality(String)';
  readonly words: readonly Word[];
}

export function words<const Word extends string>(...list: Word[]): Words<Word> {
  return { type: 'LowCardinality(String)', words: list };
}

/** The TypeScript side of a ClickHouse type. Instants are milliseconds since 1970, UTC. */
type Value<Type> =
  Type extends Words<infer Word>
    ? Word
    : Type extends `Nullable(${infer Inner})`
      ? Value<Inner> | null
      : Type extends `LowCardinality(${infer Inner})`
        ? Value<Inner>
        : Type extends `Array(${infer Inner})`
          ? readonly Value<Inner>[]
          : Type extends "DateTime64(3, 'UTC')"
            ? Instant
            : Type extends 'Bool'
              ? boolean
              : Type extends 'String'
                ? string
                : Type extends 'UInt8' | 'UInt16' | 'UInt32' | 'UInt64' | 'Int32' | 'Int64' | 'Float64'
                  ? number
                  : never;

/** The row of a table as the code base knows it. */
export type RowOf<Of> =
  Of extends Table<infer Columns> ? { -readonly [Column in keyof Columns]: Value<Columns[Column]> } : never;

/**
 * Declares a table.
 *
 * @param qualified `database.name`
 * @param key the sorting key; no column in it may ever change for the same thing, least of all a time
 */
export function defineTable<const Columns extends ColumnTypes>(
  qualified: `${Database}.${string}`,
  key: readonly (keyof Columns & string)[],
  columns: Columns,
): Table<Columns> {
  const [database, name] = qualified.split('.') as [Database, string];
  return { database, name, qualified, key, columns };
}

/** The ClickHouse type of a column. */
export function columnType(column: string | Words<string>): string {
  return typeof column === 'string' ? column : column.type;
}
