import { setMaxListeners } from 'node:events';
import { type Clock, silentTalk, systemClock, type Talk } from '@bellwether/core';
import { createGovernor, type Governor, type Wait } from '../../engine/budget/governor.ts';
import { type PageSizes, pageSizesInMemory } from '../../engine/budget/page-sizes.ts';
import { type RetryTools, systemRetryTools } from '../../engine/retry.ts';
import type { GitHubApi } from '../api.ts';
import { type Access, type AccessQuestion, checkAccess } from './access.ts';
import { addressesOf } from './addresses.ts';
import { fetchInstallations } from './app.ts';
import { tokenBearer } from './bearer.ts';
import type { Credentials } from './credentials.ts';
import { createExchange } from './exchange.ts';
import { gitAccess } from './git-access.ts';
import { createGraphql } from './graphql.ts';
import { serverClock } from './headers.ts';
import { createHttp, type HttpOptions } from './http.ts';
import { type Limits, rulesOf } from './limits.ts';
import { walkIds, walkPages } from './pages.ts';
import { bearerPool, type BearerPool } from './pool.ts';
import { fetchResource } from './rest.ts';
import { usageCounter } from './usage.ts';

/** A GitHub that can be asked. */
export interface GitHubConnection extends GitHubApi {
  /**
   * Whether the credentials work, and what they may. Costs a request or two for each of them.
   *
   * @throws BellwetherError: exit code 3 for credentials, else `github-url`, `github-proxy`, `github-unreachable`;
   * `usage` where the reserve leaves nothing to ask with
   */
  checkAccess(question?: AccessQuestion): Promise<Access>;
  /** Points that all credentials together may spend in an hour, less what is reserved; null before the first answer. */
  pointsPerHour(): number | null;
  /** Points that all credentials together have left for us now; null while GitHub has not said. */
  pointsLeft(): number | null;
  /** Lets go of the connections. What is still on its way ends as cancelled. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `https://github.com`, or the address of a GitHub Enterprise Server. */
  readonly url: string;
  readonly credentials: Credentials;
  /** What is left to others who use the same credentials: a share of the limit below 1, else so many points. */
  readonly reserve?: number;
  /** Where they differ from GitHub's own. */
  readonly limits?: Partial<Limits>;
  readonly pageSizes?: PageSizes;
  /** For proxies: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeouts?: Omit<HttpOptions, 'env'>;
  readonly userAgent?: string;
  readonly clock?: Clock;
  readonly tools?: RetryTools;
  readonly talk?: Talk;
  readonly signal?: AbortSignal;
}

const waitReasons: Readonly<Record<Wait['why'], string>> = {
  exhausted: 'The hourly limit is used up',
  reserved: 'Of the hourly limit only the reserve is left',
  throttled: 'GitHub asks for a pause',
};

/** Connects without asking anything yet: the first request is made by `checkAccess` or by the first stream. */
export function connect(options: ConnectOptions): GitHubConnection {
  const { credentials, clock = systemClock, tools = systemRetryTools, talk = silentTalk } = options;
  const { pageSizes = pageSizesInMemory(), userAgent = 'bellwether' } = options;
  const addresses = addressesOf(options.url);
  const closing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
  // Every request that waits listens to it; there is no leak for Node to warn of.
  setMaxListeners(0, signal);
  const http = createHttp({ ...options.timeouts, env: options.env ?? {} });
  const server = serverClock(clock);
  const usage = usageCounter();
  const { reserve = 0 } = options;
  const rules = rulesOf(options.limits ?? {}, reserve);
  const newGovernor = (): Governor =>
    createGovernor({
      rules,
      clock,
      tools,
      onWait: ({ until, why }) => {
        const time = new Date(until).toISOString().slice(11, 19);
        talk.info(`${waitReasons[why]}; going on at ${time} UTC.`);
      },
    });

  const makePool = async (): Promise<BearerPool> =>
    bearerPool(
      credentials.kind === 'tokens'
        ? credentials.tokens.map((token) => tokenBearer(token, newGovernor()))
        : await fetchInstallations({
            ...{ addresses, http, server, tools, userAgent, signal, newGovernor },
            appId: credentials.appId,
            key: credentials.key,
          }),
    );
  let pool: Promise<BearerPool> | undefined;
  let known: BearerPool | undefined;
  const poolOnce = (): Promise<BearerPool> => {
    pool ??= makePool()
      .then((made) => (known = made))
      .catch((error: unknown) => {
        // The next one may have more luck with the network.
        pool = undefined;
        throw error;
      });
    return pool;
  };

  const asking = {
    ...{ addresses, http, server, clock, tools, userAgent, signal },
    pool: poolOnce,
    onAnswer: usage.count,
  };
  const exchange = createExchange(asking);
  const graphql = createGraphql({ addresses, exchange, tools, signal, pageSizes });

  return {
    host: addresses.host,
    git: gitAccess(addresses, poolOnce, signal),
    query: (request) => graphql.query(request),
    pages: (walk) => walkPages(graphql, walk),
    byIds: (lookup) => walkIds(graphql, lookup),
    get: (request) => fetchResource({ addresses, exchange, pause: (n) => graphql.pause(n) }, request),
    usage: () => usage.now(),
    checkAccess: async (question = {}) => checkAccess({ ...asking, talk, reserve }, question),
    pointsPerHour: () => pointsOf(known, 'full'),
    pointsLeft: () => pointsOf(known, 'left'),
    async close() {
      closing.abort();
      await http.close();
    },
  };
}

function pointsOf(pool: BearerPool | undefined, which: 'full' | 'left'): number | null {
  const said = (pool?.bearers ?? []).flatMap(({ governor }) => governor[which]('graphql') ?? []);
  return said.length === 0 ? null : said.reduce((sum, points) => sum + points, 0);
}
