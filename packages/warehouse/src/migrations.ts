import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { splitStatements } from './sql-statements.ts';

/** One numbered file of `migrations/`. */
export interface Migration {
  id: number;
  /** `0002_domain` */
  name: string;
  sql: string;
  checksum: string;
}

/** Where statements run: one node, or all nodes of a cluster with replicated tables. */
export interface Deployment {
  cluster?: string | undefined;
}

const FOLDER = new URL('../migrations/', import.meta.url);

/**
 * Reads the migrations in order.
 *
 * @throws Error for a name that is no `0001_name.sql`, a number twice, or a gap
 */
export async function readMigrations(folder: URL = FOLDER): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => !file.startsWith('.')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  migrations.forEach(({ id, name }, at) => {
    if (id === at + 1) return;
    const expected = String(at + 1).padStart(4, '0');
    throw new Error(
      `migrations/${name}.sql stands where number ${expected} belongs: numbers run on without gaps or repetitions`,
    );
  });
  return migrations;
}

async function readMigration(folder: URL, file: string): Promise<Migration> {
  const [, id = ''] = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file) ?? [];
  if (id === '') throw new Error(`migrations/${file} is not named like 0001_name.sql`);
  const sql = await readFile(new URL(file, folder), 'utf8');
  return { id: Number(id), name: file.slice(0, -'.sql'.length), sql, checksum: checksumOf(sql) };
}

/** Line ends do not count: git may turn them on the way to another machine. */
export function checksumOf(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}

/**
 * The statements of a migration or view, its tokens filled in for where they will run:
 * `{{replacing}}` is the engine of every table, `{{on_cluster}}` stands behind the name in every CREATE and DROP.
 *
 * @throws Error for a token that is not known
 */
export function renderStatements(sql: string, deployment: Deployment): string[] {
  const { cluster } = deployment;
  const tokens: Readonly<Record<string, string>> = {
    on_cluster: cluster === undefined ? '' : `ON CLUSTER '${cluster.replace(/[\\']/g, '\\$&')}'`,
    replacing:
      cluster === undefined
        ? 'ReplacingMergeTree(_version, _deleted)'
        : "ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', _version, _deleted)",
  };
  return splitStatements(sql).map((statement) =>
    statement.replaceAll(/\{\{(.*?)\}\}/g, (_, token: string) => {
      const value = tokens[token];
      if (value === undefined) {
        throw new Error(`{{${token}}} is not a token: use ${Object.keys(tokens).join(', ')}`);
      }
      return value;
    }),
  );
}
