import { isThrottling } from './throttling.ts';
import { numberIn, textIn } from './headers.ts';
import type { HttpResult } from './http.ts';

/** Why an answer is none, as far as the next step depends on it. */
export type Refusal =
  /** More than GitHub could do in its ten seconds: ask for less. */
  | { readonly kind: 'heavy'; readonly why: string }
  /** Nothing of ours was wrong: ask again. */
  | { readonly kind: 'flaky'; readonly why: string }
  | { readonly kind: 'exhausted' | 'throttled' | 'unauthorised' | 'cancelled' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'saml'; readonly link: string | null }
  | { readonly kind: 'proxy' | 'unreachable'; readonly why: string }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'status'; readonly status: number };

const gateway = [408, 502, 503, 504];

/** Reads an answer that is not a good one. Pure. */
export function refusalOf(result: HttpResult): Refusal {
  switch (result.kind) {
    case 'timeout':
      return { kind: 'heavy', why: 'no answer came in time' };
    case 'too-large':
      return { kind: 'heavy', why: 'the answer was too large' };
    case 'dropped':
      return { kind: 'flaky', why: 'the connection broke' };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'proxy':
    case 'unreachable':
      return { kind: result.kind, why: result.code };
    case 'answer':
      return refusalByStatus(result);
  }
}

function refusalByStatus({ status, headers, text }: Extract<HttpResult, { kind: 'answer' }>): Refusal {
  if (status === 401) return { kind: 'unauthorised' };
  if (status === 403 || status === 429) {
    const sso = textIn(headers, 'x-github-sso');
    if (sso !== null) return { kind: 'saml', link: linkIn(sso) };
    if (isThrottling(text)) return { kind: 'throttled' };
    if (numberIn(headers, 'x-ratelimit-remaining') === 0 && numberIn(headers, 'x-ratelimit-limit') !== null) {
      return { kind: 'exhausted' };
    }
    return { kind: status === 429 || headers['retry-after'] !== undefined ? 'throttled' : 'forbidden' };
  }
  if (status === 404 || status === 410) return { kind: 'missing' };
  if (status === 407) return { kind: 'proxy', why: 'it wants credentials' };
  if (status >= 300 && status < 400) return { kind: 'moved', to: textIn(headers, 'location') ?? '' };
  if (gateway.includes(status)) return { kind: 'heavy', why: `status ${status}` };
  if (status >= 500 && status !== 501) return { kind: 'flaky', why: `status ${status}` };
  return { kind: 'status', status };
}

/** Of `required; url=https://github.com/orgs/acme/sso?authorization_request=…` the address, without its secret part. */
function linkIn(sso: string): string | null {
  const url = /url=(\S+)/.exec(sso)?.[1] ?? '';
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
