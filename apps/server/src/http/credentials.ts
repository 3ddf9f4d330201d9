import type { IncomingHttpHeaders } from 'node:http';
import { QueryError } from '@bellwether/warehouse';
import type { Credentials } from './collaborators.ts';

/**
 * Who a request says it is from: `X-ClickHouse-User` and `-Key`, basic authentication, or `user` and `password` in the
 * address. Only one of them at once, as in ClickHouse; null where there is none.
 *
 * @throws QueryError AUTHENTICATION_FAILED
 */
export function readCredentials(
  headers: IncomingHttpHeaders,
  address: ReadonlyMap<string, string>,
): Credentials | null {
  if (headers['x-clickhouse-ssl-certificate-auth'] === 'on') {
    throw refused('Client certificates are not supported here');
  }
  const ways = [
    ['X-ClickHouse HTTP headers', fromHeaders(headers)],
    ['Authorization HTTP header', fromAuthorization(headers.authorization)],
    ['authentication via parameters', fromAddress(address)],
  ] as const;
  const [first, second] = ways.filter(([, credentials]) => credentials !== null);
  if (first && second) throw refused(`it is not allowed to use ${first[0]} and ${second[0]} simultaneously`);
  const credentials = first?.[1] ?? null;
  if (credentials?.name === '') throw refused(`Got an empty user name from ${first![0]}`);
  return credentials;
}

function fromHeaders(headers: IncomingHttpHeaders): Credentials | null {
  const name = single(headers['x-clickhouse-user']);
  const password = single(headers['x-clickhouse-key']);
  if (name === '' && password === '') return null;
  return { name, password };
}

function fromAddress(address: ReadonlyMap<string, string>): Credentials | null {
  const name = address.get('user');
  const password = address.get('password');
  if (name === undefined && password === undefined) return null;
  return { name: name ?? 'default', password: password ?? '' };
}

function fromAuthorization(header: string | undefined): Credentials | null {
  if (header === undefined) return null;
  const [, scheme = '', value = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(header) ?? [];
  if (scheme.toLowerCase() !== 'basic') {
    // The value is a secret, and a scheme of a hundred letters is one, too.
    const shown = /^[A-Za-z]{1,16}$/.test(scheme) ? scheme : 'given';
    throw refused(`the ${shown} authorization scheme is not supported, only Basic is`);
  }
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) throw refused('the Authorization HTTP header is not one of Basic');
  return { name: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function single(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

function refused(why: string): QueryError {
  return new QueryError(516, 'AUTHENTICATION_FAILED', `Invalid authentication: ${why}`);
}
