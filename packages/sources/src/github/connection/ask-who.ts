import { z } from 'zod';
import type { Addresses } from './addresses.ts';
import type { Bearer } from './bearer.ts';
import { forbidden, unreachable, wrongAddress } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { parsedObject } from './graphql-answer.ts';
import { type ServerClock, textIn } from './headers.ts';
import type { Headers, HttpResult } from './http.ts';
import { type Refusal, refusalOf } from './refusal.ts';

interface Good {
  readonly kind: 'github';
  readonly body: unknown;
  readonly headers: Headers;
}

const Budget = z.object({ limit: z.number(), remaining: z.number(), reset: z.number() });
const RateLimit = z.object({ resources: z.object({ core: Budget, graphql: Budget }) });

/**
 * Asks what is left to a credential, which costs nothing and which every kind of token may: whether there is a GitHub
 * at the address and takes the token comes out of it, and the scopes of a classic one.
 *
 * @throws BellwetherError as `GitHubConnection.checkAccess`
 */
export async function askWho(
  exchange: Exchange,
  { rest, host }: Addresses,
  { governor }: Bearer,
  server: ServerClock,
): Promise<{ scopes: readonly string[] | null }> {
  const { outcome } = await exchange.ask<Good>({
    lane: 'rest',
    what: 'its limits',
    points: 0,
    scope: null,
    isNothing: null,
    request: {
      method: 'GET',
      url: new URL(`${rest}/rate_limit`),
      headers: { accept: 'application/vnd.github+json' },
    },
    read,
    spent: () => 0,
  });
  switch (outcome.kind) {
    case 'github': {
      const told = RateLimit.safeParse(outcome.body);
      if (told.success) {
        const { core, graphql } = told.data.resources;
        for (const [lane, { limit, remaining, reset }] of [
          ['rest', core],
          ['graphql', graphql],
        ] as const) {
          governor.inform(lane, { limit, remaining, resetAt: reset * 1000 - server.ahead() });
        }
      }
      const scopes = textIn(outcome.headers, 'x-oauth-scopes');
      return { scopes: scopes === null ? null : scopes.split(',').flatMap((scope) => scope.trim() || []) };
    }
    case 'forbidden':
      throw forbidden('every request');
    case 'heavy':
      throw unreachable(host, outcome.why);
    case 'moved':
      throw wrongAddress(new URL(rest).origin, 'it sends elsewhere');
    case 'missing':
    case 'status':
      throw wrongAddress(new URL(rest).origin, 'what it answers is not what GitHub would');
  }
}

/**
 * A GitHub Enterprise Server without limits answers 404 here, and says so in JSON. Nothing about this question is heavy,
 * so a time-out is the network's, and it is asked again; so is JSON that ends in the middle.
 */
function read(result: HttpResult): Good | Refusal {
  const refusal = result.kind === 'answer' && result.status === 200 ? null : refusalOf(result);
  if (refusal?.kind === 'heavy') return { kind: 'flaky', why: refusal.why };
  if (result.kind !== 'answer') return refusal ?? refusalOf(result);
  const { status, headers, text } = result;
  const body = parsedObject(text);
  const isLimits = status === 200 && RateLimit.safeParse(body).success;
  const isWithout = status === 404 && typeof body?.['message'] === 'string';
  if (isLimits || isWithout) return { kind: 'github', body, headers };
  if (refusal !== null) return refusal;
  const isBrokenJson = body === null && (textIn(headers, 'content-type') ?? '').includes('json');
  return isBrokenJson ? { kind: 'flaky', why: 'the answer was no JSON' } : { kind: 'status', status };
}
