import { openWarehouse, type Warehouse, type WarehouseTarget } from '@bellwether/warehouse';
import {
  describePartitions,
  describeQueryText,
  describeReplaceByDifference,
  describeReplaceByQuery,
  describeRoundTrip,
  describeVersions,
  type TestedWarehouse,
} from '@bellwether/warehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedFolder, serveFolder } from '../test/served-folder.ts';

const suites = {
  describeRoundTrip,
  describeReplaceByDifference,
  describeReplaceByQuery,
  describePartitions,
  describeVersions,
};

/** The folder as its other commands reach it, and the server as any program with a password does. */
const ways = {
  served: ({ path }: ServedFolder): WarehouseTarget => ({ path }),
  server: ({ url, user, password }: ServedFolder): WarehouseTarget => ({ url, user, password }),
} as const;

function servedWarehouse(way: keyof typeof ways): TestedWarehouse {
  let folder: ServedFolder;
  let warehouse: Warehouse;
  beforeAll(async () => {
    folder = await serveFolder();
    warehouse = await openWarehouse(ways[way](folder));
  });
  afterAll(async () => {
    await warehouse.close();
    await folder[Symbol.asyncDispose]();
  });
  return {
    get warehouse() {
      return warehouse;
    },
    reopen: (clock) => openWarehouse(ways[way](folder), { clock }),
  };
}

/** Both go over HTTP by `@clickhouse/client`. `npm run soak` takes the second way, too, which differs by its password. */
const chosen: readonly (keyof typeof ways)[] =
  process.env['BELLWETHER_SOAK_CONFORMITY'] === undefined ? ['served'] : ['served', 'server'];

describe.each(chosen)('through a server, %s:', (way) => {
  describe.each(Object.entries(suites))('%s', (_, describeSuite) => {
    const tested = servedWarehouse(way);
    it('is what it says it is', () => expect(tested.warehouse.kind).toBe(way));
    describeSuite(tested);
  });
  describe('describeQueryText', () => {
    // The gate takes no name with quotes or a line end; JSON and Parquet come in pieces here, too.
    describeQueryText(servedWarehouse(way), { name: 'a, c', streams: way === 'served', holds: false });
  });
});
