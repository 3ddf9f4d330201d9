import { z } from 'zod';
import type { Governor } from '../../engine/budget/governor.ts';
import { backoff, type RetryTools } from '../../engine/retry.ts';
import type { Addresses } from './addresses.ts';
import { appToken } from './app-token.ts';
import { type Bearer, installationBearer, type InstallationToken } from './bearer.ts';
import { authError, proxyFailed, tokenRefused, unexpectedAnswer, unreachable } from './errors.ts';
import { cancelled } from './exchange.ts';
import type { ServerClock } from './headers.ts';
import type { Http } from './http.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { Secret } from './secret.ts';

export interface AppOptions {
  readonly addresses: Addresses;
  readonly http: Http;
  readonly server: ServerClock;
  readonly tools: RetryTools;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly appId: string;
  readonly key: Secret;
  readonly newGovernor: () => Governor;
}

const Installations = z.array(
  z.object({
    id: z.number().int(),
    account: z.object({ login: z.string() }).nullable(),
    permissions: z.record(z.string(), z.string()).default({}),
    suspended_at: z.string().nullish(),
  }),
);
const AccessToken = z.object({ token: z.string().min(1), expires_at: z.string() });

const PAGE = 100;
const MAX_TRIES = 5;

/**
 * The installations of a GitHub App, each with a budget of its own.
 *
 * @throws BellwetherError where the App is refused or installed nowhere
 */
export async function fetchInstallations(options: AppOptions): Promise<Bearer[]> {
  const bearers: Bearer[] = [];
  for (let page = 1; ; page++) {
    const path = `/app/installations?per_page=${PAGE}&page=${page}`;
    const found = await call(options, 'GET', path, 200, Installations);
    for (const { id, account, permissions, suspended_at } of found) {
      if (account === null || suspended_at != null) continue;
      bearers.push(
        installationBearer({
          owner: account.login,
          permissions: new Set(Object.keys(permissions)),
          governor: options.newGovernor(),
          now: () => options.server.now(),
          fetchToken: () => fetchToken(options, id),
        }),
      );
    }
    if (found.length < PAGE) break;
  }
  if (bearers.length > 0) return bearers;
  throw authError({
    code: 'github-app-not-installed',
    message: 'The GitHub App is installed nowhere, or suspended everywhere.',
    next: 'Install it for the organisation under Settings → GitHub Apps, then run the same command again.',
  });
}

async function fetchToken(options: AppOptions, installation: number): Promise<InstallationToken> {
  const path = `/app/installations/${installation}/access_tokens`;
  const { token, expires_at } = await call(options, 'POST', path, 201, AccessToken);
  return { token: new Secret(token), expiresAt: Date.parse(expires_at) };
}

/** These requests are made as the App itself, and count against no installation's budget. */
async function call<Body>(
  { addresses, http, server, tools, userAgent, signal, appId, key }: AppOptions,
  method: 'GET' | 'POST',
  path: string,
  expected: number,
  schema: z.ZodType<Body>,
): Promise<Body> {
  const { host } = addresses;
  for (let tries = 1; ; tries++) {
    const ahead = server.ahead();
    const result = await http.send({
      method,
      url: new URL(`${addresses.rest}${path}`),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${appToken(appId, key, server.now())}`,
        'user-agent': userAgent,
      },
      signal,
    });
    if (result.kind === 'answer') server.learn(result.headers);
    if (result.kind === 'answer' && result.status === expected) {
      const body = schema.safeParse(jsonOrNull(result.text));
      if (body.success) return body.data;
      throw unexpectedAnswer('a request of the GitHub App', '', 'it has another shape');
    }
    const refusal = refusalOf(result);
    if (refusal.kind === 'cancelled' || signal.aborted) throw cancelled();
    // Our clock may have been wrong, and GitHub's answer has told how much.
    const isClock = refusal.kind === 'unauthorised' && server.ahead() !== ahead;
    if (!isClock && (tries >= MAX_TRIES || !isWorthRetrying(refusal))) throw failed(refusal, host);
    if (!isClock) {
      await tools.sleep(
        backoff(tries, () => tools.random()),
        signal,
      );
    }
  }
}

function isWorthRetrying({ kind }: Refusal): boolean {
  return ['heavy', 'flaky', 'throttled', 'exhausted', 'proxy', 'unreachable'].includes(kind);
}

function failed(refusal: Refusal, host: string): Error {
  if (refusal.kind === 'unauthorised' || refusal.kind === 'forbidden' || refusal.kind === 'missing') {
    return tokenRefused(host);
  }
  if (refusal.kind === 'proxy') return proxyFailed(host, refusal.why);
  return unreachable(host, 'why' in refusal ? refusal.why : `the GitHub App got no answer`);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
