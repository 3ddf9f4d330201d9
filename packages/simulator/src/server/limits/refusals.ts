import { jsonReply, messageReply, type Reply } from '../http/reply.ts';
import { formatTime } from '../time-format.ts';
import type { BudgetState } from './hourly-budgets.ts';

const secondaryMessage = (requestId: string): string =>
  `You have exceeded a secondary rate limit. Please wait a few minutes before you try again. For more on scraping GitHub and how it may affect your rights, please review our Terms of Service (https://docs.github.com/en/site-policy/github-terms/github-terms-of-service) If you reach out to GitHub Support for help, please include the request ID ${requestId}.`;

const secondaryDocumentation =
  'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits';

/** `x-ratelimit-*`, on every answer to a known token. */
export function budgetHeaders({
  limit,
  remaining,
  used,
  resetAt,
  resource,
}: BudgetState): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
}

/** GraphQL says it with 200; which of the two types comes is not documented, and both do. */
export function graphqlBudgetRefusal(type: 'RATE_LIMIT' | 'RATE_LIMITED', now: number): Reply {
  const message = `API rate limit already exceeded for user ID 1. (${formatTime(now)})`;
  return jsonReply(200, { errors: [{ type, code: 'graphql_rate_limit', message }] });
}

export function restBudgetRefusal(): Reply {
  return messageReply(
    403,
    'API rate limit exceeded for user ID 1.',
    {},
    'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
  );
}

/** @param retryAfterSeconds null: GitHub does not say how long */
export function secondaryRefusal(
  status: 403 | 429,
  requestId: string,
  retryAfterSeconds: number | null,
): Reply {
  const headers = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
  return messageReply(status, secondaryMessage(requestId), headers, secondaryDocumentation);
}

/** The same with status 200, where only the body tells: as an error of GraphQL, or as a bare message. */
export function secondaryRefusalWith200(shape: 'errors' | 'message', requestId: string): Reply {
  const message = secondaryMessage(requestId);
  return jsonReply(
    200,
    shape === 'errors'
      ? { data: null, errors: [{ type: 'RATE_LIMITED', message }] }
      : { documentation_url: secondaryDocumentation, message },
  );
}
