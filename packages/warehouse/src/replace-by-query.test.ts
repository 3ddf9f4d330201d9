import { afterAll, beforeAll, describe } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { temporaryWarehouse } from '../test/temporary-warehouse.ts';
import { ClickHouseWarehouse } from './clickhouse-warehouse.ts';
import { EmbeddedEngine } from './embedded-engine.ts';
import type { Engine } from './engine.ts';
import { migrate } from './migrate.ts';
import { describeReplaceByQuery } from './testing/replace-by-query-suite.ts';
import type { TestedWarehouse } from './testing/tested-warehouse.ts';
import { versionClock } from './version-clock.ts';

/** What a server would be asked, answered by the embedded engine: it makes no tables beside the real ones. */
function asServer(engine: EmbeddedEngine): Engine {
  return {
    kind: 'server',
    run: (sql, options) => {
      if (sql.includes('staging')) throw new Error('a server has no staging tables');
      return engine.run(sql, options);
    },
    stream: (sql, options) => engine.stream(sql, options),
    insert: (target, body) => engine.insert(target, body),
    close: () => engine.close(),
  };
}

/** On a server. */
function standIn(): TestedWarehouse {
  const path = temporaryFolder();
  let engine: EmbeddedEngine;
  let warehouse: ClickHouseWarehouse;
  beforeAll(async () => {
    engine = await EmbeddedEngine.open({ path });
    const clock = versionClock({ now: Date.now });
    await migrate(new ClickHouseWarehouse(engine, clock), { views: [] });
    warehouse = new ClickHouseWarehouse(asServer(engine), clock);
  });
  afterAll(() => engine.close());
  return {
    get warehouse() {
      return warehouse;
    },
    reopen: (clock) => Promise.resolve(new ClickHouseWarehouse(asServer(engine), versionClock(clock))),
  };
}

describe('embedded', () => describeReplaceByQuery(temporaryWarehouse()));
describe('on a server', () => describeReplaceByQuery(standIn()));
