import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { foreignRequest } from './foreign-requests.ts';

const request = (headers: Record<string, string>, method = 'GET', url = '/?query=SELECT+1') =>
  ({ method, url, headers: { host: 'metrics.acme.example:8123', ...headers } }) as unknown as IncomingMessage;

const statusOf = (asked: IncomingMessage, isOpen = false): number | null =>
  foreignRequest(asked, isOpen)?.status ?? null;

describe('foreignRequest', () => {
  it.each([
    ['a program', request({})],
    ['a program that posts', request({}, 'POST')],
    [
      'a page of this server',
      request({ origin: 'http://metrics.acme.example:8123', 'sec-fetch-site': 'same-origin' }, 'POST'),
    ],
    ['somebody who types an address', request({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })],
    [
      'a link from elsewhere to a page',
      request({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'GET', '/play'),
    ],
  ])('answers %s', (_, asked) => {
    expect(statusOf(asked)).toBeNull();
  });

  it.each([
    [
      'a form of another site',
      request({ origin: 'https://evil.example', 'sec-fetch-mode': 'navigate' }, 'POST'),
    ],
    ['a form of a page without an origin', request({ origin: 'null' }, 'POST')],
    ['a script of another site', request({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
    [
      'an image of a sister site',
      request({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 'GET', '/play'),
    ],
    [
      'a link from elsewhere to a query',
      request({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }),
    ],
    ['a page on another port of the same machine', request({ origin: 'http://metrics.acme.example:9000' })],
  ])('refuses %s', (_, asked) => {
    expect(statusOf(asked)).toBe(403);
  });

  it.each(['127.0.0.1:8123', 'localhost:8123', '[::1]:8123', 'LOCALHOST'])(
    'answers at %s without a password',
    (host) => {
      expect(statusOf(request({ host }), true)).toBeNull();
    },
  );

  it.each([
    ['a name that somebody made point here', { host: 'rebind.evil.example:8123' }],
    ['no name', { host: '' }],
    ['a proxy on this machine', { host: '127.0.0.1:8123', 'x-forwarded-for': '203.0.113.9' }],
  ])('does not answer %s without a password', (_, headers) => {
    expect(statusOf(request(headers), true)).toBe(421);
  });
});
