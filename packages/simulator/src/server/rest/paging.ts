import type { RestCall } from './call.ts';

export interface RestPage<T> {
  readonly rows: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

const MOST_PER_PAGE = 100;

/**
 * A page by number, with GitHub's `Link` header. A number that is no page counts as the first, and so does a size
 * over 100 as 100.
 *
 * @param reachable how many of the rows can be reached at all
 */
export function pageOfRows<T>(
  { request, origin }: Pick<RestCall, 'request' | 'origin'>,
  rows: readonly T[],
  reachable = Infinity,
): RestPage<T> {
  const { parameters } = request;
  const size = Math.min(readPositive(parameters.get('per_page'), 30), MOST_PER_PAGE);
  const page = readPositive(parameters.get('page'), 1);
  const end = Math.min(rows.length, reachable);
  const last = Math.max(1, Math.ceil(end / size));
  const link = (number: number, relation: string): string => {
    const target = new URLSearchParams(parameters);
    target.set('page', String(number));
    return `<${origin}${request.path}?${target.toString()}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ];
  return {
    rows: rows.slice((page - 1) * size, Math.min(page * size, end)),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

function readPositive(text: string | null, fallback: number): number {
  const number = Number(text ?? Number.NaN);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
