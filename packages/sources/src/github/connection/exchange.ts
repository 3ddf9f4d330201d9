import { cancelledError, type Clock } from '@bellwether/core';
import type { Lease, LeaseResult } from '../../engine/budget/governor.ts';
import { backoff, type RetryTools } from '../../engine/retry.ts';
import type { Addresses } from './addresses.ts';
import type { Bearer } from './bearer.ts';
import * as errors from './errors.ts';
import { allowanceIn, retryAfterIn, type ServerClock } from './headers.ts';
import type { Headers, Http, HttpRequest, HttpResult } from './http.ts';
import type { BearerPool } from './pool.ts';
import type { Refusal } from './refusal.ts';
import type { Secret } from './secret.ts';

/** What every request of a connection goes through. */
export interface Exchange {
  /**
   * Asks until there is an answer that the caller has to deal with. Waits for the budget, retries what is GitHub's
   * or the network's fault, and turns what nobody can help into a BellwetherError.
   */
  ask<Good extends { readonly kind: string }>(request: Ask<Good>): Promise<Answered<Good>>;
}

/** What is left to the caller. */
export type Unanswered = Extract<
  Refusal,
  { kind: 'heavy' } | { kind: 'missing' } | { kind: 'forbidden' } | { kind: 'moved' } | { kind: 'status' }
>;

export interface Answered<Good> {
  readonly outcome: Good | Unanswered;
  /** How long the answer took, without the wait for the budget. */
  readonly ms: number;
}

export interface Ask<Good> {
  readonly lane: 'graphql' | 'rest';
  /** For messages: the query's name, or `a REST resource`. */
  readonly what: string;
  readonly points: number;
  /** Whose thing is asked for: `owner/name` or `owner`. */
  readonly scope: string | null;
  /** Whether `isNothing` can tell that this credential does not see the scope. */
  readonly isNothing: ((good: Good) => boolean) | null;
  readonly request: Pick<HttpRequest, 'method' | 'url' | 'body'> & {
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Pure. */
  readonly read: (result: HttpResult) => Good | Refusal;
  /** How many points the answer says that it took. */
  readonly spent?: (good: Good) => number;
}

export interface ExchangeOptions {
  readonly addresses: Addresses;
  readonly http: Http;
  readonly pool: () => Promise<BearerPool>;
  readonly server: ServerClock;
  readonly clock: Clock;
  readonly tools: RetryTools;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly onAnswer: (answer: { lane: 'graphql' | 'rest'; status: number | null; points: number }) => void;
}

/** How often something flaky is tried, and how often a limit is waited for. */
const MAX_TRIES = 5;
const MAX_WAITS = 12;
/** How often something must be missing to count as missing. */
const MIN_ABSENCES = 2;

const leftToCaller = new Set(['heavy', 'missing', 'forbidden', 'moved', 'status']);
const verdicts: Readonly<Record<string, LeaseResult['verdict']>> = {
  exhausted: 'exhausted',
  throttled: 'throttled',
  heavy: 'failed',
  flaky: 'failed',
  proxy: 'failed',
  unreachable: 'failed',
};

export function createExchange(options: ExchangeOptions): Exchange {
  const { addresses, http, server, tools, signal, userAgent } = options;
  const { host } = addresses;

  const send = async <Good extends { readonly kind: string }>(
    { request, read, lane, spent }: Ask<Good>,
    token: Secret,
    lease: Lease,
  ): Promise<{ outcome: Good | Refusal; ms: number }> => {
    const startedAt = options.clock.now();
    let outcome: Good | Refusal = { kind: 'cancelled' };
    let headers: Headers = {};
    let status: number | null = null;
    try {
      const result = await http.send({
        ...request,
        headers: {
          ...request.headers,
          authorization: `Bearer ${token.reveal()}`,
          'user-agent': userAgent,
          'x-github-api-version': '2022-11-28',
        },
        signal,
      });
      if (result.kind === 'answer') {
        ({ headers, status } = result);
        server.learn(headers);
      }
      outcome = read(result);
      return { outcome, ms: options.clock.now() - startedAt };
    } finally {
      lease.finish({
        verdict: verdicts[outcome.kind] ?? 'ok',
        allowance: allowanceIn(headers, server),
        retryAfter: retryAfterIn(headers, server.now()),
      });
      const isGood = verdicts[outcome.kind] === undefined;
      options.onAnswer({ lane, status, points: isGood ? (spent?.(outcome as Good) ?? 1) : 0 });
    }
  };

  const askOnce = async <Good extends { readonly kind: string }>(
    ask: Ask<Good>,
    bearer: Bearer,
  ): Promise<{ outcome: Good | Refusal; ms: number; token: Secret }> => {
    const lease = await bearer.governor.acquire(ask.lane, ask.points, signal, ask.what);
    let token: Secret;
    try {
      token = await bearer.token(signal);
    } catch (error) {
      lease.finish({ verdict: 'failed' });
      throw error;
    }
    return { ...(await send(ask, token, lease)), token };
  };

  return {
    async ask(ask) {
      const pool = await options.pool();
      let tries = 0;
      let waits = 0;
      let renewals = 0;
      let absences = 0;
      for (;;) {
        if (signal.aborted) throw cancelled();
        const bearer = pool.choose(ask.lane, ask.scope, ask.isNothing !== null);
        const { outcome, ms, token } = await askOnce(ask, bearer);
        const { kind } = outcome;
        if (kind === 'cancelled' || signal.aborted) throw cancelled();
        if (kind === 'exhausted' || kind === 'throttled') {
          // The budget waits, or lets another credential ask; the same request is as good as before.
          if (++waits > MAX_WAITS) throw errors.stillLimited(host);
        } else if (kind === 'unauthorised') {
          if (++renewals > 1 || !bearer.renew(token)) throw errors.tokenRefused(host);
        } else if (kind === 'flaky' || kind === 'proxy' || kind === 'unreachable') {
          if (++tries >= MAX_TRIES) throw unanswered(outcome as Refusal, host);
          await tools.sleep(
            backoff(tries, () => tools.random()),
            signal,
          );
        } else if (kind === 'saml') {
          const { link } = outcome as Extract<Refusal, { kind: 'saml' }>;
          throw errors.samlProtected(ask.scope?.split('/')[0] ?? '', link);
        } else {
          const isNothing = leftToCaller.has(kind)
            ? kind === 'missing' || kind === 'forbidden'
            : ask.isNothing?.(outcome as never) === true;
          if (isNothing && ask.isNothing !== null && pool.isBlind(bearer, ask.scope)) continue;
          // GitHub sometimes does not find for a moment what is there, and whole lists would look deleted.
          if (isNothing && kind !== 'forbidden' && ++absences < MIN_ABSENCES) {
            await tools.sleep(
              backoff(absences, () => tools.random()),
              signal,
            );
            continue;
          }
          if (!isNothing && ask.isNothing !== null) pool.sees(bearer, ask.scope);
          return { outcome: outcome as never, ms };
        }
      }
    },
  };
}

function unanswered(outcome: Refusal, host: string): Error {
  if (outcome.kind === 'proxy') return errors.proxyFailed(host, outcome.why);
  return errors.unreachable(host, 'why' in outcome ? outcome.why : 'no answer');
}

export function cancelled(): Error {
  return cancelledError('Run the same command again; it goes on where it stopped.');
}
