import type { Instant } from '@bellwether/core';
import { z } from 'zod';
import type { GitHubApi } from './api.ts';

/** What a credential may still spend. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  /** When the hour begins anew. */
  readonly resetAt: Instant;
}

const Resource = z.object({ limit: z.int(), remaining: z.int(), reset: z.number() });
const RateLimit = z.object({ resources: z.object({ graphql: Resource, core: Resource }) });

/**
 * The limits of one credential, of GraphQL's points and REST's requests. Costs nothing. Null where the server has no
 * limits, as an Enterprise Server may.
 */
export async function fetchQuota(
  api: Pick<GitHubApi, 'get'>,
): Promise<{ readonly graphql: Quota; readonly rest: Quota } | null> {
  const answer = await api.get({ path: '/rate_limit', schema: RateLimit });
  if (answer.kind !== 'ok') return null;
  const { graphql, core } = answer.body.resources;
  return { graphql: quotaOf(graphql), rest: quotaOf(core) };
}

function quotaOf({ limit, remaining, reset }: z.infer<typeof Resource>): Quota {
  return { limit, remaining, resetAt: reset * 1000 };
}
