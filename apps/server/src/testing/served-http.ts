import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricViews } from '@bellwether/metrics';
import {
  harmlessSettings,
  migrate,
  openServedWarehouse,
  openWarehouse,
  QueryError,
  type ServedWarehouse,
} from '@bellwether/warehouse';
import { afterAll, beforeAll } from 'vitest';
import type { Authenticate, RequestRecord, RoleAllowance, WireRefusal } from '../http/collaborators.ts';
import { createHttpService, type HttpService, type HttpServiceOptions } from '../http/http-service.ts';

/** What tests see of a server that runs for them. */
export interface ServedHttp {
  readonly url: string;
  readonly port: number;
  readonly warehouse: ServedWarehouse;
  readonly service: HttpService;
  /** Requests that have ended, oldest first. */
  readonly records: RequestRecord[];
  readonly refusals: WireRefusal[];
  /** Resolves with the next request to end for which `isIt` holds; looks at those that have ended, too. */
  recorded(isIt: (record: RequestRecord) => boolean): Promise<RequestRecord>;
}

const MIB = 1024 * 1024;

const TEST_ALLOWANCE: RoleAllowance = {
  query: {
    seconds: 60,
    memoryBytes: 1024 * MIB,
    rowsRead: 1e10,
    rowsReturned: 1e9,
    resultBytes: 16 * MIB,
  },
  requestBytes: 32 * MIB,
};

/** `operator` and `reader`, both with the password `secret`; nobody else. */
const authenticate: Authenticate = async (credentials) => {
  if (!credentials) throw new QueryError(194, 'REQUIRED_PASSWORD', 'A name and a password are needed');
  const { name, password } = credentials;
  if (password === 'secret' && name === 'operator') return { name, role: 'operator' };
  if (password === 'secret' && name === 'reader') return { name, role: 'analyst' };
  throw new QueryError(516, 'AUTHENTICATION_FAILED', 'Authentication failed');
};

/**
 * A real engine with an empty, migrated warehouse, behind a real server on a free port of loopback. One for each test
 * file: the engine binds one folder per process.
 *
 * @param changed what the server sees of the warehouse
 */
export function serveHttp(
  options: Partial<HttpServiceOptions> = {},
  changed = (warehouse: ServedWarehouse): ServedWarehouse => warehouse,
): ServedHttp {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-server-'));
  const records: RequestRecord[] = [];
  const refusals: WireRefusal[] = [];
  const waiting = new Set<(record: RequestRecord) => void>();
  let service: HttpService | undefined;
  let warehouse: ServedWarehouse | undefined;

  beforeAll(async () => {
    const path = join(folder, 'data');
    const migrating = await openWarehouse({ path });
    await migrate(migrating, { views: metricViews() });
    await migrating.close();
    warehouse = await openServedWarehouse({ path });
    service = createHttpService({
      warehouse: changed(warehouse),
      harmlessSettings,
      version: (await warehouse.status()).version,
      displayName: 'bellwether',
      timeZone: 'UTC',
      authenticate,
      limiter: { limitsOf: () => TEST_ALLOWANCE, enter: async () => () => undefined },
      routes: [],
      observer: {
        requestFinished: (record) => {
          records.push(record);
          for (const tell of waiting) tell(record);
        },
        wireRefused: (reason) => refusals.push(reason),
      },
      ...options,
    });
    const { server } = service;
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    await service?.close(1_000);
    await warehouse?.close(1_000);
    rmSync(folder, { recursive: true, force: true });
  });

  const port = (): number => (service!.server.address() as AddressInfo).port;
  return {
    get url() {
      return `http://127.0.0.1:${port()}`;
    },
    get port() {
      return port();
    },
    get warehouse() {
      return warehouse!;
    },
    get service() {
      return service!;
    },
    records,
    refusals,
    recorded: (isIt) =>
      new Promise((resolve) => {
        const known = records.find(isIt);
        if (known) {
          resolve(known);
          return;
        }
        const tell = (record: RequestRecord): void => {
          if (!isIt(record)) return;
          waiting.delete(tell);
          resolve(record);
        };
        waiting.add(tell);
      }),
  };
}
