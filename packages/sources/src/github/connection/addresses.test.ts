import { describe, expect, it } from 'vitest';
import { addressesOf } from './addresses.ts';

describe('addresses', () => {
  it.each([
    ['https://github.com', 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://www.github.com/', 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://api.github.com', 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['https://acme.ghe.com', 'acme.ghe.com', 'https://api.acme.ghe.com', 'https://api.acme.ghe.com/graphql'],
    [
      'https://Git.Acme.org:8443/',
      'git.acme.org',
      'https://git.acme.org:8443/api/v3',
      'https://git.acme.org:8443/api/graphql',
    ],
  ])('of %s', (url, host, rest, graphql) => {
    const addresses = addressesOf(url);
    expect([addresses.host, addresses.rest, addresses.graphql.href]).toEqual([host, rest, graphql]);
  });

  it.each(['github.com', 'ftp://github.com', 'https://ada:ghp_secret@github.com'])('refuse %s', (url) => {
    expect(() => addressesOf(url)).toThrow(expect.objectContaining({ code: 'github-url' }));
    expect(() => addressesOf(url)).not.toThrow(/ghp_secret/);
  });
});
