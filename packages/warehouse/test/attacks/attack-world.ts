import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { BellwetherError, type Role } from '@bellwether/core';
import { EmbeddedEngine } from '../../src/embedded-engine.ts';
import { EngineError } from '../../src/engine-errors.ts';
import { inClickHouseWords } from '../../src/gate/examiner.ts';
import { createGate, type Gate } from '../../src/gate/gate.ts';
import { migrate } from '../../src/migrate.ts';
import { openWarehouse } from '../../src/open-warehouse.ts';
import { QueryError } from '../../src/serving/query-error.ts';
import type { Admitted } from '../../src/serving/served-warehouse.ts';
import * as tables from '../../src/tables/index.ts';
import type { Warehouse } from '../../src/warehouse.ts';

/** What must not be seen, and by whom. Each text stands in one place only. */
const MARKS = {
  file: 'the-canary-sings',
  network: 'the-port-answers',
  person: 'somebody-by-name-zq',
  payload: 'raw-payload-zq',
  table: 'unheard_of_table_zq',
  column: 'unheard_of_column_zq',
  commit: 'subject-of-a-commit-zq',
  cursor: 'cursor-of-a-stream-zq',
  staged: 'row-on-its-way-zq',
} as const;

const UNSEEN: Readonly<Record<Role, readonly (keyof typeof MARKS)[]>> = {
  dashboards: ['file', 'network', 'person', 'payload', 'table', 'column', 'commit', 'cursor', 'staged'],
  analyst: ['file', 'network', 'person', 'payload', 'table', 'column', 'staged'],
  bot: ['file', 'network', 'person', 'payload', 'table', 'column', 'cursor', 'staged'],
  operator: ['file', 'network'],
};

export type Outcome =
  | { kind: 'refused'; error: QueryError }
  | { kind: 'failed'; error: QueryError }
  | { kind: 'answered'; text: string }
  | { kind: 'not-run'; admitted: Admitted };

const LIMITS = { seconds: 5, memoryBytes: 1024 ** 3 };

/** A warehouse with things in it that must not be seen, a file, a port, and a gate with an engine behind it. */
export class AttackWorld {
  readonly folder: string;
  readonly warehouse: Warehouse;
  readonly gate: Gate;
  readonly engine: EmbeddedEngine;
  readonly port: number;
  readonly #server: Server;
  #connections = 0;

  private constructor(folder: string, warehouse: Warehouse, engine: EmbeddedEngine, server: Server) {
    this.folder = folder;
    this.warehouse = warehouse;
    this.engine = engine;
    this.gate = createGate(engine);
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', () => this.#connections++);
  }

  static async open(folder: string): Promise<AttackWorld> {
    writeFileSync(join(folder, 'canary.txt'), `${MARKS.file}\n`);
    // A name without a dot, where the engine looks for relative ones; and one that looks like a table of ours.
    for (const name of ['plain', 'example', 'commits']) writeFileSync(join(folder, name), `${MARKS.file}\n`);
    mkdirSync(join(folder, 'metrics'));
    process.chdir(folder);
    const path = join(folder, 'data');
    const warehouse = await openWarehouse({ path });
    await fill(warehouse);
    const engine = await EmbeddedEngine.open({ path, readOnly: LIMITS });
    const server = createServer((_, response) => response.end(MARKS.network));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new AttackWorld(folder, warehouse, engine, server);
  }

  async close(): Promise<void> {
    process.chdir('/');
    this.#server.close();
    await this.engine.close();
    await this.warehouse.close();
  }

  /** Names of the places that an attack aims at. */
  fill(text: string): string {
    return text
      .replaceAll('@canary', join(this.folder, 'canary.txt'))
      .replaceAll('@out', join(this.folder, 'out'))
      .replaceAll('@url', `http://127.0.0.1:${String(this.port)}`)
      .replaceAll('@port', String(this.port));
  }

  /** Through the gate, and when it is admitted and only reads, to its end. */
  async attack(role: Role, sql: string, params: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    let admitted: Admitted;
    try {
      admitted = await this.gate.admit({ role, sql, params, database: 'default' });
    } catch (error) {
      if (error instanceof QueryError) return { kind: 'refused', error };
      throw error;
    }
    if (admitted.kind === 'command' || admitted.kind === 'insert') return { kind: 'not-run', admitted };
    try {
      const bytes = await this.engine.run(admitted.sql, { lane: 'text', format: 'TSV', params });
      return { kind: 'answered', text: Buffer.from(bytes).toString() };
    } catch (error) {
      // A limit, in other words.
      if (error instanceof BellwetherError) {
        return { kind: 'failed', error: new QueryError(0, '', error.message) };
      }
      if (!(error instanceof EngineError)) throw error;
      return { kind: 'failed', error: inClickHouseWords(error) };
    }
  }

  /** What an outcome shows that the role must not see. */
  seen(role: Role, outcome: Outcome): string[] {
    const text = outcome.kind === 'answered' ? outcome.text : 'error' in outcome ? outcome.error.message : '';
    return UNSEEN[role].filter((mark) => text.includes(MARKS[mark])).map((mark) => MARKS[mark]);
  }

  /** Everything that an attack could have changed: files, schema, rows, and whether somebody called. */
  async state(): Promise<unknown> {
    const rows = await this.warehouse.query<{ database: string; name: string }>(
      `SELECT database, name, engine, total_rows, create_table_query FROM system.tables
       WHERE database NOT IN ('system') ORDER BY database, name`,
    );
    return {
      rows,
      databases: await this.warehouse.query('SELECT name FROM system.databases ORDER BY name'),
      functions: await this.warehouse.query("SELECT name FROM system.functions WHERE origin != 'System'"),
      mutations: await this.warehouse.query('SELECT mutation_id FROM system.mutations'),
      files: readdirSync(this.folder).map((name) => [name, statSync(join(this.folder, name)).isDirectory()]),
      canary: readFileSync(join(this.folder, 'canary.txt'), 'utf8'),
      connections: this.#connections,
    };
  }
}

async function fill(warehouse: Warehouse): Promise<void> {
  const view =
    'CREATE OR REPLACE VIEW metrics.example AS SELECT repo, count() AS value FROM domain.commits FINAL GROUP BY repo';
  await migrate(warehouse, { views: [{ name: 'metrics.example', sql: view }] });
  await warehouse.insert(tables.identities, [
    { person_key: 'k', identity: 'i', name: MARKS.person, email: MARKS.person },
  ]);
  await warehouse.insert(tables.cursors, [{ source: 's', stream: 's', key: 'k', cursor: MARKS.cursor }]);
  const columns = '(repo, sha, subject, _version)';
  await warehouse.command(
    `INSERT INTO domain.commits ${columns} VALUES ('a', 'b', '${MARKS.commit}', 1), ('a', 'c', '', 1)`,
  );
  await warehouse.command(
    `INSERT INTO raw.records (source, repo, stream, key, payload) VALUES ('s', 'a', 's', 'k', '${MARKS.payload}')`,
  );
  await warehouse.command(
    `CREATE TABLE private.${MARKS.table} (${MARKS.column} String) ENGINE = MergeTree ORDER BY ()`,
  );
  await warehouse.command(
    `CREATE TABLE ops.staging_private_1 ENGINE = MergeTree ORDER BY () AS SELECT '${MARKS.staged}' AS a`,
  );
}
