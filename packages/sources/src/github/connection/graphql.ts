import type { z } from 'zod';
import { adaptivePageSize, type PageSize } from '../../engine/budget/page-size.ts';
import type { PageSizes } from '../../engine/budget/page-sizes.ts';
import { backoff, type RetryTools } from '../../engine/retry.ts';
import type { Gap, GraphqlDocument, QueryAnswer, QueryRequest } from '../api.ts';
import type { Addresses } from './addresses.ts';
import { cursorRefused, forbidden, tooHeavy, unexpectedAnswer, wrongAddress } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { type GraphqlOutcome, readGraphqlAnswer } from './graphql-answer.ts';
import { firstDifference } from './schema-difference.ts';
import { scopeOf } from './scope.ts';

export interface GraphqlOptions {
  readonly addresses: Addresses;
  readonly exchange: Exchange;
  readonly tools: RetryTools;
  readonly signal: AbortSignal;
  readonly pageSizes: PageSizes;
}

/** One GraphQL request that may turn out to be too heavy; what to do then is up to those who page. */
export type Attempt<Data> =
  | { readonly kind: 'ok'; readonly data: Data; readonly gaps: readonly Gap[]; readonly ms: number }
  | { readonly kind: 'heavy' };

export interface GraphqlCall<Data> {
  readonly document: GraphqlDocument<unknown, never>;
  readonly schema: z.ZodType<Data>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whose thing it is, where the variables do not say so. */
  readonly key: string | null;
}

export interface Graphql {
  attempt<Data>(call: GraphqlCall<Data>): Promise<Attempt<Data>>;
  query<Data, Variables>(request: QueryRequest<Data, Variables>): Promise<QueryAnswer<Data>>;
  /** Waits a little longer each time, before something is asked again in another way. */
  pause(failures: number): Promise<void>;
  /** The page size for a query and key, and how to remember what it learnt. */
  pageSize(query: string, key: string, largest: number): Promise<PageSize & { keep(): Promise<void> }>;
}

type Good = Extract<GraphqlOutcome, { kind: 'ok' | 'withheld' | 'refused' }>;

/** How often a query that has no pages is asked again when it took GitHub too long. */
const HEAVY_TRIES = 4;

export function createGraphql(options: GraphqlOptions): Graphql {
  const { addresses, exchange, tools, signal, pageSizes } = options;

  const attempt = async <Data>(call: GraphqlCall<Data>): Promise<Attempt<Data>> => {
    const { document, schema, variables, key } = call;
    const ownScope = scopeOf(variables);
    const { outcome, ms } = await exchange.ask<Good>({
      lane: 'graphql',
      what: document.name,
      points: 1,
      scope: ownScope ?? key,
      isNothing: ownScope === null ? null : hasNoRoot,
      request: {
        method: 'POST',
        url: addresses.graphql,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: document.text, variables }),
      },
      read: readGraphqlAnswer,
      spent: (good) => (good.kind === 'ok' ? good.points : 1),
    });
    switch (outcome.kind) {
      case 'ok': {
        const parsed = schema.safeParse(outcome.data);
        if (parsed.success) return { kind: 'ok', data: parsed.data, gaps: outcome.gaps, ms };
        const { path, what } = firstDifference(parsed.error);
        throw unexpectedAnswer(document.name, path, what);
      }
      case 'heavy':
        return { kind: 'heavy' };
      case 'withheld':
      case 'forbidden':
        throw forbidden(`the query ${document.name}`);
      case 'refused':
        if (outcome.type === 'INVALID_CURSOR_ARGUMENTS') throw cursorRefused(document.name);
        throw unexpectedAnswer(document.name, outcome.path, `it refused with ${outcome.type || 'an error'}`);
      case 'missing':
        throw wrongAddress(addresses.graphql.origin, 'there is no GraphQL');
      case 'moved':
        throw wrongAddress(addresses.graphql.origin, 'it sends elsewhere');
      case 'status':
        throw unexpectedAnswer(document.name, '', `status ${outcome.status}`);
    }
  };

  const pause = (failures: number): Promise<void> =>
    tools.sleep(
      backoff(failures, () => tools.random()),
      signal,
    );

  return {
    attempt,
    pause,
    async query({ document, schema, variables }) {
      for (let tries = 1; ; tries++) {
        const call = { document, schema, variables: variables as Record<string, unknown>, key: null };
        const answer = await attempt(call);
        if (answer.kind === 'ok') return { data: answer.data, gaps: answer.gaps };
        if (tries >= HEAVY_TRIES) throw tooHeavy(document.name);
        await pause(tries);
      }
    },
    async pageSize(query, key, largest) {
      const remembered = await pageSizes.load(query, key);
      const page = adaptivePageSize(largest, remembered);
      return {
        get size() {
          return page.size;
        },
        succeeded: (ms) => page.succeeded(ms),
        wasTooHeavy: (size) => page.wasTooHeavy(size),
        async keep() {
          const learnt = page.size === largest ? null : page.size;
          if (learnt !== remembered) await pageSizes.save(query, key, learnt);
        },
      };
    },
  };
}

/** What the query is all about is not there: for this credential, perhaps. */
function hasNoRoot(good: Good): boolean {
  return (
    good.kind === 'withheld' ||
    (good.kind === 'ok' && good.gaps.some(({ kind, path }) => path.length === 1 && kind !== 'other'))
  );
}
