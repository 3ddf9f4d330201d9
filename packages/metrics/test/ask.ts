import type { QueryRequest } from '../src/query/request.ts';
import { at } from './rows.ts';

/** A question about one repository in the two weeks from Monday, 4 March 2024, UTC. */
export function twoWeeks(metric: string, repo: string, more: Partial<QueryRequest> = {}): QueryRequest {
  return {
    metric,
    period: { since: at('2024-03-04'), until: at('2024-03-18'), grain: 'week', timeZone: 'UTC' },
    ...more,
    filters: { repo: [repo], ...more.filters },
  };
}
