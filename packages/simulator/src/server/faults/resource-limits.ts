import { jsonReply } from '../http/reply.ts';
import type { Fault } from './fault.ts';

/** A query that GitHub stops in the middle: 200, an error, and the rows of its outermost list all null. */
export const resourceLimits: Fault = {
  name: 'resourceLimits',
  canStrike: ({ kind }) => kind === 'graphql',
  change(reply) {
    const body = JSON.parse(reply.body) as { data?: unknown; errors?: readonly unknown[] };
    const path = emptyOutermostList(body.data, []);
    if (path === null) return null;
    const error = {
      type: 'RESOURCE_LIMITS_EXCEEDED',
      path,
      message: 'Resource limits for this query exceeded.',
    };
    return jsonReply(200, { data: body.data, errors: [...(body.errors ?? []), error] });
  },
};

/** Its path; null where no list has rows. */
function emptyOutermostList(data: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof data !== 'object' || data === null) return null;
  const fields = Object.entries(data);
  for (const [name, value] of fields) {
    if (Array.isArray(value) && value.length > 0) {
      value.fill(null);
      return [...path, name];
    }
  }
  for (const [name, value] of fields) {
    const found = Array.isArray(value) ? null : emptyOutermostList(value, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
