import type { RestAnswer, RestRequest } from '../api.ts';
import type { Addresses } from './addresses.ts';
import { tooHeavy, unexpectedAnswer } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { textIn } from './headers.ts';
import type { Headers, HttpResult } from './http.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { firstDifference } from './schema-difference.ts';
import { scopeOfPath } from './scope.ts';

type Good =
  | { readonly kind: 'body'; readonly body: unknown; readonly headers: Headers }
  | { readonly kind: 'unchanged' };

const WHAT = 'a REST resource';
const MAX_MOVES = 3;
/** How often a resource is asked for again when it took GitHub too long. */
const HEAVY_TRIES = 4;

export interface RestOptions {
  readonly addresses: Addresses;
  readonly exchange: Exchange;
  readonly pause: (failures: number) => Promise<void>;
}

/** One REST resource; a renamed repository's is found where it moved to, as long as that is the same GitHub. */
export async function fetchResource<Body>(
  { addresses, exchange, pause }: RestOptions,
  { path, query, schema, etag }: RestRequest<Body>,
): Promise<RestAnswer<Body>> {
  let url = new URL(`${addresses.rest}${path}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
  let failures = 0;
  for (let moves = 0; ;) {
    const { outcome } = await exchange.ask<Good>({
      lane: 'rest',
      what: WHAT,
      points: 1,
      scope: scopeOfPath(path),
      isNothing: () => false,
      request: {
        method: 'GET',
        url,
        headers: {
          accept: 'application/vnd.github+json',
          ...(etag ? { 'if-none-match': etag } : {}),
        },
      },
      read,
      spent: (good) => (good.kind === 'unchanged' ? 0 : 1),
    });
    switch (outcome.kind) {
      case 'unchanged':
        return { kind: 'unchanged' };
      case 'body': {
        const parsed = schema.safeParse(outcome.body);
        if (!parsed.success) {
          const difference = firstDifference(parsed.error);
          throw unexpectedAnswer(`GET ${shapeOf(path)}`, difference.path, difference.what);
        }
        const hasNextPage = /\brel="next"/.test(textIn(outcome.headers, 'link') ?? '');
        return { kind: 'ok', body: parsed.data, etag: textIn(outcome.headers, 'etag'), hasNextPage };
      }
      case 'missing':
        return { kind: 'not-found' };
      case 'forbidden':
        return { kind: 'forbidden' };
      case 'heavy':
        if (++failures >= HEAVY_TRIES) throw tooHeavy(`GET ${shapeOf(path)}`);
        await pause(failures);
        break;
      case 'moved':
        url = movedTo(url, outcome.to, ++moves, path);
        break;
      case 'status':
        throw unexpectedAnswer(`GET ${shapeOf(path)}`, '', `status ${outcome.status}`);
    }
  }
}

/** @throws BellwetherError for another origin: the token would go with the request */
function movedTo(from: URL, to: string, moves: number, path: string): URL {
  const target = URL.canParse(to, from.href) ? new URL(to, from) : null;
  if (target?.origin !== from.origin || target.username !== '' || moves > MAX_MOVES) {
    throw unexpectedAnswer(`GET ${shapeOf(path)}`, '', 'it sends elsewhere');
  }
  return target;
}

function read(result: HttpResult): Good | Refusal {
  if (result.kind === 'answer' && result.status === 304) return { kind: 'unchanged' };
  if (result.kind !== 'answer' || result.status !== 200) return refusalOf(result);
  try {
    return { kind: 'body', body: JSON.parse(result.text) as unknown, headers: result.headers };
  } catch {
    return { kind: 'flaky', why: 'the answer was no JSON' };
  }
}

/** `/repos/…/…/actions/runs`: what kind of thing was asked for, without whose. */
function shapeOf(path: string): string {
  return path
    .replace(/^\/repos\/[^/]+\/[^/]+/, '/repos/…/…')
    .replace(/^\/(orgs|users)\/[^/]+/, '/$1/…')
    .replace(/\/(?:\d+|[0-9a-f]{40})(?=\/|$)/g, '/…')
    .slice(0, 120);
}
