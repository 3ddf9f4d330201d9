import { afterAll, beforeAll, expect } from 'vitest';
import type { Role } from '@bellwether/core';
import { EmbeddedEngine } from '../src/embedded-engine.ts';
import type { Engine } from '../src/engine.ts';
import { createGate, type Gate } from '../src/gate/gate.ts';
import { migrate } from '../src/migrate.ts';
import type { Admitted, GateRequest } from '../src/serving/served-warehouse.ts';
import { temporaryWarehouse } from './temporary-warehouse.ts';

export interface GatedWarehouse {
  admit(role: Role, sql: string, request?: Partial<GateRequest>): Promise<Admitted>;
  /** What is admitted, run: its lines. */
  ask(role: Role, sql: string, request?: Partial<GateRequest>): Promise<string[]>;
  /** How many questions the gate has asked the engine. */
  readonly questions: number;
}

/** A gate before a migrated warehouse with one view, for one test file. */
export function gatedWarehouse(): GatedWarehouse {
  const temporary = temporaryWarehouse();
  let engine: EmbeddedEngine;
  let gate: Gate;
  let questions = 0;
  beforeAll(async () => {
    const view =
      'CREATE OR REPLACE VIEW metrics.example AS SELECT repo, 1 AS value FROM domain.commits FINAL';
    await migrate(temporary.warehouse, { views: [{ name: 'metrics.example', sql: view }] });
    engine = await EmbeddedEngine.open({
      path: temporary.path,
      readOnly: { seconds: 10, memoryBytes: 1024 ** 3 },
    });
    const counting: Engine = {
      kind: engine.kind,
      run: (sql, options) => {
        questions++;
        return engine.run(sql, options);
      },
      stream: (sql, options) => engine.stream(sql, options),
      insert: (target, body) => engine.insert(target, body),
      close: () => engine.close(),
    };
    gate = createGate(counting);
  });
  afterAll(() => engine.close());

  const admit: GatedWarehouse['admit'] = (role, sql, request = {}) =>
    gate.admit({ role, sql, database: 'default', params: {}, ...request });
  return {
    admit,
    async ask(role, sql, request = {}) {
      const admitted = await admit(role, sql, request);
      expect(admitted.database).toBe('metrics');
      const bytes = await engine.run(admitted.sql, { lane: 'text', format: 'TSV', params: request.params });
      return Buffer.from(bytes).toString().split('\n').filter(Boolean);
    },
    get questions() {
      return questions;
    },
  };
}
