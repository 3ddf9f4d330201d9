import type { QueryParams } from './warehouse.ts';

/**
 * Bound values are global state of the embedded engine: two bound queries at once, on whatever connections, can take
 * each other's values or abort the engine. chDB queues `queryBindAsync` for that reason, but not `queryStreamBind`.
 */
let boundQueries: Promise<unknown> = Promise.resolve();

/** Runs what binds values when nothing else in this process does: a long one holds up all others, whatever their lane. */
export function oneBoundAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = boundQueries.then(work);
  boundQueries = result.catch(() => {});
  return result;
}

export function hasValues(params: QueryParams | undefined): params is QueryParams {
  return params !== undefined && Object.keys(params).length > 0;
}
