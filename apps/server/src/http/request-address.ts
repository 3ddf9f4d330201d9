import { QueryError } from '@bellwether/warehouse';

export interface RequestAddress {
  path: string;
  /** The first of each name counts, as in ClickHouse. */
  parameters: ReadonlyMap<string, string>;
}

/**
 * Takes the address of a request apart. Not `URLSearchParams`: it makes U+FFFD of bytes that are no UTF-8, and a query
 * would silently become another one.
 *
 * @throws QueryError BAD_ARGUMENTS
 */
export function readAddress(url: string): RequestAddress {
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '') || '/';
  const parameters = new Map<string, string>();
  const search = mark < 0 ? '' : url.slice(mark + 1).replace(/#.*$/s, '');
  for (const pair of search.split('&')) {
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    if (name !== '' && !parameters.has(name)) {
      parameters.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
    }
  }
  return { path, parameters };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new QueryError(36, 'BAD_ARGUMENTS', 'A parameter of the address is not percent-encoded UTF-8');
  }
}
