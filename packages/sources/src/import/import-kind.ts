import type { Instant } from '@bellwether/core';
import type { RowOf, Table, Warehouse } from '@bellwether/warehouse';
import type { z } from 'zod';
import type { Places } from './place.ts';

/** A kind of thing that can be imported: what a line may say, and the rows that it becomes. */
export interface ImportKind<Line = unknown> {
  readonly name: ImportKindName;
  /** What a file of it holds, in one sentence. */
  readonly summary: string;
  /** What a line may say; each field describes itself for the reference page. */
  readonly line: z.ZodType<Line>;
  /** A line that works, for the reference page; a test imports it. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Pure: the rows of one line, or what is wrong with it. */
  map(line: Line, context: MapContext): MappedLine;
  /** Its tables, and which of their rows came from imports. */
  readonly tables: readonly ImportedTable[];
}

export type ImportKindName = 'deployments' | 'incidents' | 'builds';

export interface MapContext {
  readonly places: Places;
  /** Stands in where a line names no repository. */
  readonly defaultRepo: string | null;
  readonly now: Instant;
}

export type MappedLine =
  | { readonly repo: string; readonly rows: readonly { table: Table; rows: readonly object[] }[] }
  | { readonly problems: readonly FieldProblem[] };

export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

export interface ImportedTable {
  readonly table: Table;
  /** Columns beside `repo` that tell rows apart. */
  readonly ids: readonly string[];
  /** The keys of the rows of a repository that imports made. */
  readonly readImported: (stored: Pick<Warehouse, 'readRows'>, repo: string) => Promise<readonly object[]>;
}

/** Only types are at work: a kind's `map` takes what its own schema gives. */
export function defineImport<Line>(kind: ImportKind<Line>): ImportKind<Line> {
  return kind;
}

/** Rows, checked against the columns of their table. */
export function rowsFor<T extends Table>(
  table: T,
  rows: readonly RowOf<T>[],
): { table: Table; rows: readonly object[] } {
  return { table, rows };
}
